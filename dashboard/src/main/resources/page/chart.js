/**
 * A sensor's readings and its forecast as lines over time. Gaps stay gaps: a line never joins over a missing reading.
 */
import { timeTicks } from './time-axis.js';
import { number, clock } from './format.js';

const MARGIN = { top: 18, right: 10, bottom: 22, left: 40 };
let clips = 0;

/** @typedef {{time: number, value: ?number}} Point */

/** @param {number} from @param {number} interval @param {?Array<?number>} values @returns {Point[]} */
function points(from, interval, values) {
  return (values ?? []).map((value, k) => ({ time: from + k * interval, value }));
}

/** @param {Point} point */
function known(point) {
  return point.value !== null && point.value !== undefined;
}

export class SensorChart {
  /** @param {HTMLElement} root @param {(readout: ?Object) => void} read told what is under the pointer */
  constructor(root, read) {
    this.root = root;
    this.read = read;
    this.domain = null;
    this.data = null;
    this.build();
    new ResizeObserver(() => this.draw()).observe(root);
  }

  build() {
    const clip = `chart-clip-${clips++}`;
    this.svg = d3.select(this.root).append('svg').attr('class', 'chart').attr('role', 'img')
      .attr('aria-label', 'Readings and forecast over time');
    this.clip = this.svg.append('clipPath').attr('id', clip).append('rect');
    this.grid = this.svg.append('g').attr('class', 'axis');
    const plot = this.svg.append('g').attr('clip-path', `url(#${clip})`);
    this.bands = plot.append('g').attr('class', 'bands');
    for (const name of ['usual', 'made', 'reading', 'forecast']) this[name] = plot.append('path').attr('class', `line ${name}`);
    this.dots = plot.append('g').attr('class', 'dots');
    this.nowRule = this.svg.append('line').attr('class', 'now-rule');
    this.nowText = this.svg.append('text').attr('class', 'now-text').attr('text-anchor', 'middle').text('now');
    this.cursor = this.svg.append('line').attr('class', 'cursor').attr('visibility', 'hidden');
    this.svg.on('pointermove', event => this.hover(event)).on('pointerleave', () => this.leave());
  }

  /**
   * @param {Object} data as `/sensors/{id}` answers it
   * @param {{network: import('./store.js').Network, range: ?number[], span: number}} frame span: of the past, in ms
   */
  show(data, frame) {
    const interval = data.intervalMillis;
    const begin = data.time - frame.span;
    const recent = list => list.filter(point => point.time >= begin);
    this.frame = frame;
    this.time = data.time;
    const { forecast } = data;
    this.data = {
      reading: recent(points(data.from, interval, data.measures[frame.network.target])),
      made: recent(points(data.from, interval, data.made?.values)),
      usual: recent(points(data.from, interval, data.usual)),
      forecast: forecast?.values ? forecast.leads.map((lead, s) => ({ time: forecast.issued + lead, value: forecast.values[s] })) : [],
      bands: forecast?.values ? (forecast.intervals ?? []).map(band => ({ level: band.level,
        points: forecast.leads.map((lead, s) => ({ time: forecast.issued + lead, lower: band.lower[s], upper: band.upper[s] })) })) : []
    };
    this.join();
    this.extend();
    this.draw();
  }

  /** The forecast begins where the reading that it was issued for ended. */
  join() {
    const { reading, forecast, bands } = this.data;
    const last = reading.findLast(known);
    if (!last || !forecast.length || last.time >= forecast[0].time) return;
    forecast.unshift(last);
    for (const band of bands) band.points.unshift({ time: last.time, lower: last.value, upper: last.value });
  }

  /** The axis only grows while a sensor is shown, so that it never jumps. */
  extend() {
    const { reading, made, usual, forecast, bands } = this.data;
    const bounds = bands.flatMap(band => band.points.flatMap(point => [point.lower, point.upper]));
    const seen = [...reading, ...made, ...usual, ...forecast].filter(known).map(point => point.value).concat(bounds);
    const [low, high] = d3.extent([...(this.domain ?? this.frame.range ?? []), ...seen]);
    if (low === undefined) this.domain = null;
    else this.domain = d3.nice(low, high > low ? high : low + 1, 5);
  }

