/**
 * The map of sensors on a canvas. It is painted again only when something that it shows has changed, at most once a
 * frame; all arrays are made when sensors are laid out, none while painting.
 */
import { valueColours, changeColours, changeDomain, levelOf, LEVELS } from './colours.js';
import { layOut } from './layout.js';
import { roadsOf } from './roads.js';
import { isSilent } from './store.js';
import { shownValue, expectedChange } from './view.js';
import { theme, onTheme } from './theme.js';
import { Painter } from './map-painter.js';

/** The level of a sensor that has nothing to show. */
export const NOTHING = LEVELS;
/** So many sources keep their place after they ended. */
const NEWEST_SOURCES = 24;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** One finger scrolls the page, two zoom and move the map. @param {any} event @returns {boolean} */
function mayZoom(event) {
  if (event.touches) return event.touches.length > 1;
  return !event.button && (!event.ctrlKey || event.type === 'wheel');
}

export class SensorMap {
  /**
   * @param {HTMLElement} root
   * @param {import('./store.js').Store} store
   * @param {import('./view.js').View} view
   */
  constructor(root, store, view) {
    this.root = root;
    this.store = store;
    this.view = view;
    this.canvas = root.querySelector('canvas');
    this.painter = new Painter(this.canvas);
    this.width = 0;
    this.height = 0;
    this.transform = d3.zoomIdentity;
    this.frames = 0;
    /** @type {() => void} called after each time the map was painted */
    this.painted = () => {};
    this.asked = false;
    this.stale = { layout: true, places: true, colours: true, tree: true };
    this.setUpZoom();
    this.listen();
  }

  setUpZoom() {
    this.zoom = d3.zoom().scaleExtent([1, 60]).duration(calm.matches ? 0 : 200).filter(mayZoom).on('zoom', event => {
      this.transform = event.transform;
      this.request('places');
    });
    d3.select(this.canvas).call(this.zoom);
  }

  listen() {
    this.store.on('snapshot sensors', () => this.request('layout'));
    this.store.on('delta range', () => { if (!this.view.past) this.request('colours'); });
    this.view.on('lead colourBy past', () => this.request('colours'));
    this.view.on('pointed open', () => this.request());
    onTheme(() => {
      this.painter.readTheme();
      this.request('colours');
    });
    new ResizeObserver(() => this.request('layout')).observe(this.root);
  }

