/**
 * Light or dark: what the system prefers until the reader chooses. `?theme=dark` in the address forces one.
 */
const KEY = 'headwater-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

/** @returns {?string} */
function chosen() {
  const forced = new URLSearchParams(location.search).get('theme');
  if (forced === 'dark' || forced === 'light') return forced;
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @returns {'light'|'dark'} */
export function theme() {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** @param {() => void} listener called when the theme changes */
export function onTheme(listener) {
  listeners.add(listener);
}

/** @param {string} name @returns {string} the value of a custom property, such as a colour that the canvas needs */
export function property(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function apply(name) {
  document.documentElement.dataset.theme = name;
  listeners.forEach(listener => listener());
}

/** @param {HTMLButtonElement} button that changes the theme */
export function setUpTheme(button) {
  apply(chosen() ?? (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', () => { if (!chosen()) apply(system.matches ? 'dark' : 'light'); });
  button.addEventListener('click', () => {
    const next = theme() === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Storage may be forbidden: the choice then lasts as long as the page.
    }
    apply(next);
  });
}
