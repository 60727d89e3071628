/**
 * Lists of sensors that deserve a look: those forecast worst, and those that are expected to change most.
 */
import { byId, element, span, setText, choosesSensors, atMostEvery } from './dom.js';
import { number, signed, ahead } from './format.js';
import { isSilent, targetUnit } from './store.js';

const MOST = 20;
/** Rows keep still for so long after the pointer or a key was last used on them: nothing moves away under a click. */
const STILL_MILLIS = 2500;

/**
 * The sensors whose forecast for the end of the horizon is furthest from their value.
 * @param {import('./store.js').State} state
 * @returns {Array<{i: number, change: number}>}
 */
export function largestChanges(state) {
  const changes = [];
  for (let i = 0; i < state.sensors.length; i++) {
    const value = state.values[i];
    const final = state.forecasts[i]?.at(-1);
    if (value === null || value === undefined || final === null || final === undefined || isSilent(state, i)) continue;
    changes.push({ i, change: final - value });
  }
  return changes.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, MOST);
}

export class Lists {
  /** @param {import('./store.js').Store} store @param {(id: string) => void} select */
  constructor(store, select) {
    this.store = store;
    this.changes = byId('changes');
    this.worst = byId('worst');
    this.showChangesSoon = atMostEvery(1000, () => this.showChanges());
    store.on('snapshot delta', () => this.showChangesSoon());
    store.on('snapshot worst', () => this.showWorst());
    this.used = -Infinity;
    for (const event of ['pointermove', 'keydown', 'focusin']) {
      this.changes.addEventListener(event, () => { this.used = performance.now(); });
    }
    for (const list of [this.changes, this.worst]) choosesSensors(list, select);
  }

  showChanges() {
    const { state } = this.store;
    if (!state.network) return;
    if (performance.now() - this.used < STILL_MILLIS) return this.showChangesSoon();
    const title = byId('changes-title');
    setText(title, `Largest expected change in ${ahead(state.network.leads.at(-1))}`);
    title.title = title.textContent;
    const unit = targetUnit(state.network);
    this.fill(this.changes, largestChanges(state).map(({ i, change }) => ({ i, class: change < 0 ? 'fall' : 'rise',
      figure: `${signed(change)} ${unit}`, more: `${number(state.values[i])} → ${number(state.forecasts[i].at(-1))}` })),
    state.issued.some(issued => issued !== null) ? 'No sensor that reports has a forecast now.'
      : `The first forecast comes after ${state.network.lookback} readings per sensor.`);
  }

  showWorst() {
    const { state } = this.store;
    const unit = targetUnit(state.network);
    this.fill(this.worst, (state.worst?.sensors ?? []).map(({ sensor, mae, persistence }) => ({ i: sensor, class: '',
      figure: `${number(mae, 2)} ${unit}`, more: `persistence ${number(persistence, 2)}` })),
    'Waiting for the first forecasts whose truth has come.');
  }

  /** Rows are kept and only their texts change, so that the focus stays where it is. */
  fill(list, rows, nothing) {
    const { sensors } = this.store.state;
    const known = rows.filter(row => sensors[row.i]);
    if (!known.length) {
      list.replaceChildren(element('li', { class: 'empty', text: nothing }));
      return;
    }
    if (list.firstElementChild?.className === 'empty') list.replaceChildren();
    while (list.children.length > known.length) list.lastElementChild.remove();
    while (list.children.length < known.length) list.append(this.row());
    known.forEach((row, k) => {
      const button = list.children[k].firstElementChild;
      const [name, road, more, figure] = button.children;
      button.dataset.id = sensors[row.i].id;
      setText(name, sensors[row.i].id);
      setText(road, sensors[row.i].road ?? '');
      setText(more, row.more);
      setText(figure, row.figure);
      figure.className = `figure ${row.class}`;
    });
  }

  row() {
    return element('li', {}, element('button', { type: 'button', class: 'row' },
      span('strong', ''), span('faint', ''), span('faint more', ''), span('figure', '')));
  }
}
