/**
 * Roads as lines through their sensors. Each sensor paints the half of the way to its neighbours, so a line's colours are
 * those of the sensors. The two directions of a freeway are moved apart, each to the right of the way it is driven.
 *
 * @typedef {{before: Int32Array, after: Int32Array, sideX: Float32Array, sideY: Float32Array, any: boolean,
 *     names: Array<{name: string, at: number}>}} Roads
 *     per sensor: its neighbours (-1: none), and the direction in which it is moved aside (a unit vector, 0 0: not)
 */
import { located } from './layout.js';

/** @param {string} name @returns {string} the freeway without its direction */
function stem(name) {
  return name.replace(/[-_ ]?(N|S|E|W|NB|SB|EB|WB|north|south|east|west)$/i, '');
}

/** @returns {Map<string, number[]>} the sensors of each road, in the order of position */
function membersByRoad(sensors) {
  const onRoads = d3.range(sensors.length).filter(i => sensors[i].road && Number.isFinite(sensors[i].position) && located(sensors[i]));
  const roads = d3.group(onRoads, i => sensors[i].road);
  for (const [name, members] of roads) {
    if (members.length < 2) roads.delete(name);
    else members.sort((a, b) => sensors[a].position - sensors[b].position);
  }
  return roads;
}

/**
 * @param {import('./store.js').Sensor[]} sensors
 * @param {import('./layout.js').Layout} layout
 * @returns {Roads}
 */
export function roadsOf(sensors, layout) {
  const n = sensors.length;
  const roads = { before: new Int32Array(n).fill(-1), after: new Int32Array(n).fill(-1),
    sideX: new Float32Array(n), sideY: new Float32Array(n), any: false, names: [] };
  const members = membersByRoad(sensors);
  const freeways = d3.group([...members.keys()].sort(), stem);
  for (const names of freeways.values()) {
    names.forEach((name, k) => {
      link(roads, members.get(name));
      if (names.length > 1) moveAside(roads, layout, members.get(name), side(layout, members.get(names[0]), members.get(name), k));
    });
    const first = members.get(names[0]);
    roads.names.push({ name: stem(names[0]), at: first[first.length >> 1] });
  }
  roads.any = members.size > 0;
  return roads;
}

function link(roads, members) {
  for (let k = 1; k < members.length; k++) {
    roads.after[members[k - 1]] = members[k];
    roads.before[members[k]] = members[k - 1];
  }
}

/** Positions of both directions may count the same way or each its own: what matters is where the line runs. */
function side(layout, first, members, k) {
  const chord = list => [layout.x[list[list.length - 1]] - layout.x[list[0]], layout.y[list[list.length - 1]] - layout.y[list[0]]];
  const [ax, ay] = chord(first);
  const [bx, by] = chord(members);
  const sameWay = ax * bx + ay * by >= 0 ? 1 : -1;
  return (k % 2 ? -1 : 1) * sameWay;
}

function moveAside(roads, layout, members, sign) {
  for (let k = 0; k < members.length; k++) {
    const from = members[Math.max(0, k - 1)];
    const to = members[Math.min(members.length - 1, k + 1)];
    const dx = layout.x[to] - layout.x[from];
    const dy = layout.y[to] - layout.y[from];
    const length = Math.hypot(dx, dy) || 1;
    // On a screen, where y grows downwards, this is the right-hand side of the way from the first to the last.
    roads.sideX[members[k]] = -dy / length * sign;
    roads.sideY[members[k]] = dx / length * sign;
  }
}
