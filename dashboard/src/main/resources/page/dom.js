/**
 * Builds elements. Text always goes through textContent, so nothing that came from a topic can become markup.
 */

/**
 * @param {string} tag
 * @param {Object<string, any>} [properties] `class`, `text`, `data` (an object), `on` (listeners by event), else attributes;
 *     null and false leave an attribute out
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') made.className = value;
    else if (name === 'text') made.textContent = value;
    else if (name === 'data') Object.assign(made.dataset, value);
    else if (name === 'on') for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** @param {string} id @returns {any} the element of the page that has this id */
export function byId(id) {
  return document.getElementById(id);
}

/** Sets text only where it differs: untouched text keeps a reader's selection. @param {Element} target @param {string} text */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** @param {?string} kind its classes @param {string} text @returns {HTMLElement} */
export function span(kind, text) {
  return element('span', { class: kind, text });
}

/** @param {string} id of a sensor @returns {HTMLElement} what opens it, inside of a list that `choosesSensors` */
export function sensorLink(id) {
  return element('button', { type: 'button', class: 'link', text: id, data: { id } });
}

/** Lets the buttons inside of a list open the sensors that they name. @param {HTMLElement} list @param {(id: string) => void} select */
export function choosesSensors(list, select) {
  list.addEventListener('click', event => {
    const id = event.target.closest('button')?.dataset.id;
    if (id) select(id);
  });
}

/**
 * A table cell's worth of text for each entry.
 * @param {string} tag `td` or `th`
 * @param {Array<string>} texts
 * @returns {HTMLElement[]}
 */
export function cells(tag, texts) {
  return texts.map(text => element(tag, tag === 'th' ? { text, scope: 'col' } : { text }));
}

/**
 * Runs a function at most once in so many milliseconds, and once more at the end if it was asked for in between.
 * @param {number} millis
 * @param {() => void} run
 * @returns {() => void}
 */
export function atMostEvery(millis, run) {
  let last = -Infinity;
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      last = performance.now();
      run();
    }, Math.max(0, last + millis - performance.now()));
  };
}

/**
 * A labelled choice.
 * @param {string} label
 * @param {Array<{value: any, text: string}>} options
 * @param {any} chosen
 * @param {(value: string) => void} choose
 * @returns {HTMLElement}
 */
export function choice(label, options, chosen, choose) {
  const select = element('select', { on: { change: event => choose(event.target.value) } },
    ...options.map(o => element('option', { value: o.value, text: o.text, selected: String(o.value) === String(chosen) })));
  return element('label', { class: 'choice' }, element('span', { text: label }), select);
}
