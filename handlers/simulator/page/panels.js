// What the plus and the voice buttons open, and small questions.
import { el, button, icon, openDialog } from './dom.js';

// Invented places around an invented village in western Hunan.
const places = [
  { label: '青坪村3组 晒谷坪', lat: 27.912345, lng: 110.601234 },
  { label: '青坪村 村部', lat: 27.908811, lng: 110.598765 },
  { label: '镇卫生院', lat: 27.931002, lng: 110.612908 },
  { label: '广东省东莞市 厂门口', lat: 23.020673, lng: 113.751884 },
];

function tile(name, label, onclick) {
  return button(label, { class: 'tile', onclick }, el('span', { class: 'tile-face' }, icon(name)), el('span', {}, label));
}

export function plusPanel(phone, bar) {
  const go = (act) => { bar.open(null); phone.act(act); };
  return el('div', { class: 'tiles' },
    tile('picture', '图片', () => pickPicture(phone, go)),
    tile('mic', '语音', () => bar.open('voice')),
    tile('place', '位置', () => pickPlace(go)),
    tile('scan', '扫一扫', () => { bar.open(null); bar.scan(); }),
    tile('bell', '订阅通知', () => pickNotice(phone, go)),
    tile('leave', '取消关注', () => confirmLeave(phone, go)));
}

export function voicePanel(phone, bar) {
  const say = (seconds) => { bar.open(null); phone.act({ kind: 'voice', seconds }); };
  return el('div', { class: 'voices' }, el('p', { class: 'small' }, '发一段语音，多长？（平台不转文字）'),
    el('div', { class: 'choose' }, [3, 9, 20, 45].map((n) => button(`${n}″`, { 'data-testid': `voice-${n}`, onclick: () => say(n) }))));
}

function pickPicture(phone, go) {
  const box = openDialog('发一张图片', el('div', { class: 'pictures' }, phone.world.samples.map((s) => button(s.title, {
    'data-testid': `picture-${s.name}`, onclick: () => { box.close(); go({ kind: 'picture', picture: s.name }); },
  }, el('img', { src: `pictures/${s.name}.png`, alt: '', width: 160, height: 120 }), el('span', {}, s.title)))));
}

function pickPlace(go) {
  const box = openDialog('发送位置', el('div', { class: 'lines' }, places.map((p) => button(p.label, {
    onclick: () => { box.close(); go({ kind: 'location', ...p }); },
  }))));
}

function pickNotice(phone, go) {
  const asked = phone.world.templates.filter((t) => t.subscription);
  const templates = asked.length ? asked : [{ id: 'notice', title: '服务提醒' }];
  const box = openDialog('公众号问：肯收通知吗？', el('div', { class: 'lines' }, templates.map((t) => {
    const left = phone.person.consents?.[t.id] ?? 0;
    const have = left > 1e6 - 1 ? '一直肯' : `还可收${left}条`;
    const say = (accept) => { box.close(); go({ kind: 'consent', template: t.id, accept }); };
    return el('div', { class: 'consent' }, el('b', {}, t.title), el('span', { class: 'small' }, have),
      button('不肯', { class: 'plain', onclick: () => say(false) }), button('肯收', { class: 'green', onclick: () => say(true) }));
  })));
}

function confirmLeave(phone, go) {
  const box = openDialog('取消关注？', el('div', { class: 'lines' },
    el('p', {}, `${phone.person.name}以后收不到这个公众号的消息。`),
    button('取消关注', { class: 'red', 'data-testid': 'unfollow', onclick: () => { box.close(); go({ kind: 'unfollow' }); } }),
    button('还是留着', { onclick: () => box.close() })));
}

// askText asks for one line; null when the sheet is closed without an answer.
export function askText(title, label, value) {
  return new Promise((resolve) => {
    const input = el('input', { type: 'text', maxlength: 64, 'data-testid': 'ask-input' });
    input.value = value;
    let answer = null;
    const form = el('form', { class: 'lines', method: 'dialog' }, el('label', {}, label, input),
      el('button', { type: 'submit', class: 'green', 'data-testid': 'ask-ok' }, '好'));
    const box = openDialog(title, form);
    form.addEventListener('submit', (e) => { e.preventDefault(); answer = input.value.trim() || null; box.close(); });
    box.addEventListener('close', () => resolve(answer));
    input.select();
  });
}
