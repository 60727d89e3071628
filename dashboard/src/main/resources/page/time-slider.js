/**
 * The slider from now over all steps of the horizon, and the button that runs ahead through them.
 */
import { byId, element, setText } from './dom.js';
import { duration, clock } from './format.js';

const STEP_MILLIS = 600;

export class TimeSlider {
  /** @param {import('./store.js').Store} store @param {import('./view.js').View} view */
  constructor(store, view) {
    this.store = store;
    this.view = view;
    this.slider = byId('lead-slider');
    this.label = byId('lead-label');
    this.play = byId('lead-play');
    this.ticks = byId('lead-ticks');
    this.timer = 0;
    this.slider.addEventListener('input', () => view.set('lead', Number(this.slider.value)));
    this.play.addEventListener('click', () => (this.timer ? this.stop() : this.start()));
    store.on('snapshot', () => this.setUp());
    store.on('delta', () => this.show());
    view.on('lead past', () => this.show());
  }

  setUp() {
    const { horizon, leads } = this.store.state.network;
    this.slider.max = String(horizon);
    if (this.view.lead > horizon) this.view.set('lead', 0);
    const steps = [...new Set([0, 0.25, 0.5, 0.75, 1].map(share => Math.round(share * horizon)))];
    this.ticks.replaceChildren(...steps.map(step => {
      const tick = element('span', { text: step ? `+${duration(leads[step - 1])}` : 'now' });
      tick.style.left = `${step / horizon * 100}%`;
      return tick;
    }));
    this.show();
  }

  show() {
    const { network, time } = this.store.state;
    if (!network) return;
    const { lead, past } = this.view;
    const from = past?.time ?? time;
    this.slider.value = String(lead);
    const ahead = lead ? network.leads[lead - 1] : 0;
    const at = from === null ? '' : ` · ${clock(from + ahead, network.zone, network.intervalMillis)}`;
    const text = lead ? `+${duration(ahead)}${at}` : `${past ? 'as it was' : 'now'}${at}`;
    setText(this.label, text);
    this.slider.setAttribute('aria-valuetext', text);
  }

  start() {
    this.timer = setInterval(() => this.view.set('lead', (this.view.lead + 1) % (this.store.state.network.horizon + 1)), STEP_MILLIS);
    this.mark(true);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.mark(false);
  }

  mark(playing) {
    this.play.classList.toggle('playing', playing);
    this.play.setAttribute('aria-label', playing ? 'Stop running ahead' : 'Run ahead through the forecast');
    this.play.title = this.play.getAttribute('aria-label');
  }
}
