// Talking to the simulator: JSON calls and the stream of events.

export class CallError extends Error {}

async function call(path, options) {
  let res;
  try {
    res = await fetch(path, options);
  } catch {
    throw new CallError('连不上，话还在，等下再发');
  }
  const data = await res.json().catch(() => ({}));
  if (!res.ok) throw new CallError(data.error || '没办成，请再点一次');
  return data;
}

export const get = (path) => call(path, { headers: { Accept: 'application/json' } });

export const post = (path, body = {}) => call(path, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

// listen hands every event to handlers[name]; `hello` comes at each connect.
export function listen(handlers, onState) {
  const source = new EventSource('sim/events');
  for (const [name, fn] of Object.entries(handlers)) {
    source.addEventListener(name, (e) => fn(JSON.parse(e.data)));
  }
  source.addEventListener('open', () => onState(true));
  source.addEventListener('error', () => {
    onState(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(handlers, onState), 2000);
  });
}

export const nonce = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join('');
