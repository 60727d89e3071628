/**
 * What happened over time: when forecasts began to come from another model, and when sensors began to drift. A strip shows
 * when, the list below says what.
 */
import { byId, element, span, sensorLink, setText, choosesSensors } from './dom.js';
import { dayClock } from './format.js';

const MOST = 12;
/** So many of a group's sensors are named. */
const NAMED = 4;
const WIDTH = 400;

export class Incidents {
  /** @param {import('./store.js').Store} store @param {(id: string) => void} select */
  constructor(store, select) {
    this.store = store;
    this.list = byId('incidents');
    this.ends = byId('incident-ends');
    this.strip = d3.select('#incident-strip').attr('viewBox', `0 0 ${WIDTH} 26`);
    store.on('snapshot models drift', () => this.show());
    choosesSensors(this.list, select);
  }

  show() {
    const { models, drift, network, time } = this.store.state;
    const events = [...(models?.changes ?? []).map(change => ({ kind: 'model', from: change.time, to: change.time, model: change.id })),
      ...(drift?.events ?? []).map(event => ({ ...event, kind: 'drift' }))].sort((a, b) => b.from - a.from);
    this.drawStrip(events, time);
    const rows = events.slice(0, MOST).map(event => element('li', { class: event.kind }, span('faint', dayClock(event.from, network.zone)),
      event.kind === 'model' ? span(null, `forecasts come from ${event.model}`) : this.driftText(event)));
    if (!rows.length) rows.push(element('li', { class: 'empty', text: 'No change of model and no drift so far.' }));
    this.list.replaceChildren(...rows);
  }

  driftText(event) {
    const kinds = (event.kinds ?? []).join(' and ');
    const sensors = event.sensors ?? [];
    const links = sensors.slice(0, NAMED).flatMap((id, k) => (k ? [', ', sensorLink(id)] : [sensorLink(id)]));
    const group = event.scope === 'network' ? 'the network' : 'a group';
    const who = event.scope === 'sensor' ? 'drift of' : `drift of ${event.concerned} of ${event.known} sensors of ${group}:`;
    return element('span', {}, `${who} `, ...links, sensors.length > NAMED ? ', …' : '', ` (${kinds})`);
  }

  drawStrip(events, time) {
    this.strip.node().toggleAttribute('hidden', !events.length);
    this.ends.hidden = !events.length;
    if (!events.length) return;
    const first = d3.min(events, e => e.from);
    setText(this.ends.firstElementChild, dayClock(first, this.store.state.network.zone));
    const x = d3.scaleLinear([first, Math.max(time ?? 0, d3.max(events, e => e.to ?? e.from))], [4, WIDTH - 4]);
    this.strip.selectAll('line').data([0]).join('line').attr('class', 'base').attr('x1', 0).attr('x2', WIDTH).attr('y1', 13).attr('y2', 13);
    this.strip.selectAll('rect').data(events).join('rect').attr('class', e => e.kind)
      .attr('x', e => x(e.from) - (e.kind === 'model' ? 1.5 : 0)).attr('width', e => Math.max(3, x(e.to ?? e.from) - x(e.from)))
      .attr('y', e => (e.kind === 'model' ? 3 : 8)).attr('height', e => (e.kind === 'model' ? 20 : 10));
  }
}
