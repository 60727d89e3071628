/**
 * Paints the map, one colour after the other: a canvas is quick when its colour seldom changes.
 */
import { LEVELS } from './colours.js';
import { property } from './theme.js';
import { number } from './format.js';

/** More visible sensors than this are painted plainly: squares and straight lines are several times faster than dots. */
const MANY = 2500;
const FONT = 'system-ui, sans-serif';

export class Painter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.readTheme();
  }

  readTheme() {
    this.theme = { back: property('--map'), nothing: property('--nothing'), mark: property('--accent'),
      text: property('--text'), road: property('--road') };
  }

  resize(width, height) {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.ratio = ratio;
  }

  /** @param {import('./map.js').SensorMap} map */
  paint(map) {
    const context = this.context;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = this.theme.back;
    context.fillRect(0, 0, map.width, map.height);
    this.many = map.visible > MANY;
    if (map.roads.any && this.many) this.paintManyRoads(map);
    else if (map.roads.any) this.paintRoads(map);
    this.paintSensors(map);
    this.paintNothing(map);
    if (map.roads.any) this.paintRoadNames(map);
    if (map.layout.labelled) this.paintLabels(map);
    this.paintMarks(map);
  }

  paintRoads(map) {
    const { context } = this;
    const width = Math.max(1.5, map.radius * 1.15);
    context.lineJoin = 'round';
    context.strokeStyle = this.theme.road;
    context.lineWidth = width + 2;
    context.beginPath();
    for (let i = 0; i < map.x.length; i++) {
      const next = map.roads.after[i];
      if (next < 0 || !map.inView(i)) continue;
      context.moveTo(map.x[i], map.y[i]);
      context.lineTo(map.x[next], map.y[next]);
    }
    context.stroke();
    context.lineWidth = width;
    for (let level = 0; level < LEVELS; level++) this.paintRoadHalves(map, level);
  }

  /** One straight line for each sensor, each painted for itself: a long path of many lines takes a canvas much longer. */
  paintManyRoads(map) {
    const { context } = this;
    const { x, y, order, starts } = map;
    const { before, after } = map.roads;
    context.lineWidth = Math.max(1, map.radius * 1.2);
    for (let level = 0; level <= LEVELS; level++) {
      context.strokeStyle = level < LEVELS ? map.colours[level] : this.theme.nothing;
      for (let k = starts[level]; k < starts[level + 1]; k++) {
        const i = order[k];
        const from = before[i] < 0 ? i : before[i];
        const to = after[i] < 0 ? i : after[i];
        if (from === to || !map.inView(i)) continue;
        context.beginPath();
        context.moveTo((x[i] + x[from]) / 2, (y[i] + y[from]) / 2);
        context.lineTo((x[i] + x[to]) / 2, (y[i] + y[to]) / 2);
        context.stroke();
      }
    }
  }

  /** @returns {boolean} whether a sensor's dot is left out, because its road already shows its colour */
  onManyRoads(map, i) {
    return this.many && (map.roads.before[i] >= 0 || map.roads.after[i] >= 0);
  }

  /** A sensor's part of its road: from half way to the one before to half way to the one after. */
  paintRoadHalves(map, level) {
    const { context } = this;
    const { x, y, order, starts } = map;
    const { before, after } = map.roads;
    if (starts[level] === starts[level + 1]) return;
    context.strokeStyle = map.colours[level];
    context.beginPath();
    for (let k = starts[level]; k < starts[level + 1]; k++) {
      const i = order[k];
      const from = before[i] < 0 ? i : before[i];
      const to = after[i] < 0 ? i : after[i];
      if (from === to || !map.inView(i)) continue;
      context.moveTo((x[i] + x[from]) / 2, (y[i] + y[from]) / 2);
      context.lineTo(x[i], y[i]);
      context.lineTo((x[i] + x[to]) / 2, (y[i] + y[to]) / 2);
    }
    context.stroke();
  }

  paintSensors(map) {
    const { context } = this;
    const { x, y, order, starts, radius } = map;
    const square = map.layout.cell > 0 || this.many;
    const side = radius * 2;
    for (let level = 0; level < LEVELS; level++) {
      if (starts[level] === starts[level + 1]) continue;
      context.fillStyle = map.colours[level];
      if (!square) context.beginPath();
      for (let k = starts[level]; k < starts[level + 1]; k++) {
        const i = order[k];
        if (!map.inView(i) || this.onManyRoads(map, i)) continue;
        if (square) context.fillRect(x[i] - radius, y[i] - radius, side, side);
        else this.dot(x[i], y[i], radius);
      }
      if (!square) context.fill();
    }
  }

  dot(x, y, radius) {
    this.context.moveTo(x + radius, y);
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
  }

  /** Sensors without a value are hollow. */
  paintNothing(map) {
    const { context } = this;
    const { x, y, order, starts } = map;
    if (starts[LEVELS] === starts[LEVELS + 1]) return;
    const radius = Math.max(1, map.radius - 0.75);
    context.beginPath();
    for (let k = starts[LEVELS]; k < starts[LEVELS + 1]; k++) {
      const i = order[k];
      if (!map.inView(i) || this.onManyRoads(map, i)) continue;
      if (map.layout.cell || this.many) context.rect(x[i] - radius, y[i] - radius, radius * 2, radius * 2);
      else this.dot(x[i], y[i], radius);
    }
    context.fillStyle = this.theme.back;
    context.fill();
    context.strokeStyle = this.theme.nothing;
    context.lineWidth = 1.5;
    context.stroke();
  }

  paintRoadNames(map) {
    if (map.roads.names.length > 40 && map.transform.k < 3) return;
    const { context } = this;
    context.font = `600 11px ${FONT}`;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.lineWidth = 4;
    context.strokeStyle = this.theme.back;
    context.fillStyle = this.theme.text;
    const away = map.radius * 2 + 6;
    for (let k = 0; k < map.roads.names.length; k++) {
      const { name, at } = map.roads.names[k];
      if (!map.inView(at) || this.crowded(map, k)) continue;
      context.strokeText(name, map.x[at] + away, map.y[at] - away);
      context.fillText(name, map.x[at] + away, map.y[at] - away);
    }
  }

  /** @returns {boolean} whether a road's name would lie on one before it */
  crowded(map, k) {
    const { names } = map.roads;
    for (let j = 0; j < k; j++) {
      if (Math.abs(map.x[names[j].at] - map.x[names[k].at]) < 36 && Math.abs(map.y[names[j].at] - map.y[names[k].at]) < 14) return true;
    }
    return false;
  }

  /** Names, and values where there is room, in a grid's cells. */
  paintLabels(map) {
    const cell = map.layout.cell * map.transform.k;
    if (cell < 46) return;
    const { context } = this;
    const { state } = map.store;
    const room = 0.82 * cell; // between a cell's borders
    const fits = Math.floor(room / 6);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let i = 0; i < map.x.length; i++) {
      if (map.x[i] < -cell || map.x[i] > map.width + cell || map.y[i] < -cell || map.y[i] > map.height + cell) continue;
      const id = state.sensors[i].id;
      context.fillStyle = this.inkOn(map, i);
      context.font = `600 ${cell < 70 ? 12 : 15}px ${FONT}`;
      context.fillText(number((map.view.past ?? state).values[i]), map.x[i], map.y[i] - 7);
      context.font = `11px ${FONT}`;
      context.fillText(id.length > fits ? `${id.slice(0, fits - 1)}…` : id, map.x[i], map.y[i] + 11, room);
    }
  }

  inkOn(map, i) {
    const level = map.levels[i];
    if (level === LEVELS) return this.theme.text;
    const colour = d3.color(map.colours[level]);
    return 0.299 * colour.r + 0.587 * colour.g + 0.114 * colour.b > 140 ? '#111' : '#fff';
  }

  /** Rings around the sensor that is pointed at and those with an open panel. */
  paintMarks(map) {
    const { context } = this;
    context.strokeStyle = this.theme.mark;
    const { index } = map.store.state;
    for (const id of map.view.open) if (index.has(id)) this.ring(map, index.get(id), 3);
    if (map.view.pointed !== null) this.ring(map, map.view.pointed, 2);
  }

  ring(map, i, width) {
    if (!(i in map.x)) return;
    const { context } = this;
    const radius = map.radius + 3;
    context.lineWidth = width;
    context.beginPath();
    if (map.layout.cell) context.rect(map.x[i] - radius, map.y[i] - radius, radius * 2, radius * 2);
    else context.arc(map.x[i], map.y[i], radius, 0, 2 * Math.PI);
    context.stroke();
  }
}
