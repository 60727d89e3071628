/**
 * The words heard in a network with sound, newest first.
 */
import { byId, element, span, setText, choosesSensors } from './dom.js';
import { clock, percent } from './format.js';

export class Words {
  /** @param {import('./store.js').Store} store @param {(id: string) => void} select */
  constructor(store, select) {
    this.store = store;
    this.list = byId('words');
    store.on('snapshot words', () => this.show());
    choosesSensors(this.list, select);
  }

  show() {
    const { network, words } = this.store.state;
    byId('words-panel').hidden = !network.words;
    if (!network.words) return;
    setText(byId('vocabulary'), `of ${network.words.length} known`);
    byId('vocabulary').title = network.words.join(', ');
    const events = words?.events ?? [];
    if (!events.length) this.list.replaceChildren(element('li', { class: 'empty', text: 'Waiting for the first word.' }));
    else this.list.replaceChildren(...events.map(event => this.row(event, network)));
  }

  row(event, network) {
    const bar = element('span', { class: 'probability' }, element('span', { class: 'bar model' }));
    bar.firstElementChild.style.width = `${(event.probability ?? 0) * 100}%`;
    return element('li', {}, element('button', { type: 'button', class: 'row word', data: { id: event.source } },
      span('faint', clock(event.to, network.zone, network.intervalMillis)), span('strong', event.word), span('faint', event.source), bar,
      span('figure', percent(event.probability))));
  }
}
