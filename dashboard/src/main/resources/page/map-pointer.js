/**
 * Pointer and keyboard on the map: a tooltip at the sensor pointed at, click or Enter opens it. Arrow keys go from sensor
 * to sensor, with Shift they move the map; + and - zoom, 0 shows all.
 */
import { element, setText, byId } from './dom.js';
import { number, duration, clock } from './format.js';
import { isSilent, silence, targetUnit } from './store.js';

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class MapPointer {
  /**
   * @param {import('./map.js').SensorMap} map
   * @param {(id: string) => void} select
   */
  constructor(map, select) {
    this.map = map;
    this.select = select;
    this.tip = byId('map-tip');
    this.says = byId('map-says');
    this.rows = ['now', '¼', '½', 'all'].map(() => [element('dt'), element('dd')]);
    this.name = element('strong');
    this.tip.append(this.name, element('dl', {}, ...this.rows.flat()));
    this.listen();
  }

  listen() {
    const { canvas } = this.map;
    canvas.addEventListener('pointermove', event => { if (!event.buttons) this.point(this.sensorAt(event)); });
    canvas.addEventListener('pointerleave', () => this.point(null));
    canvas.addEventListener('click', event => {
      const i = this.sensorAt(event);
      if (i !== null) this.open(i);
    });
    canvas.addEventListener('keydown', event => this.key(event));
    canvas.addEventListener('blur', () => this.point(null));
  }

  sensorAt(event) {
    const i = this.map.at(event.offsetX, event.offsetY);
    return i < 0 ? null : i;
  }

  /** @param {?number} i */
  point(i) {
    this.map.view.set('pointed', i);
    this.map.canvas.classList.toggle('pointing', i !== null);
    if (i === null) this.tip.hidden = true;
  }

  open(i) {
    this.select(this.map.store.state.sensors[i].id);
  }

  key(event) {
    const direction = DIRECTIONS[event.key];
    const { pointed } = this.map.view;
    if (direction && event.shiftKey) this.map.panBy(-60 * direction[0], -60 * direction[1]);
    else if (direction) this.walk(direction);
    else if (event.key === '+' || event.key === '=') this.map.zoomBy(1.5);
    else if (event.key === '-') this.map.zoomBy(1 / 1.5);
    else if (event.key === '0') this.map.fit();
    else if ((event.key === 'Enter' || event.key === ' ') && pointed !== null) this.open(pointed);
    else if (event.key === 'Escape') this.point(null);
    else return;
    event.preventDefault();
  }

  walk(direction) {
    const next = this.neighbour(direction);
    if (next === null) return;
    this.point(next);
    this.map.reveal(next);
    this.says.textContent = this.describe(next);
  }

  /** The nearest sensor that way; what lies aside counts as further. @returns {?number} */
  neighbour([dx, dy]) {
    const { x, y, width, height } = this.map;
    if (!x?.length) return null;
    const from = this.map.view.pointed;
    if (from === null) return this.nearest(width / 2, height / 2);
    let best = null;
    let least = Infinity;
    for (let i = 0; i < x.length; i++) {
      const along = (x[i] - x[from]) * dx + (y[i] - y[from]) * dy;
      const aside = Math.abs((x[i] - x[from]) * dy) + Math.abs((y[i] - y[from]) * dx);
      if (along > 0.5 && along + 2 * aside < least) {
        least = along + 2 * aside;
        best = i;
      }
    }
    return best;
  }

  nearest(x, y) {
    const map = this.map;
    return d3.least(d3.range(map.x.length), i => Math.hypot(map.x[i] - x, map.y[i] - y)) ?? null;
  }

  describe(i) {
    const { state } = this.map.store;
    const rest = this.texts(i).map(([lead, text]) => `${lead} ${text}`).join(', ');
    return `${state.sensors[i].id}${state.sensors[i].road ? `, ${state.sensors[i].road}` : ''}: ${rest}`;
  }

  /** @returns {Array<[string, string]>} the value now and the forecasts for a quarter, half and all of the horizon */
  texts(i) {
    const { state } = this.map.store;
    const { network } = state;
    const { values, forecasts, time } = this.map.view.past ?? state;
    const unit = targetUnit(network);
    const silent = !this.map.view.past && isSilent(state, i);
    const now = silent ? silence(state, i) : `${number(values[i])} ${unit}`;
    const steps = [...new Set([0.25, 0.5, 1].map(share => Math.max(1, Math.round(share * network.horizon))))];
    return [[this.map.view.past ? clock(time, network.zone, network.intervalMillis) : 'now', now],
      ...steps.map(step => [`+${duration(network.leads[step - 1])}`,
        forecasts[i] ? `${number(forecasts[i][step - 1])} ${unit}` : 'no forecast'])];
  }

  showTip() {
    const { map, tip } = this;
    const i = map.view.pointed;
    const sensor = i === null ? null : map.store.state.sensors[i];
    tip.hidden = !sensor;
    if (!sensor) return;
    setText(this.name, sensor.road ? `${sensor.id} · ${sensor.road}` : sensor.id);
    const texts = this.texts(i);
    this.rows.forEach(([term, text], k) => {
      setText(term, texts[k]?.[0] ?? '');
      setText(text, texts[k]?.[1] ?? '');
    });
    const right = map.x[i] > map.width - 200;
    const low = map.y[i] > map.height - 140;
    tip.style.left = `${map.x[i] + (right ? -tip.offsetWidth - 14 : 14)}px`;
    tip.style.top = `${Math.max(4, map.y[i] + (low ? -tip.offsetHeight - 10 : 10))}px`;
  }
}
