// The bar at the bottom of a phone: keyboard, menu, voice and the plus panel.
import { el, button, icon } from './dom.js';
import { plusPanel, voicePanel, askText } from './panels.js';
import { post } from './api.js';

export class Bar {
  constructor(phone) {
    this.phone = phone;
    this.alert = el('p', { class: 'alert', role: 'alert', hidden: true });
    this.buildKeys();
    this.menuRow = el('div', { class: 'menu-row', hidden: true });
    this.panel = el('div', { class: 'panel', hidden: true });
    this.followRow = el('div', { class: 'follow-row', hidden: true },
      button('关注公众号', { class: 'follow', 'data-testid': 'follow', onclick: () => phone.act({ kind: 'follow' }) }),
      button('扫码关注', { class: 'plain link', 'data-testid': 'scan-follow', onclick: () => this.scan() }));
    this.node = el('footer', { class: 'bar' }, this.alert, this.followRow, this.keyRow, this.menuRow, this.panel);
    this.setMenu(phone.person.menu);
  }

  buildKeys() {
    const { phone } = this;
    this.input = el('textarea', {
      rows: 1, 'data-testid': 'input', 'aria-label': `${phone.person.name}要说的话`, enterkeyhint: 'send', maxlength: 5000,
    });
    this.sendButton = button('发送', { class: 'send', 'data-testid': 'send', hidden: true });
    this.toMenu = button('', { class: 'round', 'aria-label': '看菜单', 'data-testid': 'to-menu', hidden: true, onclick: () => this.mode('menu') }, icon('menu'));
    this.voice = button('', { class: 'round ring', 'aria-label': '语音', 'data-testid': 'voice', onclick: () => this.toggle('voice') }, icon('voice'));
    this.plus = button('', { class: 'round ring', 'aria-label': '更多', 'data-testid': 'plus', onclick: () => this.toggle('plus') }, icon('plus'));
    this.keyRow = el('div', { class: 'key-row' }, this.toMenu, this.voice, this.input, this.plus, this.sendButton);
    // A press must not take the focus, and the keyboard, from the input.
    this.sendButton.addEventListener('pointerdown', (e) => e.preventDefault());
    this.sendButton.addEventListener('click', () => this.send());
    this.input.addEventListener('input', () => this.fit());
    this.input.addEventListener('focus', () => { this.open(null); });
    this.input.addEventListener('keydown', (e) => {
      if (e.key !== 'Enter' || e.shiftKey || e.isComposing || e.keyCode === 229) return;
      e.preventDefault();
      this.entered = true;
      this.send();
    });
    // Some keyboards still write the line break of an Enter that was taken.
    this.input.addEventListener('beforeinput', (e) => { if (this.entered && e.inputType === 'insertLineBreak') e.preventDefault(); });
    this.input.addEventListener('keyup', () => { this.entered = false; });
  }

  // fit lets the input grow with what is written, up to five lines.
  fit() {
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 132)}px`;
    const empty = !this.input.value.trim();
    this.sendButton.hidden = empty;
    this.plus.hidden = !empty;
  }

  async send() {
    const text = this.input.value.trim();
    if (!text || this.sending) return;
    this.sending = true;
    const done = await this.phone.act({ kind: 'text', text });
    this.sending = false;
    if (done && this.input.value.trim() === text) this.input.value = '';
    this.fit();
    this.input.focus();
  }

  fill(text) {
    this.mode('keys');
    this.input.value = text;
    this.fit();
    this.input.focus({ preventScroll: true });
    this.keyRow.classList.remove('filled');
    requestAnimationFrame(() => this.keyRow.classList.add('filled'));
  }

  update(person) {
    this.followRow.hidden = person.following;
    this.setMenu(person.menu);
    this.mode(this.current ?? 'keys');
  }

  // mode is what the bar shows to a follower: the keys or the menu.
  mode(which) {
    this.current = which;
    const here = this.phone.person.following;
    this.keyRow.hidden = !here || which !== 'keys';
    this.menuRow.hidden = !here || which !== 'menu';
    if (!here || which !== 'keys') this.open(null);
  }

  toggle(which) { this.open(this.opened === which ? null : which); }

  open(which) {
    this.opened = which;
    this.panel.hidden = !which;
    if (which === 'plus') this.panel.replaceChildren(plusPanel(this.phone, this));
    if (which === 'voice') this.panel.replaceChildren(voicePanel(this.phone, this));
    if (which) this.phone.toEnd();
  }

  complain(text) {
    this.alert.hidden = !text;
    this.alert.textContent = text;
  }

  async scan() {
    const scene = await askText('扫一扫', '二维码里写的是什么？', '门牌码 3组8号');
    if (scene) await this.phone.act({ kind: 'scan', key: scene });
  }

  // setMenu draws the menu that this person sees; nothing is done where it is
  // the same, so that one that lies open stays open.
  setMenu(menu) {
    const drawn = JSON.stringify(menu ?? null);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.toMenu.hidden = !menu;
    if (!menu && this.current === 'menu') this.mode('keys');
    const keys = button('', { class: 'round', 'aria-label': '用键盘', 'data-testid': 'to-keys', onclick: () => { this.mode('keys'); this.input.focus(); } }, icon('keyboard'));
    this.menuRow.replaceChildren(keys, ...(menu?.button ?? []).map((b, i) => this.menuItem(b, i)));
  }

  menuItem(item, i) {
    const subs = item.sub_button ?? [];
    const top = button('', { class: 'menu-top', 'data-testid': `menu-${i}`, 'aria-haspopup': subs.length ? 'true' : null },
      subs.length ? icon('menu') : null, el('span', {}, item.name));
    const cell = el('div', { class: 'menu-cell' }, top);
    if (!subs.length) {
      top.addEventListener('click', () => this.tap(item));
      return cell;
    }
    const list = el('div', { class: 'menu-sub', hidden: true }, subs.map((s, j) => button(s.name, {
      'data-testid': `menu-${i}-${j}`, onclick: () => { list.hidden = true; this.tap(s); },
    })));
    top.addEventListener('click', (e) => {
      e.stopPropagation();
      const open = list.hidden;
      this.closeMenus();
      list.hidden = !open;
    });
    cell.append(list);
    return cell;
  }

  closeMenus() { for (const m of this.menuRow.querySelectorAll('.menu-sub')) m.hidden = true; }

  async tap(item) {
    const act = { kind: 'click', button: item.type, key: item.key || item.url, name: item.name };
    if (item.type.startsWith('scancode')) {
      act.text = await askText('扫一扫', '扫到的是什么？', '门牌码 3组8号');
      if (!act.text) return;
    }
    if (item.type === 'view') await this.browse(item.url);
    this.phone.act(act);
  }

  // browse opens a page as this phone: with no cookies but its own.
  async browse(url) {
    await post('sim/jar');
    document.cookie = `simulated_phone=${encodeURIComponent(this.phone.person.id)}; path=/; samesite=lax`;
    window.open(url, '_blank', 'noreferrer');
  }
}