  draw() {
    const width = this.root.clientWidth;
    const height = this.root.clientHeight;
    if (!this.data || !this.domain || width < 80 || height < 60) return;
    const end = this.time + this.frame.network.leads.at(-1);
    this.x = d3.scaleLinear([this.time - this.frame.span, end], [MARGIN.left, width - MARGIN.right]);
    this.y = d3.scaleLinear(this.domain, [height - MARGIN.bottom, MARGIN.top]);
    this.svg.attr('viewBox', `0 0 ${width} ${height}`).attr('aria-label', this.summary());
    this.clip.attr('x', MARGIN.left).attr('y', 0)
      .attr('width', width - MARGIN.left - MARGIN.right).attr('height', height - MARGIN.bottom + 1);
    this.drawAxes(width, height);
    this.drawLines();
  }

  drawAxes(width, height) {
    const bottom = height - MARGIN.bottom;
    const rows = this.y.ticks(Math.max(2, Math.min(6, Math.floor(height / 40))));
    const format = this.y.tickFormat(rows.length);
    const columns = timeTicks(...this.x.domain(), this.time, this.frame.network.zone, Math.max(2, Math.floor(width / 90)))
      .filter(tick => Math.abs(this.x(tick.time) - this.x(this.time)) > 1 || tick.text === 'now');
    const line = this.grid.selectAll('line').data([...rows.map(v => [MARGIN.left, this.y(v), width - MARGIN.right, this.y(v)]),
      ...columns.map(t => [this.x(t.time), bottom, this.x(t.time), bottom + 4])]);
    line.join('line').attr('x1', d => d[0]).attr('y1', d => d[1]).attr('x2', d => d[2]).attr('y2', d => d[3]);
    const text = [...rows.map(v => ({ x: MARGIN.left - 6, y: this.y(v) + 4, at: 'end', text: format(v) })),
      ...columns.map(t => ({ x: this.x(t.time), y: height - 5, at: 'middle', text: t.text }))]
      .filter(t => t.at === 'end' || t.x > MARGIN.left + 10 && t.x < width - 22);
    this.grid.selectAll('text').data(text).join('text')
      .attr('x', d => d.x).attr('y', d => d.y).attr('text-anchor', d => d.at).text(d => d.text);
    const now = this.x(this.time);
    this.nowRule.attr('x1', now).attr('x2', now).attr('y1', MARGIN.top).attr('y2', bottom);
    this.nowText.attr('x', now).attr('y', MARGIN.top - 5);
  }

  drawLines() {
    const { x, y, data } = this;
    const line = d3.line().defined(known).x(point => x(point.time)).y(point => y(point.value));
    for (const name of ['usual', 'made', 'reading', 'forecast']) this[name].attr('d', line(data[name]));
    const area = d3.area().defined(p => p.lower !== null && p.upper !== null).x(p => x(p.time)).y0(p => y(p.lower)).y1(p => y(p.upper));
    // The widest first: the narrower ones lie on it.
    const bands = [...data.bands].sort((a, b) => b.level - a.level);
    this.bands.selectAll('path').data(bands).join('path').attr('d', band => area(band.points));
    const alone = data.reading.filter((p, k, all) => known(p) && !(all[k - 1] && known(all[k - 1])) && !(all[k + 1] && known(all[k + 1])));
    const dots = [...alone.map(p => ({ ...p, kind: 'reading' })),
      ...data.forecast.slice(1).filter(known).map(p => ({ ...p, kind: 'forecast' }))];
    this.dots.selectAll('circle').data(dots).join('circle').attr('class', p => p.kind)
      .attr('r', 2.2).attr('cx', p => x(p.time)).attr('cy', p => y(p.value));
  }

  summary() {
    const last = this.data.reading.findLast(known);
    const final = this.data.forecast.at(-1);
    const text = point => (point ? number(point.value) : 'none');
    return `Readings and forecast over time. Last reading ${text(last)}, forecast for the end of the horizon ${text(final)}.`;
  }

  hover(event) {
    if (!this.x) return;
    const time = this.x.invert(d3.pointer(event)[0]);
    const near = list => {
      const found = d3.least(list, point => Math.abs(point.time - time));
      return found && known(found) && Math.abs(found.time - time) <= this.reach(list) ? found.value : null;
    };
    const { network } = this.frame;
    this.cursor.attr('visibility', 'visible')
      .attr('x1', this.x(time)).attr('x2', this.x(time)).attr('y1', MARGIN.top).attr('y2', this.y.range()[0]);
    const { reading, made, usual, forecast } = this.data;
    this.read({ at: clock(time, network.zone, Math.min(network.intervalMillis, 60000)), reading: near(reading), made: near(made),
      usual: near(usual), forecast: time > this.time ? near(forecast) : null });
  }

  reach(list) {
    return list.length > 1 ? (list[1].time - list[0].time) * 0.75 : Infinity;
  }

  leave() {
    this.cursor.attr('visibility', 'hidden');
    this.read(null);
  }
}
