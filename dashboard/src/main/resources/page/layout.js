/**
 * Where sensors are on the map: at their coordinates, or in a tidy grid where they have none.
 *
 * @typedef {{x: Float32Array, y: Float32Array, cell: number, labelled: boolean}} Layout places in pixels of the canvas
 *     before any zoom; `cell` is the width of a grid's cell, 0 on a map with coordinates
 */

const MARGIN = 28;
/** Room for the buttons that zoom. */
const RIGHT = 56;
const OUTSIDE = -1e6;

/** @param {import('./store.js').Sensor} sensor @returns {boolean} whether it has coordinates */
export function located(sensor) {
  return Number.isFinite(sensor.latitude) && Number.isFinite(sensor.longitude);
}

/**
 * @param {import('./store.js').Sensor[]} sensors
 * @param {number} width
 * @param {number} height
 * @param {(i: number) => boolean} [shown] false leaves a sensor out: its place is far outside
 * @returns {Layout}
 */
export function layOut(sensors, width, height, shown = () => true) {
  const layout = { x: new Float32Array(sensors.length), y: new Float32Array(sensors.length), cell: 0, labelled: false };
  const placed = [];
  const others = [];
  sensors.forEach((sensor, i) => {
    if (shown(i)) (located(sensor) ? placed : others).push(i);
    else layout.x[i] = layout.y[i] = OUTSIDE;
  });
  if (!placed.length) {
    layout.cell = grid(layout, others, { left: MARGIN, top: MARGIN, width: width - MARGIN - RIGHT, height: height - 2 * MARGIN });
    layout.labelled = true;
    return layout;
  }
  // Sensors without coordinates stand in rows below the others.
  const strip = others.length ? Math.min(height / 4, 90) : 0;
  project(layout, sensors, placed, width, height - strip);
  if (others.length) grid(layout, others, { left: MARGIN, top: height - strip, width: width - MARGIN - RIGHT, height: strip - 10 });
  return layout;
}

function project(layout, sensors, placed, width, height) {
  const points = { type: 'MultiPoint', coordinates: placed.map(i => [sensors[i].longitude, sensors[i].latitude]) };
  const extent = [[MARGIN, MARGIN], [Math.max(MARGIN + 1, width - RIGHT), Math.max(MARGIN + 1, height - MARGIN)]];
  const projection = d3.geoMercator().fitExtent(extent, points);
  // All at one place: any scale fits, so one that the numbers can bear.
  if (!Number.isFinite(projection.scale())) projection.scale(1e5).center(points.coordinates[0]).translate([width / 2, height / 2]);
  for (const i of placed) {
    const [x, y] = projection([sensors[i].longitude, sensors[i].latitude]);
    layout.x[i] = x;
    layout.y[i] = y;
  }
}

/** Fills a box row by row with square cells as large as fit. @returns {number} the cell's width */
function grid(layout, indices, box) {
  const { columns, cell } = bestGrid(indices.length, Math.max(box.width, 40), Math.max(box.height, 20));
  const left = box.left + Math.max(0, box.width - columns * cell) / 2;
  const rows = Math.ceil(indices.length / columns);
  const top = box.top + Math.max(0, box.height - rows * cell) / 2;
  indices.forEach((i, k) => {
    layout.x[i] = left + (k % columns + 0.5) * cell;
    layout.y[i] = top + (Math.floor(k / columns) + 0.5) * cell;
  });
  return cell;
}

function bestGrid(count, width, height) {
  let columns = Math.max(1, Math.round(Math.sqrt(count * width / height)));
  const cellFor = c => Math.min(width / c, height / Math.ceil(count / c));
  while (cellFor(columns + 1) > cellFor(columns)) columns++;
  while (columns > 1 && cellFor(columns - 1) >= cellFor(columns)) columns--;
  return { columns, cell: Math.min(110, cellFor(columns)) };
}
