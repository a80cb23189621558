// Plays the platform with somebody else's cipher: reads one JSON object from
// its input, posts each message to the webhook, sealed and signed, and prints
// what came back, one JSON line a message.
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

const read = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
};

const { url, token, aesKey, appId, account, messages } = JSON.parse(await read(process.stdin));

// signature is that of the address; with no ciphertext the same function gives it.
const signature = (timestamp, nonce) => getSignature(token, timestamp, nonce, '');

const field = (xml, name) => xml.match(new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`, 's'))?.[1] ?? '';

// opened is a sealed reply, checked and decrypted.
function opened(body) {
  const sealed = field(body, 'Encrypt');
  const { message, id, random } = decrypt(aesKey, sealed);
  const signed = getSignature(token, field(body, 'TimeStamp'), field(body, 'Nonce'), sealed) === field(body, 'MsgSignature');
  return { message, id, random: random.toString('hex'), signed };
}

async function send({ xml, spoil }) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = Math.random().toString(36).slice(2);
  const sealed = encrypt(aesKey, xml, spoil === 'app' ? `${appId}X` : appId);
  const query = new URLSearchParams({
    signature: signature(timestamp, nonce), timestamp, nonce, encrypt_type: 'aes',
    msg_signature: spoil === 'signature' ? '0'.repeat(40) : getSignature(token, timestamp, nonce, sealed),
  });
  const body = `<xml><ToUserName><![CDATA[${account}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
  const res = await fetch(`${url}?${query}`, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body });
  const text = await res.text();
  return { status: res.status, body: text, ...(text.includes('<Encrypt>') ? opened(text) : {}) };
}

// verify asks what the console asks when the address is set.
async function verify() {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const query = new URLSearchParams({ signature: signature(timestamp, 'n'), timestamp, nonce: 'n', echostr: '4375120948345356249' });
  const res = await fetch(`${url}?${query}`);
  return { status: res.status, body: await res.text() };
}

console.log(JSON.stringify(await verify()));
for (const message of messages) console.log(JSON.stringify(await send(message)));
