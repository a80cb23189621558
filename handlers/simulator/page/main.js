// The page: several phones beside one another, or one at a time on a phone.
import { get, post, listen } from './api.js';
import { Phone } from './phone.js';
import { Clock } from './clock.js';
import { showPlatform } from './trace.js';
import { drawPeople, drawHints, pick } from './people.js';

const $ = (id) => document.getElementById(id);

class World {
  constructor() {
    this.views = new Map(); // every phone there is: person and bubbles
    this.phones = new Map(); // the ones that lie open
    this.order = [];
    this.visible = new Set();
    this.hints = []; this.samples = []; this.templates = [];
    this.clock = new Clock((hour, day) => { for (const p of this.phones?.values() ?? []) p.hour(hour, day); });
    this.watch = new IntersectionObserver((seen) => this.looked(seen), { root: $('phones'), threshold: 0.55 });
  }

  villageNow() { return this.clock.now(); }
  isOpen(id) { return this.phones.has(id); }
  rank(id) { const i = this.order.indexOf(id); return i < 0 ? 1e6 : i; }

  // load takes the whole state: at the start and after each lost connection.
  async load() {
    const state = await get('sim/state');
    const first = !this.account;
    Object.assign(this, { account: state.account, hints: state.hints, samples: state.samples, templates: state.templates, roster: state.roster });
    this.clock.set(state.clock);
    for (const view of state.phones) this.takeView(view);
    if (first) this.openFirst(state.cast);
    this.redraw();
  }

  takeView(view) {
    const known = this.views.get(view.id);
    if (!known) {
      this.views.set(view.id, { ...view, bubbles: view.bubbles ?? [] });
      return;
    }
    for (const b of view.bubbles ?? []) this.takeBubble(b);
    const { bubbles, ...rest } = view;
    Object.assign(known, rest);
    this.phones.get(view.id)?.update(rest);
  }

  takeBubble(b) {
    const view = this.views.get(b.person);
    if (!view || b.id <= (view.bubbles.at(-1)?.id ?? 0)) return;
    view.bubbles.push(b);
    this.phones.get(b.person)?.add(b);
    if (this.visible.has(b.person)) this.markSeen(b.person);
  }

  openFirst(cast) {
    $('phones').replaceChildren();
    const kept = this.kept();
    for (const id of kept.length ? kept : cast) this.open(id);
    this.current = this.order[0];
    this.frame();
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem('open') ?? '[]').filter((id) => this.views.has(id));
    } catch { return []; }
  }

  keep() {
    try { localStorage.setItem('open', JSON.stringify(this.order)); } catch { /* private window: not kept */ }
  }

  open(id) {
    const view = this.views.get(id);
    if (!view || this.phones.has(id)) return;
    const phone = new Phone(view, this);
    this.phones.set(id, phone);
    this.order.push(id);
    $('phones').append(phone.node);
    this.clock.draw();
    phone.toEnd();
    this.watch.observe(phone.node);
    this.keep();
  }

  closePhone(id) {
    const phone = this.phones.get(id);
    this.watch.unobserve(phone.node);
    phone.node.remove();
    this.phones.delete(id);
    this.visible.delete(id);
    this.order = this.order.filter((o) => o !== id);
    if (this.current === id) this.current = this.order[0];
    this.keep();
    this.frame();
    this.redraw();
  }

  // show brings a phone into view, fetching it if it does not lie open.
  async show(id) {
    if (!this.views.has(id)) {
      await post('sim/open', { person: id });
      await this.load();
    }
    this.open(id);
    this.current = id;
    this.frame();
    const phone = this.phones.get(id);
    phone.node.scrollIntoView({ behavior: 'smooth', inline: 'nearest', block: 'nearest' });
    phone.toEnd();
    this.redraw();
    return phone;
  }

  async hint(h) {
    document.body.classList.remove('hints-open');
    (await this.show(h.person)).fill(h.text);
  }

  // frame marks the phone that a narrow screen shows.
  frame() { for (const [id, p] of this.phones) p.node.classList.toggle('current', id === this.current); }

  looked(entries) {
    for (const e of entries) {
      const id = e.target.dataset.person;
      if (e.isIntersecting) { this.visible.add(id); this.markSeen(id); } else this.visible.delete(id);
    }
    this.redraw();
  }

  markSeen(id) {
    if (document.hidden) return;
    const last = this.views.get(id)?.bubbles.at(-1)?.id ?? 0;
    try { localStorage.setItem(`seen:${id}`, String(last)); } catch { this.views.get(id).seen = last; }
  }

  unread(view) {
    let seen = view.seen ?? 0;
    try { seen = Number(localStorage.getItem(`seen:${view.id}`) ?? 0); } catch { /* private window */ }
    const last = view.bubbles.at(-1)?.id ?? 0;
    if (seen > last) seen = 0; // the journal was begun anew
    return view.bubbles.filter((b) => b.id > seen && (b.from === 'account' || b.from === 'push')).length;
  }

  redraw() {
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      drawPeople($('people'), this);
      $('hints').hidden = !this.hints.length;
      $('show-hints').hidden = !this.hints.length;
      drawHints($('hint-list'), this);
    });
  }
}

const world = new World();

listen({
  hello: () => world.load(),
  bubble: (b) => { world.takeBubble(b); world.redraw(); },
  phone: (v) => { world.takeView(v); world.redraw(); },
  clock: (c) => { world.clock.set(c); if (!c.moving) world.redraw(); },
  waiting: (w) => world.phones.get(w.person)?.wait(w),
  typing: (t) => world.phones.get(t.person)?.typing(t.on),
}, (up) => { $('offline').hidden = up; });

$('add').addEventListener('click', () => pick(world));
$('show-platform').addEventListener('click', showPlatform);
$('show-hints').addEventListener('click', () => document.body.classList.toggle('hints-open'));
$('hide-hints').addEventListener('click', () => document.body.classList.remove('hints-open'));
document.addEventListener('click', () => { for (const p of world.phones.values()) p.bar.closeMenus(); });
document.addEventListener('visibilitychange', () => {
  for (const id of world.visible) world.markSeen(id);
  world.redraw();
});
