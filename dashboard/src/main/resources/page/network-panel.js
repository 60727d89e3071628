/**
 * How the network and its stream are doing: rates, latency, silent sensors, the model in service, and dead letters.
 */
import { byId, element, span, sensorLink, setText, choosesSensors } from './dom.js';
import { number, rate, count } from './format.js';
import { AccuracyTable } from './accuracy-table.js';
import { Incidents } from './incidents.js';
import { showModelCard } from './model-card.js';

export class NetworkPanel {
  /** @param {import('./store.js').Store} store @param {(id: string) => void} select */
  constructor(store, select) {
    this.store = store;
    this.accuracy = new AccuracyTable(byId('accuracy'), store);
    this.incidents = new Incidents(store, select);
    this.silent = byId('silent-list');
    choosesSensors(this.silent, select);
    store.on('snapshot health', () => this.showHealth());
    store.on('snapshot models', () => this.showModels());
    store.on('snapshot deadLetters', () => this.showDeadLetters());
  }

  showHealth() {
    const { health, sensors } = this.store.state;
    const latency = health?.latencyMillis;
    setText(byId('readings-rate'), rate(health?.readingsPerSecond));
    setText(byId('forecasts-rate'), rate(health?.forecastsPerSecond));
    setText(byId('latency'), latency ? `${number(latency.median, 0)} / ${number(latency.p99, 0)} ms` : '–');
    setText(byId('sensors-known'), count(health?.sensors ?? sensors.length));
    setText(byId('silent-count'), count(health?.silent ?? null));
    const silent = (health?.silentSensors ?? []).filter(i => sensors[i]);
    byId('silent').hidden = !silent.length;
    const key = silent.join(' ');
    if (key === this.silentShown) return;
    this.silentShown = key;
    this.silent.replaceChildren(...silent.map(i => element('li', {}, sensorLink(sensors[i].id))));
  }

  showModels() {
    const { models, network } = this.store.state;
    const rows = ['champion', 'challenger'].filter(role => models?.[role]).map(role => this.modelRow(network, role, models[role]));
    const issuing = models?.changes?.at(-1);
    // A stream may have started with a model of its own, which is not on the models topic.
    if (issuing && !models.champion) rows.unshift(this.modelRow(network, 'in service', issuing));
    if (!rows.length) rows.push(element('li', { class: 'empty', text: 'Waiting for a model.' }));
    byId('models').replaceChildren(...rows);
  }

  modelRow(network, role, model) {
    const card = element('button', { type: 'button', class: 'link', text: 'card', 'aria-label': `Card of ${model.id}`,
      on: { click: () => showModelCard(network.name, model) } });
    const known = this.store.state.models.cards?.includes(model.artefact);
    return element('li', {}, span('faint', role), span('strong', model.id), known ? card : '');
  }

  showDeadLetters() {
    const letters = this.store.state.deadLetters;
    setText(byId('dead-letters-total'), letters?.total ? `${count(letters.total)} records were refused.` : 'No record was refused.');
    const reasons = Object.entries(letters?.reasons ?? {}).sort((a, b) => b[1] - a[1]);
    byId('dead-letter-reasons').replaceChildren(...reasons.map(([reason, n]) => element('li', {}, span(null, reason), span('figure', count(n)))));
    const newest = letters?.newest ?? [];
    byId('dead-letter-examples').hidden = !newest.length;
    byId('dead-letter-list').replaceChildren(...newest.map(letter => element('li', {}, span('strong', letter.text ?? letter.reason),
      span('faint', `${letter.time ?? ''} key ${letter.key ?? 'none'}`), element('code', { text: letter.value ?? '' }))));
  }
}
