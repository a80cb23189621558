// Small helpers to build the page. Text goes in as text, never as markup.

export function el(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

export function button(label, attrs = {}, ...children) {
  return el('button', { type: 'button', ...attrs }, ...(children.length ? children : [label]));
}

const paths = {
  back: 'M15 5l-7 7 7 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M18 10h.01M7 14h10',
  menu: 'M4 7h16M4 12h16M4 17h16',
  voice: 'M9 9a4 4 0 010 6M12 6.5a8 8 0 010 11M6.2 11.4a1 1 0 010 1.2',
  plus: 'M12 7v10M7 12h10',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  place: 'M12 21c-5-6-7-9-7-12a7 7 0 0114 0c0 3-2 6-7 12zM12 11.5a2.5 2.5 0 100-5 2.5 2.5 0 000 5z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  bell: 'M6 17V11a6 6 0 0112 0v6l1.5 1.5h-15zM10 21h4',
  leave: 'M14 4H5v16h9M10 12h11M17 8l4 4-4 4',
  mic: 'M12 4a3 3 0 013 3v5a3 3 0 01-6 0V7a3 3 0 013-3zM6 11a6 6 0 0012 0M12 17v4',
};

export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

// avatar shows the last two characters of a name, which tell people with the
// same surname apart, on a colour that stays the same.
export function avatar(person) {
  let sum = 0;
  for (const c of person.id) sum = (sum * 31 + c.codePointAt(0)) % 997;
  const letters = [...person.name].slice(-2).join('');
  return el('span', { class: `avatar tone-${sum % 8}`, 'aria-hidden': 'true' }, letters);
}

export function accountAvatar() {
  return el('img', { class: 'avatar', src: 'icon.svg', alt: '' });
}

// toShanghai reads an instant as wall time in the village, whatever zone the
// browser is in: use the getUTC methods of what it returns.
export function toShanghai(at) {
  return new Date(new Date(at).getTime() + 8 * 3600e3);
}

const pad = (n) => String(n).padStart(2, '0');
export const clockOf = (d) => `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}`;
export const dayOf = (d) => `${d.getUTCFullYear()}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())}`;
export const weekday = (d) => `星期${'日一二三四五六'[d.getUTCDay()]}`;
export const monthDay = (d) => `${d.getUTCMonth() + 1}月${d.getUTCDate()}日`;

// openDialog shows a sheet; closing it, or a tap beside it, removes it.
export function openDialog(title, body, attrs = {}) {
  const close = button('✕', { class: 'plain close', 'aria-label': '关上' });
  const box = el('dialog', { 'aria-label': title, ...attrs },
    el('div', { class: 'sheet' }, el('header', {}, el('h2', {}, title), close), body));
  close.addEventListener('click', () => box.close());
  box.addEventListener('click', (e) => { if (e.target === box) box.close(); });
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}
