/**
 * Questions to the server that are asked once; what changes all the time comes through the store.
 */

/** @param {string} network @param {string} rest @returns {string} */
export function path(network, rest) {
  return `/api/networks/${encodeURIComponent(network)}/${rest}`;
}

/** @param {Response} response @returns {Promise<string>} what the server says is wrong */
async function reasonOf(response) {
  try {
    return (await response.json()).error ?? `status ${response.status}`;
  } catch {
    return `status ${response.status}`;
  }
}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<Response>} */
async function ask(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(await reasonOf(response));
  return response;
}

/** @returns {Promise<Array<{name: string, title: string}>>} */
export async function networks() {
  return (await (await ask('/api/networks')).json()).networks ?? [];
}

/** @returns {Promise<Object>} readings, forecast, what was forecast before, and errors of one sensor */
export async function sensor(network, id, hours, step, signal) {
  return (await ask(path(network, `sensors/${encodeURIComponent(id)}?hours=${hours}&step=${step}`), { signal })).json();
}

/** @returns {Promise<{oldest: number, newest: number}>} the times at which the map can be asked */
export async function mapTimes(network) {
  return (await ask(path(network, 'map'))).json();
}

/** @returns {Promise<{time: number, values: Array<?number>, forecasts: Array<?number[]>}>} */
export async function mapAt(network, time, signal) {
  return (await ask(path(network, `map?at=${Math.round(time)}`), { signal })).json();
}

/** @returns {Promise<string>} a model's card, as Markdown */
export async function modelCard(network, artefact) {
  return (await ask(path(network, `models/${encodeURIComponent(artefact)}/card`))).text();
}

/** @param {Object} body @returns {Promise<Object>} the replay after it obeyed */
export async function replay(body) {
  const headers = { 'Content-Type': 'application/json' };
  return (await ask('/api/replay', { method: 'POST', headers, body: JSON.stringify(body) })).json();
}
