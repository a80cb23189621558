// Drawing one bubble of a chat.
import { el, button, avatar, accountAvatar, icon, toShanghai, clockOf, monthDay, weekday, dayOf } from './dom.js';

// gap is how long a silence gets a time stamp of its own, as in WeChat.
const gap = 5 * 60e3;

const phoneNumber = /(1\d{10}|0\d{2,3}-\d{7,8})/;

// words shows telephone numbers as the app does, in blue.
function words(text) {
  return text.split(phoneNumber).map((part, i) => (i % 2 ? el('span', { class: 'tel' }, part) : part));
}

export function stamp(bubble, before, now) {
  const at = toShanghai(bubble.at);
  if (before && at - toShanghai(before.at) < gap && at >= toShanghai(before.at)) return null;
  return el('li', { class: 'stamp', 'data-at': bubble.at }, el('span', {}, when(at, now)));
}

// restamp says the times anew, as a day that has passed is named differently.
export function restamp(list, now) {
  for (const s of list.querySelectorAll('.stamp')) s.firstChild.textContent = when(toShanghai(s.dataset.at), now);
}

export function when(at, now) {
  const today = toShanghai(now);
  const yesterday = new Date(today.getTime() - 86400e3);
  if (dayOf(at) === dayOf(today)) return clockOf(at);
  if (dayOf(at) === dayOf(yesterday)) return `昨天 ${clockOf(at)}`;
  return `${monthDay(at)} ${weekday(at)} ${clockOf(at)}`;
}

const drawn = {
  text: (b) => el('div', { class: 'says' }, words(b.text)),
  picture: (b) => el('img', {
    class: 'pic', src: `pictures/${encodeURIComponent(b.picture)}.png`, alt: '图片', width: 180, height: 135,
  }),
  voice: (b) => {
    const node = el('div', { class: 'says voice' }, el('span', {}, `${b.seconds}″`), icon('voice'));
    node.style.setProperty('--seconds', b.seconds);
    return node;
  },
  location: (b) => el('div', { class: 'place' }, el('p', {}, b.text), el('div', { class: 'map' }, icon('place'))),
  card: (b) => el('div', { class: 'card' },
    el('h3', {}, b.card.title),
    el('dl', {}, b.card.rows.map((r) => el('div', {}, el('dt', {}, r.name), el('dd', {}, r.value))))),
  article: (b) => el('div', { class: 'card' }, el('h3', {}, b.card.title), el('p', {}, b.card.rows[0]?.value ?? '')),
  choices: (b, act) => el('div', { class: 'says' }, words(b.text),
    el('div', { class: 'choices' }, b.choices.map((c) => button(c.text, {
      onclick: () => act({ kind: 'choice', choice: c.id, text: c.text }),
    })))),
};

// preview is one line of a bubble for the list of phones.
export function preview(b) {
  return { picture: '［图片］', voice: '［语音］', location: '［位置］' }[b.kind] ?? b.text ?? '';
}

// row draws a bubble with its avatar and the mark that opens what travelled.
export function row(b, phone) {
  const mark = button('‹›', {
    class: 'mark', title: '看背后的报文', 'aria-label': '看这条背后的报文', 'data-testid': 'trace',
    onclick: () => phone.showTrace(b),
  });
  const attrs = {
    'data-testid': 'bubble', 'data-from': b.from, 'data-kind': b.kind, 'data-bubble': b.id, class: `row ${b.from}`,
  };
  if (b.from === 'system') return el('li', attrs, el('span', { class: 'note' }, b.text), mark);
  const mine = b.from === 'me';
  const body = drawn[b.kind]?.(b, (a) => phone.act(a)) ?? el('div', { class: 'says' }, b.text ?? '');
  const face = mine ? avatar(phone.person) : accountAvatar();
  const said = el('span', { class: 'sr' }, mine ? `${phone.person.name}：` : `${phone.account}：`);
  return el('li', attrs, face, el('div', { class: 'body' }, said, body), mark);
}
