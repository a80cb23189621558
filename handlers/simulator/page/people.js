// The list of phones, the picker and the lines to try.
import { el, button, avatar, openDialog, toShanghai } from './dom.js';
import { get, post } from './api.js';
import { preview, when } from './bubbles.js';

// drawPeople shows whom one can be: open phones first, then whoever got
// something, the latest first.
export function drawPeople(list, world) {
  const entries = [...world.views.values()].filter((v) => world.isOpen(v.id) || v.bubbles.length);
  entries.sort((a, b) => world.rank(a.id) - world.rank(b.id) || (b.bubbles.at(-1)?.id ?? 0) - (a.bubbles.at(-1)?.id ?? 0));
  list.replaceChildren(...entries.map((v) => personLine(v, world)));
}

function personLine(v, world) {
  const last = v.bubbles.at(-1);
  const n = world.unread(v);
  const face = el('span', { class: 'face' }, avatar(v), n ? el('span', { class: 'badge' }, n > 99 ? '99+' : String(n)) : null);
  const text = last ? preview(last).replace(/\s+/g, ' ') : (v.following ? '' : '还没关注');
  const label = `${v.name} ${v.note}${n ? `，${n}条没看` : ''}`;
  return el('li', {}, button('', {
    class: `person${world.current === v.id ? ' here' : ''}${world.isOpen(v.id) ? '' : ' folded'}`,
    'aria-label': label, 'aria-current': world.current === v.id ? 'true' : null,
    'data-testid': 'person', 'data-switch': v.id, 'data-unread': n, onclick: () => world.show(v.id),
  }, face, el('span', { class: 'person-text' },
    el('span', { class: 'person-top' }, el('b', {}, v.name), el('span', { class: 'small role' }, v.note || v.role),
      last ? el('time', {}, when(toShanghai(last.at), world.villageNow()).split(' ')[0]) : null),
    el('span', { class: 'small line' }, text))));
}

// pick lets one take up anybody's phone.
export function pick(world) {
  const list = el('div', { class: 'found', 'data-testid': 'found' });
  const input = el('input', {
    type: 'search', placeholder: '姓名、几组、志愿者…', 'aria-label': '找人', 'data-testid': 'search', autocomplete: 'off',
  });
  const stranger = button('陌生人（没登记的新手机）', { class: 'stranger', 'data-testid': 'stranger' });
  const box = openDialog('换人、加人', el('div', { class: 'picker' }, world.roster ? input : null, stranger, list));
  const take = (id) => { box.close(); world.show(id); };
  stranger.addEventListener('click', async () => take((await post('sim/stranger')).person));
  let latest = 0;
  const search = async () => {
    const mine = ++latest;
    const { people } = await get(`sim/people?q=${encodeURIComponent(input.value.trim())}`);
    if (mine !== latest) return;
    list.replaceChildren(...people.map((p) => foundLine(p, () => take(p.id))));
    if (!people.length && world.roster) list.append(el('p', { class: 'small' }, '没找到，换个说法试试'));
  };
  let wait;
  input.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  if (world.roster) { search(); input.focus(); }
}

function foundLine(p, onclick) {
  return button('', { class: 'found-line', 'data-testid': 'found-line', 'data-pick': p.id, onclick }, avatar(p),
    el('span', {}, el('b', {}, p.name), el('span', { class: 'small' }, [p.role, p.note].filter(Boolean).join(' · '))),
    p.bound ? el('span', { class: 'tag' }, '已关注') : null);
}

// drawHints lists the main story; a line that was said is ticked off.
export function drawHints(list, world) {
  list.replaceChildren(...world.hints.map((h) => {
    const v = world.views.get(h.person);
    const said = v?.bubbles.some((b) => b.from === 'me' && b.text === h.text);
    return el('li', {}, button('', {
      class: `hint${said ? ' said' : ''}`, 'data-testid': 'hint', onclick: () => world.hint(h),
    }, v ? avatar(v) : null, el('span', {}, el('span', { class: 'small' }, `${v?.name ?? ''} · ${h.why}`), el('q', {}, h.text)),
    said ? el('span', { class: 'tick', 'aria-label': '说过了' }, '✓') : null));
  }));
}
