/**
 * Puts the page together: one store for the network, one view for what the reader has chosen, and a component per thing shown.
 */
import { networks } from './api.js';
import { byId, element, setText } from './dom.js';
import { count, dateTime } from './format.js';
import { Store } from './store.js';
import { View } from './view.js';
import { setUpTheme, onTheme } from './theme.js';
import { SensorMap } from './map.js';
import { MapPointer } from './map-pointer.js';
import { Legend } from './legend.js';
import { TimeSlider } from './time-slider.js';
import { LookBack } from './look-back.js';
import { Search } from './search.js';
import { SensorPanels } from './sensor-panels.js';
import { NetworkPanel } from './network-panel.js';
import { Lists } from './lists.js';
import { Words } from './words.js';
import { ReplayControl } from './replay-control.js';
import { setUpModelCard } from './model-card.js';

setUpTheme(byId('theme'));
const store = new Store();
const view = new View();
const map = new SensorMap(byId('map'), store, view);
const panels = new SensorPanels(store, view, writeHash);
const select = id => panels.open(id);
const pointer = new MapPointer(map, select);
const legend = new Legend(byId('legend'), map);
map.painted = () => {
  pointer.showTip();
  legend.update();
};
new TimeSlider(store, view);
new LookBack(store, view);
new Search(store, select);
new NetworkPanel(store, select);
new Lists(store, select);
new Words(store, select);
new ReplayControl(store);
setUpModelCard();

/** @returns {{network: ?string, sensors: string[]}} what the address asks for */
function readHash() {
  const asked = new URLSearchParams(location.hash.slice(1));
  return { network: asked.get('network'), sensors: asked.getAll('sensor') };
}

/** Keeps the address such that it opens this view again. */
function writeHash() {
  if (!store.name || !wanted.done) return;
  const hash = new URLSearchParams({ network: store.name });
  for (const panel of panels.panels) hash.append('sensor', panel.id);
  history.replaceState(null, '', `#${hash}`);
}

/** Sensors that the address asks for, until the first snapshot has shown whether they are there. */
const wanted = { sensors: [], done: true };

function openWanted() {
  if (wanted.done) return;
  wanted.done = true;
  [...wanted.sensors].reverse().forEach((id, k) => {
    panels.open(id, false);
    panels.unasked = false;
    const panel = panels.panels.find(open => open.id === id);
    if (panel && k < wanted.sensors.length - 1) panel.setPinned(true);
  });
  writeHash();
}

function follow(name, sensors = []) {
  Object.assign(wanted, { sensors, done: false });
  view.set('past', null);
  view.set('pointed', null);
  byId('network').value = name;
  store.follow(name);
}

function showBanner() {
  const { connection, network, health } = store.state;
  const banner = byId('banner');
  const text = connection === 'lost' ? `Connection lost, trying again.${network ? ' The values are the last that came.' : ''}`
    : health?.kafka === false ? 'Kafka does not answer: nothing new comes until it does.' : '';
  setText(banner, text);
  banner.classList.toggle('shown', text !== '');
  const live = connection === 'open' && text === '';
  byId('live').dataset.state = live ? 'open' : connection === 'lost' || text ? 'lost' : 'connecting';
  setText(byId('live'), live ? 'live' : connection === 'connecting' ? 'connecting' : 'not live');
}

function showHeader() {
  const { network, sensors, time } = store.state;
  if (!network) return;
  setText(byId('sensor-count'), `${count(sensors.length)} ${sensors.length === 1 ? 'sensor' : 'sensors'}`);
  setText(byId('event-time'), time === null ? 'no reading yet' : dateTime(time, network.zone, network.intervalMillis));
  byId('event-time').title = network.zone;
}

/** The same parts for every network; what it lacks is left out. */
function showParts() {
  const { network, sensors, time } = store.state;
  document.title = `${network.title} · Headwater`;
  document.body.classList.toggle('single', sensors.length === 1);
  document.body.classList.toggle('sound', Boolean(network.words));
  const waits = byId('map-waits');
  waits.hidden = sensors.length > 0 && time !== null;
  setText(byId('panel-hint'), sensors.length ? 'Choose a sensor on the map, in a list or by its name to see its readings and its forecast.'
    : 'A sensor that is chosen shows its readings and its forecast here.');
  setText(waits, sensors.length ? 'Waiting for the first readings.' : 'Waiting for the first readings: sensors appear as they report.');
}

function setUpColourBy() {
  const buttons = [...document.querySelectorAll('#colour-by button')];
  for (const button of buttons) button.addEventListener('click', () => view.set('colourBy', button.dataset.by));
  view.on('colourBy', () => buttons.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.by === view.colourBy))));
}

function setUpZoom() {
  byId('zoom-in').addEventListener('click', () => map.zoomBy(1.5));
  byId('zoom-out').addEventListener('click', () => map.zoomBy(1 / 1.5));
  byId('zoom-fit').addEventListener('click', () => map.fit());
}

store.on('connection snapshot health', showBanner);
store.on('snapshot delta sensors', showHeader);
store.on('snapshot sensors', showParts);
store.on('delta', () => { if (!byId('map-waits').hidden) showParts(); });
store.on('snapshot', openWanted);
onTheme(() => map.request('colours'));
setUpColourBy();
setUpZoom();

async function start() {
  const asked = readHash();
  try {
    const all = await networks();
    byId('network').replaceChildren(...all.map(network => element('option', { value: network.name, text: network.title })));
    byId('network-choice').hidden = all.length < 2;
    const first = all.find(network => network.name === asked.network) ?? all[0];
    if (first) follow(first.name, first.name === asked.network ? asked.sensors : []);
    else setText(byId('map-waits'), 'This server follows no network.');
  } catch {
    // The server is not up yet, or away: the same banner as when an open connection is lost.
    store.setConnection('lost');
    setTimeout(start, 2000);
  }
}

byId('network').addEventListener('change', event => follow(event.target.value));
addEventListener('hashchange', () => {
  const asked = readHash();
  if (asked.network && asked.network !== store.name) follow(asked.network, asked.sensors);
  else asked.sensors.forEach(id => panels.open(id));
});

/** For tests and benchmarks: what the page knows and what the map shows. */
window.headwater = {
  state: () => store.state,
  pixelOf: i => map.pixelOf(i),
  colourOf: i => map.colourOf(i),
  frames: () => map.frames
};

start();
