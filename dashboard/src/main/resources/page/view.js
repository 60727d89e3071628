/**
 * What the reader has chosen to see; it changes nothing of what the store knows.
 *
 * @typedef {{time: number, values: Array<?number>, forecasts: Array<?Array<?number>>}} Past
 */
export class View {
  constructor() {
    /** 0 is now, otherwise the step of the forecast that the map shows. */
    this.lead = 0;
    /** @type {'value'|'change'} */
    this.colourBy = 'value';
    /** @type {?Past} the earlier map that is looked at; null while the map is live */
    this.past = null;
    /** @type {?number} index of the sensor that the keyboard or the pointer is at */
    this.pointed = null;
    /** @type {Set<string>} sensors with an open panel */
    this.open = new Set();
    /** @type {Map<string, Set<() => void>>} */
    this.listeners = new Map();
  }

  /** @param {string} names fields, apart by spaces @param {() => void} listener */
  on(names, listener) {
    for (const name of names.split(' ')) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name).add(listener);
    }
  }

  /** @param {'lead'|'colourBy'|'past'|'pointed'|'open'} field @param {any} value */
  set(field, value) {
    if (this[field] === value) return;
    this[field] = value;
    for (const listener of this.listeners.get(field) ?? []) listener();
  }
}

/** @returns {?number} a sensor's value as the map shows it: now or at that time, or as forecast from there */
export function shownValue(state, view, i) {
  const { values, forecasts } = view.past ?? state;
  if (view.lead === 0) return values[i] ?? null;
  return forecasts[i]?.[view.lead - 1] ?? null;
}

/** @returns {?number} how much the value is expected to change until the chosen step, or until the last when that is now */
export function expectedChange(state, view, i) {
  const { values, forecasts } = view.past ?? state;
  const now = values[i];
  const then = forecasts[i]?.[(view.lead || state.network.horizon) - 1];
  return now === null || now === undefined || then === null || then === undefined ? null : then - now;
}
