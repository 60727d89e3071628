/**
 * The map's colours. Both scales keep their order of lightness for every kind of colour blindness: viridis for values,
 * blue to orange for changes. A scale is a list of colours, so that the map can draw all sensors of a colour at once.
 */

export const LEVELS = 64;

/** The ends of viridis that would vanish in the theme's background are left out. */
const ENDS = { light: [0, 0.94], dark: [0.2, 1] };
const CHANGE = {
  light: ['#1f5fb4', '#8fb3dd', '#c9ccd1', '#e0a060', '#b04a00'],
  dark: ['#6db3ff', '#3f6fa8', '#4a515b', '#a8703a', '#ffb25c']
};

/** @param {(share: number) => string} interpolate @returns {string[]} */
function levels(interpolate) {
  return Array.from({ length: LEVELS }, (_, k) => d3.color(interpolate(k / (LEVELS - 1))).formatHex());
}

/** @param {'light'|'dark'} theme @returns {string[]} colours from the lowest value to the highest */
export function valueColours(theme) {
  const [from, to] = ENDS[theme];
  return levels(share => d3.interpolateViridis(from + share * (to - from)));
}

/** @param {'light'|'dark'} theme @returns {string[]} colours from the largest fall to the largest rise */
export function changeColours(theme) {
  return levels(d3.piecewise(d3.interpolateLab, CHANGE[theme]));
}

/** @param {?[number, number]} range of the values @returns {[number, number]} of the changes that the scale tells apart */
export function changeDomain(range) {
  if (!range) return [-1, 1];
  const third = (range[1] - range[0]) / 3;
  const step = d3.tickStep(0, third, 3) || 1;
  const most = Math.max(step, Math.floor(third / step) * step);
  return [-most, most];
}

/** @returns {number} which of the colours a value has */
export function levelOf(value, domain) {
  const width = domain[1] - domain[0];
  if (!(width > 0)) return LEVELS >> 1;
  const level = Math.floor((value - domain[0]) / width * LEVELS);
  return level < 0 ? 0 : level >= LEVELS ? LEVELS - 1 : level;
}
