/**
 * Ticks of a time axis on the clocks of a network's zone; where only seconds are shown, as time before and after now.
 */
import { clock, date, offsetOf, number } from './format.js';

const SHORT = 60000;
const DAY = 86400000;

/**
 * @param {number} from
 * @param {number} to
 * @param {number} now
 * @param {string} zone
 * @param {number} most about how many
 * @returns {Array<{time: number, text: string}>}
 */
export function timeTicks(from, to, now, zone, most) {
  if (to - from < SHORT) return relativeTicks(from, to, now, most);
  const offset = offsetOf(now, zone);
  return d3.utcTicks(new Date(from + offset), new Date(to + offset), most).map(wall => {
    const time = wall.getTime() - offset;
    const midnight = wall.getTime() % DAY === 0;
    return { time, text: midnight ? date(time, zone) : clock(time, zone, to - from < 10 * SHORT ? 1000 : SHORT) };
  });
}

function relativeTicks(from, to, now, most) {
  const step = d3.tickStep((from - now) / 1000, (to - now) / 1000, most);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return d3.ticks((from - now) / 1000, (to - now) / 1000, most)
    .map(seconds => ({ time: now + seconds * 1000, text: seconds === 0 ? 'now' : `${seconds > 0 ? '+' : ''}${number(seconds, decimals)} s` }));
}
