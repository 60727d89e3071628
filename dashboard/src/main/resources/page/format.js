/**
 * How numbers, durations and times are written. Times are those of the network's zone, never of the browser's.
 */

const NONE = '–';

/** @param {?number} value @param {number} [decimals] @returns {string} */
export function number(value, decimals = 1) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** @param {?number} value @returns {string} with its sign */
export function signed(value, decimals = 1) {
  const text = number(value, decimals);
  return value > 0 && text !== NONE ? `+${text}` : text;
}

/** @param {?number} value @returns {string} a count with thousands apart */
export function count(value) {
  return value === null || value === undefined ? NONE : value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
}

/** @param {?number} value per second @returns {string} */
export function rate(value) {
  if (value === null || value === undefined) return NONE;
  return value >= 100 ? count(value) : number(value);
}

/** @param {?number} share 0 to 1 @returns {string} */
export function percent(share) {
  return share === null || share === undefined ? NONE : `${number(share * 100)} %`;
}

const UNITS = [['d', 86400000], ['h', 3600000], ['min', 60000], ['s', 1000], ['ms', 1]];

/** @param {number} millis @returns {string} such as `15 min`, `2 h`, `240 ms`, `1 h 5 min`, `1.4 s` */
export function duration(millis) {
  if (millis >= 1000 && millis < 60000) return `${Number((millis / 1000).toFixed(1))} s`;
  const at = UNITS.findIndex(([unit, size]) => millis >= size && !(unit === 'd' && (millis % size || millis === size)));
  if (at < 0) return `${Number(millis.toFixed(1))} ms`;
  const [unit, size] = UNITS[at];
  const whole = Math.floor(millis / size);
  const rest = at + 1 < 4 ? Math.round((millis - whole * size) / UNITS[at + 1][1]) : 0;
  return rest ? `${whole} ${unit} ${rest} ${UNITS[at + 1][0]}` : `${whole} ${unit}`;
}

/** @param {number} millis @returns {string} the time ahead as a phrase: `the next hour`, `the next 240 ms` */
export function ahead(millis) {
  const names = { 60000: 'minute', 3600000: 'hour', 86400000: 'day' };
  return `the next ${names[millis] ?? duration(millis)}`;
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} zone @param {string} kind @param {Intl.DateTimeFormatOptions} options */
function formatOf(zone, kind, options) {
  const key = `${zone} ${kind}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options }));
  return formats.get(key);
}

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' };
const CLOCK = { hour: '2-digit', minute: '2-digit' };

/** @returns {string} `Tue 17 Mar 2026, 07:35`; seconds where slots are shorter than a minute */
export function dateTime(time, zone, intervalMillis = 60000) {
  if (time === null || time === undefined) return NONE;
  const day = formatOf(zone, 'day', DAY).format(time).replace(',', '');
  return `${day}, ${clock(time, zone, intervalMillis)}`;
}

/** @returns {string} `07:35`, or `07:35:20` where slots are shorter than a minute */
export function clock(time, zone, intervalMillis = 60000) {
  if (time === null || time === undefined) return NONE;
  if (intervalMillis >= 60000) return formatOf(zone, 'minute', CLOCK).format(time);
  return formatOf(zone, 'second', { ...CLOCK, second: '2-digit' }).format(time);
}

/** @returns {string} `Tue 07:35` */
export function dayClock(time, zone) {
  return `${formatOf(zone, 'weekday', { weekday: 'short' }).format(time)} ${clock(time, zone)}`;
}

/** @returns {string} `17 Mar` */
export function date(time, zone) {
  return formatOf(zone, 'date', { day: 'numeric', month: 'short' }).format(time);
}

/** @returns {number} by how much the zone's clocks are ahead of UTC at this time, in milliseconds */
export function offsetOf(time, zone) {
  const parts = {};
  for (const part of formatOf(zone, 'all', { ...CLOCK, second: '2-digit', year: 'numeric', month: 'numeric', day: 'numeric' })
      .formatToParts(time)) parts[part.type] = Number(part.value);
  const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(time / 1000) * 1000;
}

/** @returns {string} as an `input type=datetime-local` wants it, on the zone's clocks */
export function toLocalInput(time, zone) {
  return new Date(time + offsetOf(time, zone)).toISOString().slice(0, 16);
}

/** @returns {?number} the time of a `datetime-local` value on the zone's clocks; null when it is none */
export function fromLocalInput(text, zone) {
  const wall = Date.parse(`${text}Z`);
  if (Number.isNaN(wall)) return null;
  // The offset depends on the time that is sought: the second look is right except in the hour that does not exist.
  const near = wall - offsetOf(wall, zone);
  return wall - offsetOf(near, zone);
}

/** @param {string} name of a measure @returns {string} as a heading: hyphens and underscores become spaces */
export function title(name) {
  const words = name.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
