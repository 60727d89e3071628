/**
 * One sensor: its readings, its forecast, what was forecast before, and how well. Asks the server again when the sensor
 * has changed, at most once a second.
 */
import { element, span, setText, atMostEvery, choice } from './dom.js';
import { number, signed, duration, clock, title } from './format.js';
import { sensor } from './api.js';
import { isSilent, silence, targetUnit } from './store.js';
import { SensorChart } from './chart.js';
import { ForecastTable } from './forecast-table.js';
import { SmallMultiples } from './small-multiples.js';

const REFRESH_MILLIS = 1000;
/** Of networks whose readings come faster than that. */
const FAST_REFRESH_MILLIS = 250;
const HOUR = 3600000;
/** What the chart can look back at, in horizons. */
const SPANS = [1, 2, 6, 24, 48];
const FIRST_SPAN = 2;

/** @param {import('./store.js').Network} network @returns {number[]} spans to choose from, in ms */
function spansOf(network) {
  const horizon = network.leads.at(-1);
  return [...new Set(SPANS.map(times => Math.min(48 * HOUR, times * horizon)))];
}

export class SensorPanel {
  /**
   * @param {import('./store.js').Store} store
   * @param {string} id
   * @param {{close: (panel: SensorPanel) => void, pinned: () => void}} owner
   */
  constructor(store, id, owner) {
    this.store = store;
    this.id = id;
    this.owner = owner;
    this.pinned = false;
    const { network } = store.state;
    const spans = spansOf(network);
    this.span = spans[Math.min(FIRST_SPAN, spans.length - 1)];
    this.step = Math.max(1, Math.round(network.horizon / 2));
    const fast = store.state.network.intervalMillis < REFRESH_MILLIS;
    this.refreshSoon = atMostEvery(fast ? FAST_REFRESH_MILLIS : REFRESH_MILLIS, () => this.refresh());
    this.build(network, spans);
    this.showHead();
    this.refresh();
  }

  build(network, spans) {
    this.value = element('span', { class: 'panel-value' });
    this.change = element('span', { class: 'panel-change' });
    this.state = element('span', { class: 'badge warn', hidden: true });
    this.note = element('p', { class: 'note', text: 'Asking for its readings…' });
    this.plot = element('div', { class: 'plot' });
    this.legend = this.buildLegend();
    this.table = new ForecastTable();
    this.others = new SmallMultiples();
    this.node = element('section', { class: 'panel sensor-panel', tabindex: '-1', 'aria-label': `Sensor ${this.id}`,
      data: { testid: 'sensor-panel', sensor: this.id, issued: '' } }, this.buildHeader(), this.buildTools(network, spans), this.plot,
      this.legend, this.note, element('div', { class: 'panel-rest' }, this.table.node, this.others.node));
    this.chart = new SensorChart(this.plot, readout => this.read(readout));
  }

  buildTools(network, spans) {
    const past = spans.map(past => ({ value: past, text: `last ${duration(past)}` }));
    const leads = network.leads.map((lead, s) => ({ value: s + 1, text: `${duration(lead)} before` }));
    return element('div', { class: 'panel-tools' }, choice('Show', past, this.span, value => this.choose('span', value)),
      choice('Beside the forecast of', leads, this.step, value => this.choose('step', value)));
  }

  buildHeader() {
    const { network, sensors, index } = this.store.state;
    const known = sensors[index.get(this.id)];
    this.pin = element('button', { class: 'quiet', type: 'button', text: 'Pin', 'aria-pressed': 'false', 'aria-label': `Pin sensor ${this.id}`,
      title: 'Keep this panel when another sensor is opened', on: { click: () => this.setPinned(!this.pinned) } });
    const close = element('button', { class: 'quiet', type: 'button', text: '✕', 'aria-label': `Close sensor ${this.id}`,
      on: { click: () => this.owner.close(this) } });
    const where = known?.road ? `${known.road} at ${number(known.position)}` : title(network.target);
    const name = element('div', { class: 'panel-name' }, element('h2', { text: this.id }), span('faint', where));
    return element('header', {}, name, this.state, element('div', { class: 'panel-now' }, this.value, this.change), element('div', { class: 'panel-buttons' }, this.pin, close));
  }

