// One phone: its chat with the account and what can be done on it.
import { el, button, avatar, accountAvatar, icon } from './dom.js';
import { post, nonce } from './api.js';
import { row, stamp, restamp } from './bubbles.js';
import { Bar } from './bar.js';
import { showTrace } from './trace.js';

export class Phone {
  constructor(view, world) {
    this.world = world;
    this.account = world.account;
    this.waiting = new Map();
    this.last = null;
    this.build(view);
    this.update(view);
    for (const b of view.bubbles ?? []) this.add(b, false);
    this.toEnd();
  }

  build(view) {
    this.person = view;
    this.face = el('span', { class: 'face' });
    this.name = el('b');
    this.note = el('span', { class: 'small' });
    this.room = el('span', { class: 'room-left', title: '平台的窗口：公众号还能主动发给这个人几条' });
    this.title = el('h3', {}, this.account);
    this.list = el('ol', { class: 'chat', role: 'log', 'aria-live': 'polite', tabindex: '0' });
    this.more = button('有新消息 ↓', { class: 'newer', hidden: true, onclick: () => this.toEnd() });
    this.list.addEventListener('scroll', () => { if (this.nearEnd()) this.more.hidden = true; });
    this.bar = new Bar(this);
    this.clock = el('span', { class: 'hour' });
    const close = button('✕', { class: 'plain', 'aria-label': '收起这部手机', onclick: () => this.world.closePhone(this.person.id) });
    this.node = el('section', { class: 'phone', 'data-person': view.id, 'aria-label': `${view.name}的手机` },
      el('header', { class: 'who' }, this.face, el('div', {}, this.name, this.note), this.room, close),
      el('div', { class: 'screen' },
        el('div', { class: 'status', 'aria-hidden': 'true' }, this.clock, el('i', { class: 'signal' }), el('i', { class: 'battery' })),
        el('header', { class: 'title' }, icon('back'), this.title, icon('more')),
        el('div', { class: 'chat-box' }, this.list, this.more),
        this.bar.node));
  }

  // update takes what changed about the person: name, follow state, windows.
  update(view) {
    this.person = { ...this.person, ...view };
    this.face.replaceChildren(avatar(this.person));
    this.name.textContent = this.person.name;
    this.note.textContent = [this.person.role, this.person.note].filter((s, i, all) => s && !all.slice(0, i).some((o) => o.includes(s))).join(' · ');
    const left = this.person.room?.left ?? 0;
    this.room.textContent = this.person.following ? (left ? `可推${left}条` : '不能推') : '';
    this.room.classList.toggle('shut', !left);
    this.node.classList.toggle('away', !this.person.following);
    this.bar.update(this.person);
    this.welcome();
  }

  // welcome fills an empty chat with whom one is about to talk to.
  welcome() {
    this.list.querySelector('.profile')?.remove();
    if (this.last) return;
    this.list.append(el('li', { class: 'profile' }, accountAvatar(), el('h4', {}, this.account),
      el('p', {}, this.person.following ? '像平常讲话一样，在下面说一句' : '公众号 · 村里的事，说一声就行')));
  }

  // hour is told once a second; a new day renames the old times.
  hour(text, day) {
    this.clock.textContent = text;
    if (day !== this.day) restamp(this.list, this.world.villageNow());
    this.day = day;
  }

  add(b, live = true) {
    if (this.last && b.id <= this.last.id) return;
    const follow = !live || b.from === 'me' || this.nearEnd();
    this.list.querySelector('.profile')?.remove();
    const time = stamp(b, this.last, this.world.villageNow());
    if (time) this.list.append(time);
    const node = row(b, this);
    if (live) node.classList.add('fresh');
    this.list.append(node);
    this.last = b;
    if (!live) return;
    if (follow) this.toEnd();
    else this.more.hidden = false;
  }

  nearEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 160; }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.more.hidden = true;
  }

  // wait marks a bubble whose answer takes longer than a blink.
  wait({ bubble, on }) {
    clearTimeout(this.waiting.get(bubble));
    this.waiting.delete(bubble);
    const node = this.list.querySelector(`[data-bubble="${bubble}"]`);
    if (!on) node?.classList.remove('waiting');
    else this.waiting.set(bubble, setTimeout(() => this.list.querySelector(`[data-bubble="${bubble}"]`)?.classList.add('waiting'), 500));
  }

  typing(on) {
    clearTimeout(this.typingEnds);
    this.title.textContent = on ? '对方正在输入…' : this.account;
    if (on) this.typingEnds = setTimeout(() => this.typing(false), 15e3);
  }

  // act sends one thing done on this phone. One at a time: what is clicked
  // while the first is under way is the same click.
  async act(what) {
    if (this.busy) return false;
    this.busy = true;
    this.bar.complain('');
    try {
      await post('sim/do', { person: this.person.id, nonce: nonce(), ...what });
      return true;
    } catch (err) {
      this.bar.complain(err.message);
      return false;
    } finally {
      this.busy = false;
    }
  }

  fill(text) { this.bar.fill(text); }

  showTrace(b) { showTrace(b, this.person); }
}
