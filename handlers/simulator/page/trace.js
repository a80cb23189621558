// What travelled for a bubble, and how the platform was used.
import { el, openDialog, toShanghai, clockOf } from './dom.js';
import { get } from './api.js';
import { troubleForm, troubleList } from './trouble.js';

// indent puts each element on a line; what stands in CDATA stays as it is.
function indent(xml) {
  const parts = xml.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  const spaced = parts.map((p, i) => (i % 2 ? p : p.replace(/>\s*</g, '>\n<'))).join('').replace(/<\/(\w+)></g, '</$1>\n<');
  let depth = 0;
  return spaced.split('\n').map((line) => {
    if (/^<\/\w/.test(line)) depth -= 1;
    const out = '  '.repeat(Math.max(depth, 0)) + line;
    if (/^<\w+>$/.test(line)) depth += 1;
    return out;
  }).join('\n');
}

const pretty = (text) => (text.startsWith('<') ? indent(text) : text);

function part(title, text) {
  if (!text) return null;
  return el('section', {}, el('h3', {}, title), el('pre', { tabindex: '0' }, pretty(text)));
}

function tries(list) {
  if (!list?.length) return null;
  return el('section', {}, el('h3', {}, `投递 ${list.length} 次`), el('ol', { class: 'tries' }, list.map((t) => el('li', {},
    `${t.status || '—'} · ${t.millis} 毫秒 · ${t.note}`))));
}

export async function showTrace(bubble, person) {
  const body = el('div', { class: 'trace', 'data-testid': 'trace-body' }, el('p', { class: 'small' }, '正在取…'));
  openDialog('背后的报文', body, { class: 'wide' });
  try {
    const t = await get(`sim/trace?person=${encodeURIComponent(person.id)}&bubble=${bubble.id}`);
    const push = bubble.from === 'push';
    body.replaceChildren(...[
      el('p', { class: 'small' }, push ? `公众号调用 ${t.path}` : '微信平台和公众号之间走的是这些：'),
      part(push ? '发来的 JSON' : '明文 XML', t.inner),
      push ? null : part('信封（加密后，原样）', t.sealed),
      part('地址上的签名', t.query?.replaceAll('&', '\n')),
      part(push ? '平台的回答' : '收到的回答（原样）', t.answer),
      tries(t.tries),
    ].filter(Boolean));
  } catch {
    body.replaceChildren(el('p', {}, '这一条的报文已经不在了。'));
  }
}

const meanings = {
  '-1': '没有这个接口', 40001: '令牌不对', 40003: '没有这个人', 40125: '密钥不对', 41001: '没带令牌', 42001: '令牌过期', 43004: '没关注',
  43101: '没同意订阅', 45002: '太长', 45009: '今天用完了', 45011: '太快', 45015: '48小时窗口关了', 45047: '条数用完了', 46003: '没有菜单', 47001: 'JSON不对',
  47003: '模板字段不合', 40013: 'AppID不对', 40007: '素材不在', 40008: '消息类型不对', 40037: '模板不对',
};

function table(rows) {
  return el('table', {}, el('tbody', {}, rows.map(([k, v]) => el('tr', {}, el('th', { scope: 'row' }, k), el('td', {}, String(v))))));
}

function fillPlatform(body, state) {
  const p = state.posts;
  const refused = Object.entries(state.refused);
  const calls = Object.entries(state.calls).sort();
  const rooms = state.phones.filter((x) => x.following && x.room.left > 0);
  body.replaceChildren(
    el('p', { class: 'small' }, '这里装作微信平台：同样的签名、加密、重试、窗口和条数。以下从这次启动算起。'),
    el('h3', {}, '发给公众号的（加密 POST）'),
    table([['说的话', `${p.lines} 句，投递 ${p.line_posts} 次`], ['事件（关注、点菜单、扫码、回执）', `${p.events} 件，投递 ${p.event_posts} 次`]]),
    el('h3', {}, '公众号调用的接口'),
    calls.length ? table(calls) : el('p', { class: 'small' }, '还没有'),
    el('h3', {}, '平台拒绝的'),
    refused.length ? table(refused.map(([c, n]) => [`${c} ${meanings[c] ?? ''}`, n])) : el('p', { class: 'small' }, '没有，很好'),
    el('h3', {}, '还开着的窗口'),
    rooms.length ? table(rooms.map((x) => [x.name, `还能发 ${x.room.left} 条，到 ${clockOf(toShanghai(x.room.until))}`])) : el('p', { class: 'small' }, '没有'));
}

export async function showPlatform() {
  const shown = el('div', { 'data-testid': 'platform-body' });
  const troubles = el('div');
  const refresh = async () => {
    try {
      const state = await get('sim/state');
      fillPlatform(shown, state);
      troubleList(troubles, state.troubles, refresh);
    } catch { /* the line about the lost connection is shown already */ }
  };
  const box = openDialog('平台', el('div', { class: 'trace' }, shown,
    el('h3', {}, '让平台捣乱'), troubleForm(refresh), troubles), { class: 'drawer' });
  await refresh();
  const beat = setInterval(refresh, 2000);
  box.addEventListener('close', () => clearInterval(beat));
}
