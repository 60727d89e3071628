/**
 * Finds a sensor by a part of its name or its road: a list below the field, gone through with the arrow keys.
 */
import { byId, element, span } from './dom.js';

const MOST = 12;

export class Search {
  /** @param {import('./store.js').Store} store @param {(id: string) => void} select */
  constructor(store, select) {
    this.store = store;
    this.select = select;
    this.field = byId('search');
    this.list = byId('search-list');
    this.at = -1;
    this.field.addEventListener('input', () => this.offer());
    this.field.addEventListener('focus', () => { if (this.field.value) this.offer(); });
    this.field.addEventListener('keydown', event => this.key(event));
    this.field.addEventListener('blur', () => this.close());
    // The field must keep the focus until the click has chosen.
    this.list.addEventListener('pointerdown', event => event.preventDefault());
    this.list.addEventListener('click', event => this.choose(event.target.closest('[role=option]')));
  }

  /** @returns {import('./store.js').Sensor[]} those whose name begins with the text first */
  found(text) {
    const begins = [];
    const holds = [];
    for (const sensor of this.store.state.sensors) {
      const name = `${sensor.id} ${sensor.road ?? ''}`.toLowerCase();
      if (name.startsWith(text)) begins.push(sensor);
      else if (name.includes(text)) holds.push(sensor);
      if (begins.length === MOST) break;
    }
    return [...begins, ...holds].slice(0, MOST);
  }

  offer() {
    const text = this.field.value.trim().toLowerCase();
    const found = text ? this.found(text) : [];
    this.list.replaceChildren(...found.map((sensor, k) => this.option(sensor, k)));
    if (text && !found.length) {
      this.list.append(element('li', { class: 'faint', role: 'option', 'aria-disabled': 'true', text: 'no sensor has this name' }));
    }
    this.list.hidden = !text;
    this.field.setAttribute('aria-expanded', String(Boolean(text)));
    this.mark(found.length ? 0 : -1);
  }

  option(sensor, k) {
    return element('li', { role: 'option', id: `search-${k}`, 'aria-selected': 'false', data: { id: sensor.id } },
      span(null, sensor.id), span('faint', sensor.road ?? ''));
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, k) => option.setAttribute('aria-selected', String(k === at)));
    if (at < 0) this.field.removeAttribute('aria-activedescendant');
    else this.field.setAttribute('aria-activedescendant', `search-${at}`);
  }

  key(event) {
    const last = this.list.children.length - 1;
    if (event.key === 'ArrowDown') this.mark(Math.min(last, this.at + 1));
    else if (event.key === 'ArrowUp') this.mark(Math.max(0, this.at - 1));
    else if (event.key === 'Enter') this.choose(this.list.children[this.at]);
    else if (event.key === 'Escape') this.close();
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (!option?.dataset.id) return;
    this.field.value = '';
    this.close();
    this.select(option.dataset.id);
  }

  close() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.field.setAttribute('aria-expanded', 'false');
    this.mark(-1);
  }
}
