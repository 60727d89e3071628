/**
 * The other measures of a network's sensors, each as a small line with its last value: every line has its own scale.
 */
import { element, setText } from './dom.js';
import { number, title } from './format.js';

const WIDTH = 160;
const HEIGHT = 34;

export class SmallMultiples {
  constructor() {
    this.node = element('div', { class: 'multiples', hidden: true });
    this.shown = new Map();
  }

  /** @param {Object} data as `/sensors/{id}` answers it @param {import('./store.js').Network} network @param {number} span of the past, in ms */
  show(data, network, span) {
    const others = network.measures.filter(measure => measure.name !== network.target && data.measures[measure.name]);
    this.node.hidden = !others.length;
    const first = Math.max(0, Math.ceil((data.time - span - data.from) / data.intervalMillis));
    for (const measure of others) {
      if (!this.shown.has(measure.name)) this.shown.set(measure.name, this.add(measure));
      this.draw(this.shown.get(measure.name), data.measures[measure.name].slice(first));
    }
  }

  add(measure) {
    const value = element('span', { class: 'strong' });
    const range = element('span', { class: 'faint' });
    const figure = element('figure', { class: 'multiple' }, element('figcaption', { class: 'measure', text: title(measure.name) }));
    const svg = d3.select(figure).append('svg').attr('viewBox', `0 0 ${WIDTH} ${HEIGHT}`).attr('preserveAspectRatio', 'none').attr('aria-hidden', 'true');
    const path = svg.append('path').attr('class', 'line reading');
    figure.append(element('p', {}, element('span', {}, value, ` ${measure.unit}`), range));
    this.node.append(figure);
    return { value, range, path };
  }

  draw(multiple, values) {
    const known = value => value !== null && value !== undefined;
    const [low, high] = d3.extent(values.filter(known));
    const large = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0));
    const decimals = large >= 1000 ? 0 : large < 1 ? 2 : 1;
    setText(multiple.value, number(values.findLast(known), decimals));
    setText(multiple.range, low === undefined ? 'no readings' : `${number(low, decimals)} to ${number(high, decimals)}`);
    const x = d3.scaleLinear([0, Math.max(1, values.length - 1)], [1, WIDTH - 1]);
    const y = d3.scaleLinear([low ?? 0, high > low ? high : (low ?? 0) + 1], [HEIGHT - 2, 2]);
    multiple.path.attr('d', d3.line().defined(known).x((_, k) => x(k)).y(value => y(value))(values));
  }
}
