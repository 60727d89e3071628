/**
 * The open sensor panels. Opening another sensor replaces the panel that is not pinned; pinned ones stay to be compared.
 * In a network of one sensor its panel opens by itself, in one with sound that of the newest source.
 */
import { byId } from './dom.js';
import { SensorPanel } from './sensor-panel.js';

export class SensorPanels {
  /** @param {import('./store.js').Store} store @param {import('./view.js').View} view @param {() => void} changed */
  constructor(store, view, changed) {
    this.store = store;
    this.view = view;
    this.changed = changed;
    this.root = byId('sensor-panels');
    this.hint = byId('panel-hint');
    /** @type {SensorPanel[]} */
    this.panels = [];
    /** Whether the page may open panels by itself: until the reader opens or closes one. */
    this.unasked = true;
    store.on('snapshot', () => this.renew());
    store.on('delta', indices => this.hear(new Set(indices)));
    store.on('sensors', () => this.openUnasked());
  }

  /** @param {string} id @param {boolean} [focus] whether the reader asked for it */
  open(id, focus = true) {
    if (!this.store.state.index.has(id)) return;
    if (focus) this.unasked = false;
    const open = this.panels.find(panel => panel.id === id);
    if (!open) {
      this.panels.filter(panel => !panel.pinned).forEach(panel => panel.close());
      this.panels = this.panels.filter(panel => panel.pinned);
      const panel = new SensorPanel(this.store, id, { close: p => this.close(p), pinned: () => this.tell() });
      this.panels.unshift(panel);
      this.root.prepend(panel.node);
    }
    this.tell();
    if (focus) this.panels.find(panel => panel.id === id).node.focus({ preventScroll: false });
  }

  close(panel) {
    this.unasked = false;
    panel.close();
    this.panels = this.panels.filter(other => other !== panel);
    this.tell();
    (this.panels[0]?.node ?? document.querySelector('#map canvas')).focus();
  }

  tell() {
    this.hint.hidden = this.panels.length > 0;
    this.view.set('open', new Set(this.panels.map(panel => panel.id)));
    this.changed();
  }

  hear(changed) {
    for (const panel of this.panels) panel.hear(changed);
    this.openUnasked();
  }

  /** Another network or another run: what is open stays if that sensor is still there. */
  renew() {
    const { state } = this.store;
    const another = this.network !== state.network.name;
    this.network = state.network.name;
    for (const panel of this.panels) if (another || !state.index.has(panel.id)) panel.close();
    this.panels = this.panels.filter(panel => !panel.closed);
    if (another) this.unasked = true;
    this.hear(null);
    this.tell();
  }

  openUnasked() {
    if (!this.unasked) return;
    const id = this.worthOpening();
    if (id !== null && !this.panels.some(panel => panel.id === id)) this.open(id, false);
  }

  worthOpening() {
    const { state } = this.store;
    if (state.sensors.length === 1) return state.sensors[0].id;
    if (!state.network.words) return null;
    const newest = state.values.findLastIndex(value => value !== null && value !== undefined);
    return newest < 0 ? null : state.sensors[newest].id;
  }
}
