/**
 * What the page knows of one network: the last snapshot, kept up to date by the events that follow it.
 *
 * @typedef {{name: string, title: string, domain: string, zone: string, intervalMillis: number,
 *     measures: Array<{name: string, unit: string}>, target: string, lookback: number, horizon: number,
 *     leads: number[], levels: number[], words: ?string[]}} Network
 * @typedef {{id: string, latitude?: number, longitude?: number, road?: string, position?: number}} Sensor
 * @typedef {{connection: 'connecting'|'open'|'lost', run: ?string, network: ?Network, sensors: Sensor[],
 *     index: Map<string, number>, range: ?[number, number], time: ?number, times: Array<?number>,
 *     values: Array<?number>, issued: Array<?number>, forecasts: Array<?Array<?number>>, health: ?Object,
 *     accuracy: ?Object, models: ?Object, drift: ?Object, deadLetters: ?Object, worst: ?Object, words: ?Object,
 *     replay: ?Object}} State
 */
import { path } from './api.js';
import { clock } from './format.js';

/** Objects that each event replaces whole. */
const WHOLE = ['health', 'accuracy', 'models', 'drift', 'deadLetters', 'worst', 'words', 'replay'];
const COLUMNS = ['times', 'values', 'issued', 'forecasts'];
/** A browser gives up on an answer that is no event stream: then the page asks again itself. */
const AGAIN_MILLIS = 2000;

/** @returns {State} */
function nothing() {
  const state = { connection: 'connecting', run: null, network: null, sensors: [], index: new Map(), range: null, time: null };
  for (const name of COLUMNS) state[name] = [];
  for (const name of WHOLE) state[name] = null;
  return state;
}

export class Store {
  constructor() {
    /** @type {State} */
    this.state = nothing();
    /** @type {Map<string, Set<(detail: any) => void>>} */
    this.listeners = new Map();
    this.source = null;
    this.retry = 0;
  }

  /**
   * @param {string} names events, apart by spaces: `snapshot`, `delta` (its detail: indices that changed), `sensors`,
   *     `range`, `connection` and the objects that are replaced whole
   * @param {(detail: any) => void} listener
   * @returns {() => void} ends it
   */
  on(names, listener) {
    const all = names.split(' ');
    for (const name of all) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name).add(listener);
    }
    return () => all.forEach(name => this.listeners.get(name).delete(listener));
  }

  /** @param {string} name @param {any} [detail] */
  tell(name, detail) {
    for (const listener of this.listeners.get(name) ?? []) listener(detail);
  }

  /** Forgets the network before and follows this one. @param {string} name */
  follow(name) {
    this.name = name;
    this.state = nothing();
    this.connect();
    this.tell('connection');
  }

  connect() {
    clearTimeout(this.retry);
    this.source?.close();
    const source = new EventSource(path(this.name, 'events'));
    this.source = source;
    const hear = (event, take) => source.addEventListener(event, message => this.take(event, message, take));
    hear('snapshot', object => this.replace(object));
    hear('delta', object => this.change(object));
    hear('sensors', object => this.append(object));
    hear('range', object => { this.state.range = object.range; });
    for (const name of WHOLE) hear(name, object => { this.state[name] = object; });
    source.onerror = () => {
      this.setConnection('lost');
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
      this.retry = setTimeout(() => this.connect(), AGAIN_MILLIS);
    };
  }

  take(event, message, take) {
    const object = JSON.parse(message.data);
    // What comes before the first snapshot has nothing to change.
    if (event !== 'snapshot' && !this.state.network) return;
    take(object);
    this.tell(event, event === 'delta' ? object.sensors : object);
  }

  /** @param {'open'|'lost'} connection */
  setConnection(connection) {
    if (this.state.connection === connection) return;
    this.state.connection = connection;
    this.tell('connection');
  }

  replace(snapshot) {
    const state = this.state;
    for (const name of ['run', 'network', 'range', 'time', ...WHOLE]) state[name] = snapshot[name] ?? null;
    state.sensors = snapshot.sensors ?? [];
    for (const name of COLUMNS) state[name] = snapshot[name] ?? [];
    state.index = new Map(state.sensors.map((sensor, i) => [sensor.id, i]));
    this.setConnection('open');
  }

  change(delta) {
    const state = this.state;
    state.time = delta.time ?? state.time;
    for (let k = 0; k < delta.sensors.length; k++) {
      const i = delta.sensors[k];
      for (const name of COLUMNS) state[name][i] = delta[name][k];
    }
  }

  append({ from, sensors }) {
    const state = this.state;
    sensors.forEach((sensor, k) => {
      const i = from + k;
      state.sensors[i] = sensor;
      state.index.set(sensor.id, i);
      for (const name of COLUMNS) state[name][i] ??= null;
    });
  }
}

/** @param {State} state @param {number} i @returns {boolean} whether the sensor has had no reading for a whole window */
export function isSilent(state, i) {
  const newest = state.times[i];
  if (newest === null || newest === undefined) return true;
  return state.time - newest >= state.network.lookback * state.network.intervalMillis;
}

/** @param {State} state @param {number} i @returns {string} how long a silent sensor has been silent */
export function silence(state, i) {
  const newest = state.times[i];
  if (newest === null || newest === undefined) return 'no reading yet';
  return `silent since ${clock(newest, state.network.zone, state.network.intervalMillis)}`;
}

/** @param {Network} network @returns {string} the unit of the measure that is forecast */
export function targetUnit(network) {
  return network.measures.find(measure => measure.name === network.target)?.unit ?? '';
}
