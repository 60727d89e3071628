/**
 * A sensor's forecast by lead time: the value, the interval around it, and how far the forecasts of these leads were off
 * beside persistence (the value does not change).
 */
import { element, cells, setText } from './dom.js';
import { number, duration, clock } from './format.js';

export class ForecastTable {
  constructor() {
    this.level = element('th', { scope: 'col', text: 'Interval' });
    const head = element('tr', {}, ...cells('th', ['Lead', 'At', 'Forecast']), this.level, ...cells('th', ['MAE', 'Persistence']),
      element('th', { scope: 'col' }, element('span', { class: 'hidden-text', text: 'MAE beside persistence as bars' })));
    this.body = element('tbody');
    this.node = element('table', { class: 'numbers forecast-table', data: { testid: 'forecast-table' } },
      element('caption', { class: 'hidden-text', text: 'Forecast by lead time' }), element('thead', {}, head), this.body);
    this.rows = [];
  }

  /** @param {Object} data as `/sensors/{id}` answers it @param {import('./store.js').Network} network @param {number} step that is marked */
  show(data, network, step) {
    while (this.rows.length < network.horizon) this.rows.push(this.addRow());
    const { forecast, errors } = data;
    const band = forecast?.intervals?.[0];
    setText(this.level, band ? `${Math.round(band.level * 100)} % interval` : 'Interval');
    const most = d3.max([...(errors?.model ?? []), ...(errors?.persistence ?? [])].filter(v => v !== null)) || 1;
    // Where a second has many slots, their times of day tell nothing.
    this.node.classList.toggle('no-at', network.intervalMillis < 1000);
    this.rows.forEach((row, s) => {
      row.node.hidden = s >= network.horizon;
      row.node.classList.toggle('chosen', s + 1 === step);
      setText(row.lead, `+${duration(network.leads[s] ?? 0)}`);
      setText(row.at, forecast ? clock(forecast.issued + network.leads[s], network.zone, network.intervalMillis) : '–');
      const value = forecast?.values?.[s] ?? null;
      setText(row.value, number(value));
      row.value.dataset.value = value ?? '';
      setText(row.interval, band ? `${number(band.lower[s])} to ${number(band.upper[s])}` : '–');
      for (const name of ['model', 'persistence']) {
        const error = errors?.[name]?.[s] ?? null;
        setText(row[name], number(error, 2));
        row.bars[name].style.width = error === null ? '0' : `${error / most * 100}%`;
      }
    });
  }

  addRow() {
    const step = this.rows.length + 1;
    const bar = kind => element('span', { class: `bar ${kind}` });
    const row = { lead: element('th', { scope: 'row' }), at: element('td'), value: element('td', { class: 'strong', data: { step } }),
      interval: element('td'), model: element('td'), persistence: element('td'), bars: { model: bar('model'), persistence: bar('persistence') } };
    row.node = element('tr', {}, row.lead, row.at, row.value, row.interval, row.model, row.persistence,
      element('td', { class: 'bars', 'aria-hidden': 'true' }, row.bars.model, row.bars.persistence));
    this.body.append(row.node);
    return row;
  }
}
