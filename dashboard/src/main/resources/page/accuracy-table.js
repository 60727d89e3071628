/**
 * Live accuracy by lead time: the champion beside the challenger and the baselines, and how many truths fell into the
 * prediction intervals beside how many should.
 */
import { element, cells, setText } from './dom.js';
import { number, duration, percent, count, title as titled } from './format.js';
import { targetUnit } from './store.js';

const SPANS = [['1h', '1 h'], ['24h', '24 h'], ['7d', '7 days'], ['start', 'since start']];

export class AccuracyTable {
  /** @param {HTMLElement} root @param {import('./store.js').Store} store */
  constructor(root, store) {
    this.store = store;
    this.span = '24h';
    this.buttons = SPANS.map(([span, text]) => element('button', { type: 'button', text,
      'aria-pressed': String(span === this.span), data: { span }, on: { click: () => this.choose(span) } }));
    this.note = element('p', { class: 'note' });
    this.table = element('table', { class: 'numbers' });
    const spans = element('div', { class: 'segments', role: 'group', 'aria-label': 'Time over which accuracy is counted' }, ...this.buttons);
    root.append(spans, this.table, this.note);
    store.on('snapshot accuracy', () => this.show());
  }

  choose(span) {
    this.span = span;
    for (const button of this.buttons) button.setAttribute('aria-pressed', String(button.dataset.span === span));
    this.show();
  }

  /** @returns {Array<{title: string, hint: string, at: (step: number) => string, test?: string}>} the columns after the lead time */
  columns(champion, challenger) {
    const mae = (name, scores, test) => ({ title: name, hint: 'mean absolute error', at: s => number(scores?.mae?.[s], 2), test });
    const columns = [mae('Model', champion, 'live-mae')];
    if (challenger) columns.push(mae('Challenger', challenger));
    for (const [name, scores] of Object.entries(champion.baselines ?? {})) if (scores) columns.push(mae(titled(name), scores));
    for (const band of champion.intervals ?? []) columns.push({ title: `In ${Math.round(band.level * 100)} %`,
      hint: `share of truths inside the ${Math.round(band.level * 100)} % interval`, at: s => percent(band.coverage?.[s]) });
    return columns;
  }

  show() {
    const { network, accuracy } = this.store.state;
    const models = accuracy?.models ?? [];
    const by = role => models.find(model => model.role === role)?.spans?.[this.span];
    const champion = by('champion');
    this.table.hidden = !champion;
    if (!champion) {
      this.table.replaceChildren();
      const first = `${duration(network.leads[0])} after the first forecast at the earliest`;
      setText(this.note, models.length ? 'Nothing counted over this time yet.' : `Waiting for the first forecasts whose truth has come: ${first}.`);
      return;
    }
    setText(this.note, `MAE in ${targetUnit(network)}. Forecasts compared at the first lead: ${count(champion.n?.[0])}.`);
    this.fill(network, this.columns(champion, by('challenger')));
  }

  fill(network, columns) {
    const head = element('tr', {}, ...cells('th', ['Lead']),
      ...columns.map(column => element('th', { scope: 'col', text: column.title, title: column.hint })));
    const cell = (column, s) => element('td', { text: column.at(s), class: column.test ? 'strong' : null,
      data: column.test ? { testid: column.test, step: s + 1 } : {} });
    const rows = network.leads.map((lead, s) => element('tr', {}, element('th', { scope: 'row', text: `+${duration(lead)}` }),
      ...columns.map(column => cell(column, s))));
    this.table.replaceChildren(element('caption', { class: 'hidden-text', text: 'Live accuracy by lead time' }),
      element('thead', {}, head), element('tbody', {}, ...rows));
  }
}
