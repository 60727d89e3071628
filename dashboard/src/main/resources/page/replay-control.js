/**
 * Controls the replay that feeds the network: pause, speed, and a skip to a later time.
 */
import { byId, setText, atMostEvery } from './dom.js';
import { replay } from './api.js';
import { dateTime, toLocalInput, fromLocalInput, number } from './format.js';

const FASTEST = 3600;
const WORDS = { playing: 'Replay runs', paused: 'Replay paused', ended: 'Replay ended' };

export class ReplayControl {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.store = store;
    this.bar = byId('replay');
    this.pause = byId('replay-pause');
    this.slider = byId('replay-speed');
    this.number = byId('replay-speed-number');
    this.time = byId('replay-skip-time');
    this.message = byId('replay-message');
    const send = atMostEvery(150, () => this.send({ action: 'speed', speed: Number(this.number.value) }));
    this.pause.addEventListener('click', () => this.send({ action: store.state.replay?.state === 'playing' ? 'pause' : 'resume' }));
    // The slider counts in powers, so that 1x and 3600x are both within reach.
    this.slider.addEventListener('input', () => {
      this.number.value = String(Math.round(FASTEST ** (Number(this.slider.value) / 100)));
      send();
    });
    this.number.addEventListener('change', () => {
      this.number.value = String(Math.min(FASTEST, Math.max(1, Number(this.number.value) || 1)));
      send();
    });
    byId('replay-skip').addEventListener('submit', event => this.skip(event));
    store.on('snapshot replay', () => this.show());
  }

  async send(body) {
    try {
      this.store.state.replay = await replay(body);
      setText(this.message, '');
      this.show();
    } catch (error) {
      setText(this.message, `The replay did not obey: ${error.message}`);
    }
  }

  skip(event) {
    event.preventDefault();
    const time = fromLocalInput(this.time.value, this.store.state.network.zone);
    if (time === null) setText(this.message, 'Say to which time.');
    else this.send({ action: 'skip', time });
  }

  show() {
    const { replay: now, network } = this.store.state;
    this.bar.hidden = !now;
    if (!now) return;
    setText(byId('replay-state'), WORDS[now.state] ?? now.state);
    setText(byId('replay-time'), dateTime(now.time, network.zone, network.intervalMillis));
    const playing = now.state === 'playing';
    setText(this.pause, playing ? 'Pause' : 'Resume');
    this.pause.disabled = now.state === 'ended';
    this.showSpeed(now.speed ?? FASTEST); // null: as fast as the broker accepts readings
    this.showProgress(now);
    if (document.activeElement !== this.time && now.time !== null) {
      this.time.min = toLocalInput(now.time, network.zone);
      const chosen = fromLocalInput(this.time.value, network.zone);
      if (chosen === null || chosen <= now.time) this.time.value = toLocalInput(now.time + 3600000, network.zone);
    }
  }

  showSpeed(speed) {
    if (document.activeElement !== this.slider) this.slider.value = String(Math.log(Math.max(1, speed)) / Math.log(FASTEST) * 100);
    this.slider.setAttribute('aria-valuetext', `${number(speed, 0)} times`);
    if (document.activeElement !== this.number) this.number.value = String(Number(speed.toFixed(1)));
  }

  showProgress({ from, to, time }) {
    const progress = byId('replay-progress');
    progress.hidden = from === null || to === null || from === undefined || to === undefined || to <= from;
    if (!progress.hidden) progress.value = Math.min(1, Math.max(0, (time - from) / (to - from)));
  }
}