  /** @param {'layout'|'places'|'colours'} [what] has to be worked out again before the next picture */
  request(what) {
    if (what) this.stale[what] = true;
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.paint();
    });
  }

  paint() {
    this.refresh();
    if (!this.width || !this.height) return;
    this.painter.paint(this);
    this.frames++;
    this.painted();
  }

  /** Works out what is stale, in the order in which one needs the other. */
  refresh() {
    if (this.stale.layout) this.relay();
    if (this.stale.places) this.place();
    if (this.stale.colours) this.colour();
  }

  relay() {
    const { sensors } = this.store.state;
    const n = sensors.length;
    this.width = this.root.clientWidth;
    this.height = this.root.clientHeight;
    this.painter.resize(this.width, this.height);
    this.zoom.extent([[0, 0], [this.width, this.height]]).translateExtent([[0, 0], [this.width, this.height]]);
    this.layout = layOut(sensors, this.width, this.height, i => this.worthAPlace(i));
    this.roads = roadsOf(sensors, this.layout);
    this.x = new Float32Array(n);
    this.y = new Float32Array(n);
    this.levels = new Uint8Array(n);
    this.order = new Int32Array(n);
    this.starts = new Int32Array(LEVELS + 2);
    this.stale.layout = false;
    this.stale.places = this.stale.colours = true;
  }

  /** Sources of sound come and go: those that ended long ago give their place to others. */
  worthAPlace(i) {
    const { state } = this.store;
    return !state.network?.words || i >= state.sensors.length - NEWEST_SOURCES || !isSilent(state, i);
  }

  /** Half a dot's width: smaller the denser the sensors are, larger when zoomed in. */
  get radius() {
    const n = Math.max(1, this.x.length);
    if (this.layout.cell) return Math.max(0.8, this.layout.cell * this.transform.k * 0.44);
    const base = Math.min(5, Math.max(1.4, Math.sqrt(this.width * this.height / n) * 0.11));
    return Math.min(9, base * Math.sqrt(this.transform.k));
  }

  place() {
    const { k, x: left, y: top } = this.transform;
    const { layout, roads } = this;
    const aside = this.radius * 0.9 + 0.6;
    this.visible = 0;
    for (let i = 0; i < this.x.length; i++) {
      this.x[i] = layout.x[i] * k + left + roads.sideX[i] * aside;
      this.y[i] = layout.y[i] * k + top + roads.sideY[i] * aside;
      if (this.inView(i)) this.visible++;
    }
    this.stale.places = false;
    this.stale.tree = true;
  }

  /** @returns {boolean} whether any of a sensor or of its part of a road can be seen */
  inView(i) {
    const slack = 40;
    return this.x[i] > -slack && this.y[i] > -slack && this.x[i] < this.width + slack && this.y[i] < this.height + slack;
  }

  /** Gives each sensor its colour, and orders sensors by colour: a counting sort. */
  colour() {
    const { levels, order, starts } = this;
    const byChange = this.view.colourBy === 'change';
    this.colours = (byChange ? changeColours : valueColours)(theme());
    this.domain = byChange ? changeDomain(this.store.state.range) : this.store.state.range;
    starts.fill(0);
    for (let i = 0; i < levels.length; i++) {
      levels[i] = this.levelAt(i, byChange);
      starts[levels[i] + 1]++;
    }
    for (let level = 1; level < starts.length; level++) starts[level] += starts[level - 1];
    for (let i = levels.length - 1; i >= 0; i--) order[--starts[levels[i] + 1]] = i;
    // Counting down has moved each level's end to its begin, one place further on.
    for (let level = 0; level <= LEVELS; level++) starts[level] = starts[level + 1];
    starts[LEVELS + 1] = levels.length;
    this.stale.colours = false;
  }

  levelAt(i, byChange) {
    if (!this.view.past && isSilent(this.store.state, i)) return NOTHING;
    const value = byChange ? expectedChange(this.store.state, this.view, i) : shownValue(this.store.state, this.view, i);
    return value === null || !this.domain ? NOTHING : levelOf(value, this.domain);
  }

  /** @returns {number} the index of the sensor within reach of this point of the canvas, -1: none */
  at(x, y) {
    if (!this.x?.length) return -1;
    if (this.stale.tree) {
      this.tree = d3.quadtree(d3.range(this.x.length), i => this.x[i], i => this.y[i]);
      this.stale.tree = false;
    }
    return this.tree.find(x, y, Math.max(12, this.radius * 1.5)) ?? -1;
  }

  /** @returns {?{x: number, y: number}} where a sensor is on the page, in CSS pixels */
  pixelOf(i) {
    this.refresh();
    const box = this.canvas.getBoundingClientRect();
    return i in this.x ? { x: box.left + this.x[i], y: box.top + this.y[i] } : null;
  }

  /** @returns {?string} the colour of a sensor as it is drawn now, `#rrggbb` */
  colourOf(i) {
    this.refresh();
    if (!(i in this.levels)) return null;
    return this.levels[i] === NOTHING ? d3.color(this.painter.theme.nothing).formatHex() : this.colours[this.levels[i]];
  }

  /** Moves the map if a sensor is not in view. */
  reveal(i) {
    const inside = this.x[i] >= 8 && this.x[i] <= this.width - 8 && this.y[i] >= 8 && this.y[i] <= this.height - 8;
    if (!inside) d3.select(this.canvas).call(this.zoom.translateTo, this.layout.x[i], this.layout.y[i]);
  }

  /** @param {number} factor */
  zoomBy(factor) {
    d3.select(this.canvas).call(this.zoom.scaleBy, factor);
  }

  panBy(x, y) {
    d3.select(this.canvas).call(this.zoom.translateBy, x / this.transform.k, y / this.transform.k);
  }

  fit() {
    d3.select(this.canvas).call(this.zoom.transform, d3.zoomIdentity);
  }
}
