/**
 * A look at an earlier map. While it is looked at, the live map goes on in the store; going back shows it at once.
 */
import { byId, setText, atMostEvery } from './dom.js';
import { mapTimes, mapAt } from './api.js';
import { dateTime, dayClock, clock } from './format.js';

export class LookBack {
  /** @param {import('./store.js').Store} store @param {import('./view.js').View} view */
  constructor(store, view) {
    this.store = store;
    this.view = view;
    this.toggle = byId('look-back');
    this.bar = byId('look-back-bar');
    this.slider = byId('look-back-slider');
    this.ends = byId('look-back-ends');
    this.text = byId('past-text');
    this.fetchSoon = atMostEvery(120, () => this.fetch());
    this.toggle.addEventListener('click', () => (this.bar.hidden ? this.open() : this.close()));
    byId('back-to-live').addEventListener('click', () => this.close());
    this.slider.addEventListener('input', () => this.fetchSoon());
    store.on('snapshot', () => this.renew());
    store.on('snapshot delta', () => { this.toggle.disabled = store.state.time === null; });
  }

  async open() {
    const { network } = this.store.state;
    if (!network) return;
    try {
      const { oldest, newest } = await mapTimes(network.name);
      if (oldest === null || newest === null) throw new Error('nothing is remembered yet');
      Object.assign(this.slider, { min: oldest, max: newest, step: network.intervalMillis, value: newest });
      const write = time => (newest - oldest > 12 * 3600000 ? dayClock : clock)(time, network.zone, network.intervalMillis);
      setText(this.ends, `${write(oldest)} to ${write(newest)}`);
      setText(this.text, '');
      this.show(true);
      this.slider.focus();
      this.fetchSoon();
    } catch (error) {
      this.show(true);
      setText(this.text, '');
      setText(this.ends, `No earlier map: ${error.message}`);
    }
  }

  close() {
    this.abort?.abort();
    this.show(false);
    this.view.set('past', null);
  }

  /** A snapshot of the same run changes no sensor's place: an earlier map stays right. */
  renew() {
    const { run, network } = this.store.state;
    const key = `${network.name} ${run}`;
    if (this.key !== key) this.close();
    this.key = key;
  }

  show(open) {
    this.bar.hidden = !open;
    byId('map').classList.toggle('past', open);
    this.toggle.setAttribute('aria-expanded', String(open));
  }

  async fetch() {
    if (this.bar.hidden) return;
    this.abort?.abort();
    this.abort = new AbortController();
    const { network } = this.store.state;
    const { signal } = this.abort;
    try {
      const past = await mapAt(network.name, Number(this.slider.value), signal);
      if (signal.aborted) return;
      this.view.set('past', past);
      const text = dateTime(past.time, network.zone, network.intervalMillis);
      setText(this.text, `You are looking at ${text}`);
      this.slider.setAttribute('aria-valuetext', text);
    } catch (error) {
      if (!signal.aborted) setText(this.ends, `No map of that time: ${error.message}`);
    }
  }
}
