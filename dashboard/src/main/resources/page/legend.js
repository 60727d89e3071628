/**
 * What the map's colours mean: a strip from the lowest to the highest, its unit, and the mark of sensors without a value.
 */
import { element, setText } from './dom.js';
import { number, signed, duration, title } from './format.js';
import { targetUnit } from './store.js';
import { LEVELS } from './colours.js';

export class Legend {
  /** @param {HTMLElement} root @param {import('./map.js').SensorMap} map */
  constructor(root, map) {
    this.map = map;
    this.name = element('span', { class: 'legend-title' });
    this.strip = element('canvas', { width: LEVELS, height: 1, class: 'legend-strip', 'aria-hidden': 'true' });
    this.ticks = [0, 0.5, 1].map(() => element('span'));
    root.append(this.name, this.strip, element('span', { class: 'legend-ticks' }, ...this.ticks),
      element('span', { class: 'legend-none' }, element('span', { class: 'hollow', 'aria-hidden': 'true' }), 'no value or silent'));
    this.shown = '';
  }

  update() {
    const { map } = this;
    const { network } = map.store.state;
    if (!network || !map.colours) return;
    const key = `${map.view.colourBy} ${map.view.lead} ${map.domain} ${map.colours[0]} ${network.name}`;
    if (key === this.shown) return;
    this.shown = key;
    this.paintStrip();
    const byChange = map.view.colourBy === 'change';
    const until = duration(network.leads[(map.view.lead || network.horizon) - 1]);
    setText(this.name, `${byChange ? `Change until +${until}` : title(network.target)}, ${targetUnit(network)}`);
    const { domain } = map;
    const write = byChange ? signed : number;
    const decimals = domain && domain[1] - domain[0] < 10 ? 1 : 0;
    const texts = domain ? [domain[0], (domain[0] + domain[1]) / 2, domain[1]].map(value => write(value, decimals)) : ['', '', ''];
    if (byChange && domain) {
      texts[0] = `≤ ${texts[0]}`;
      texts[2] = `≥ ${texts[2]}`;
    }
    this.ticks.forEach((tick, k) => setText(tick, texts[k]));
  }

  paintStrip() {
    const context = this.strip.getContext('2d');
    this.map.colours.forEach((colour, k) => {
      context.fillStyle = colour;
      context.fillRect(k, 0, 1, 1);
    });
  }
}