  buildLegend() {
    this.keys = {};
    const keys = [['reading', 'reading'], ['forecast', 'forecast'], ['band', ''], ['made', ''], ['usual', 'usual day']].map(([name, text]) => {
      const key = { text: element('span', { text }), value: element('span', { class: 'key-value' }) };
      key.node = element('li', { class: `key ${name}`, hidden: !text }, key.text, key.value);
      this.keys[name] = key;
      return key.node;
    });
    this.at = element('span', { class: 'key-at' });
    return element('div', { class: 'chart-legend' }, element('ul', {}, ...keys), this.at);
  }

  choose(what, value) {
    this[what] = Number(value);
    this.refresh(true);
  }

  setPinned(pinned) {
    this.pinned = pinned;
    this.pin.setAttribute('aria-pressed', String(pinned));
    setText(this.pin, pinned ? 'Pinned' : 'Pin');
    this.owner.pinned();
  }

  /** What the store already knows; the rest comes with the answer. */
  showHead() {
    const { state } = this.store;
    const i = state.index.get(this.id);
    if (i === undefined) return;
    const { network } = state;
    const unit = targetUnit(network);
    const value = state.values[i];
    const final = state.forecasts[i]?.at(-1) ?? null;
    setText(this.value, `${number(value)} ${unit}`);
    const change = value === null || final === null ? null : final - value;
    setText(this.change, change === null ? '' : `${signed(change)} in ${duration(network.leads.at(-1))}`);
    this.state.hidden = !isSilent(state, i);
    setText(this.state, silence(state, i));
  }

  /** @param {?Set<number>} changed indices; null when all may have */
  hear(changed) {
    if (changed && !changed.has(this.store.state.index.get(this.id))) return;
    this.showHead();
    this.refreshSoon();
  }

  /** @param {boolean} [otherwise] whether something else is asked for than by a question that is still open */
  async refresh(otherwise = false) {
    if (this.closed) return;
    if (this.asking && !otherwise) {
      this.again = true;
      return;
    }
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    await this.ask(asking.signal);
    if (this.asking !== asking) return;
    this.asking = null;
    if (this.again) this.refreshSoon();
    this.again = false;
  }

  /** @param {AbortSignal} signal */
  async ask(signal) {
    const { network } = this.store.state;
    // One slot more, so that the chart's left edge has its reading.
    const hours = Math.min(48, Math.max(0.01, (this.span + network.intervalMillis) / HOUR));
    try {
      const data = await sensor(network.name, this.id, hours, this.step, signal);
      if (!signal.aborted) this.show(data);
    } catch (error) {
      if (!signal.aborted) setText(this.note, `Its readings did not come: ${error.message}`);
    }
  }

  show(data) {
    const { network, range } = this.store.state;
    if (data.time === null || data.time === undefined) return setText(this.note, 'Waiting for the first readings.');
    this.node.dataset.issued = data.forecast?.issued ?? '';
    this.chart.show(data, { network, range, span: this.span });
    this.table.show(data, network, this.step);
    this.others.show(data, network, this.span);
    this.showKeys(data);
    setText(this.note, this.words(data));
  }

  showKeys(data) {
    const levels = (data.forecast?.intervals ?? []).map(band => `${Math.round(band.level * 100)}`);
    this.keys.band.node.hidden = !levels.length;
    setText(this.keys.band.text, `${levels.join(', ')} % interval`);
    setText(this.keys.made.text, `as forecast ${duration(data.made?.leadMillis ?? 0)} before`);
    this.keys.made.node.hidden = !data.made;
    this.keys.usual.node.hidden = !data.usual;
  }

  /** @returns {string} what is to be said of the forecast */
  words(data) {
    const { network } = this.store.state;
    const { forecast } = data;
    if (!forecast && !this.state.hidden) return 'No forecast while the sensor is silent.';
    if (!forecast) return `No forecast yet: the first comes after ${network.lookback} readings.`;
    const issued = `Forecast of ${clock(forecast.issued, network.zone, network.intervalMillis)}`;
    const from = `${forecast.observed} of ${forecast.lookback} readings in the window`;
    if (forecast.abstained) return `${issued}: the model abstained (${from}).`;
    const borrowed = forecast.borrowed ? ' Its profile is borrowed: it has reported for less than two weeks.' : '';
    return `${issued} by ${forecast.model}, ${from}.${borrowed}`;
  }

  /** @param {?Object} readout the values under the pointer */
  read(readout) {
    setText(this.at, readout ? `at ${readout.at}` : '');
    for (const name of ['reading', 'forecast', 'made', 'usual']) {
      const value = readout?.[name] ?? null;
      setText(this.keys[name].value, value === null ? '' : number(value));
    }
  }

  close() {
    this.closed = true;
    this.asking?.abort();
    this.node.remove();
  }
}
