// The village clock and the buttons that move it.
import { el, openDialog, toShanghai, clockOf, dayOf, monthDay, weekday } from './dom.js';
import { post } from './api.js';

export class Clock {
  constructor(onTick) {
    this.onTick = onTick;
    this.box = document.getElementById('clock');
    this.time = document.getElementById('clock-time');
    this.year = document.getElementById('clock-year');
    this.date = document.getElementById('clock-date');
    this.progress = document.getElementById('progress');
    this.buttons = [...this.box.querySelectorAll('.moves button')];
    for (const b of this.buttons) b.addEventListener('click', () => this.press(b));
    setInterval(() => this.draw(), 1000);
  }

  set(view) {
    this.view = view;
    this.offset = view.shown ? new Date(view.village).getTime() - Date.now() : 0;
    this.box.hidden = !view.shown;
    this.box.querySelector('.moves').hidden = !view.movable;
    this.progress.hidden = !view.moving;
    this.box.classList.toggle('moving', view.moving);
    for (const b of this.buttons) b.disabled = view.moving;
    this.draw();
  }

  now() { return Date.now() + (this.offset ?? 0); }

  draw() {
    const d = toShanghai(this.now());
    this.time.textContent = clockOf(d);
    this.year.textContent = `${d.getUTCFullYear()}年`;
    this.date.textContent = `${monthDay(d)} ${weekday(d)}`;
    this.onTick(clockOf(d), dayOf(d));
  }

  press(b) {
    if (b.dataset.add) return this.move({ add: b.dataset.add });
    if ('morning' in b.dataset) return this.move({ to: `${dayOf(toShanghai(this.now() + 86400e3))}T07:05` });
    return this.askDate();
  }

  askDate() {
    const input = el('input', { type: 'datetime-local', 'data-testid': 'clock-to', required: true });
    input.value = `${dayOf(toShanghai(this.now() + 86400e3))}T08:00`;
    input.min = `${dayOf(toShanghai(this.now()))}T${clockOf(toShanghai(this.now()))}`;
    const form = el('form', { class: 'lines', method: 'dialog' }, el('label', {}, '村里的时钟走到', input),
      el('p', { class: 'small' }, '只能往后走；路上到点的提醒都会发。'),
      el('button', { type: 'submit', class: 'green', 'data-testid': 'clock-go' }, '走'));
    const box = openDialog('选日期', form);
    form.addEventListener('submit', (e) => { e.preventDefault(); box.close(); this.move({ to: input.value }); });
  }

  async move(to) {
    if (this.view?.moving) return;
    this.set({ ...this.view, village: new Date(this.now()).toISOString(), moving: true });
    try {
      await post('sim/clock', to);
    } catch (err) {
      this.set({ ...this.view, village: new Date(this.now()).toISOString(), moving: false });
      openDialog('时钟没动', el('p', {}, err.message));
    }
  }
}
