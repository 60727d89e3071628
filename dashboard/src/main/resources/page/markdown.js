/**
 * Shows Markdown as elements: headings, paragraphs, lists, tables, code, emphasis. All text is set as text, so a card that
 * came from a topic cannot bring markup or scripts along; links are shown as their text.
 */
import { element } from './dom.js';

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|!?\[[^\]]*\]\([^)]*\))/;

/** @param {string} text @returns {Array<Node|string>} */
function inline(text) {
  return text.split(INLINE).filter(Boolean).map(part => {
    if (/^`[^`]+`$/.test(part)) return element('code', { text: part.slice(1, -1) });
    if (/^\*\*[^*]+\*\*$/.test(part)) return element('strong', { text: part.slice(2, -2) });
    if (/^\*[^*]+\*$/.test(part)) return element('em', { text: part.slice(1, -1) });
    const link = /^!?\[([^\]]*)\]\([^)]*\)$/.exec(part);
    return link ? link[1] : part;
  });
}

/** @param {string} line of a table @returns {string[]} */
function columns(line) {
  return line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(cell => cell.trim().replace(/\\\|/g, '|'));
}

const BLOCKS = [
  { begins: line => line.startsWith('```'), make: code },
  { begins: line => /^#{1,6} /.test(line), make: heading },
  { begins: (line, next) => line.trim().startsWith('|') && /^\s*\|[\s:|-]+\|?\s*$/.test(next ?? ''), make: table },
  { begins: line => /^\s*([-*+]|\d+\.) /.test(line), make: list },
  { begins: line => /^(-{3,}|\*{3,})\s*$/.test(line), make: lines => [element('hr'), 1] }
];

function heading(lines) {
  const [, marks, text] = /^(#{1,6}) (.*)$/.exec(lines[0]);
  // The dialog's own title is the level above.
  return [element(`h${Math.min(6, marks.length + 2)}`, {}, ...inline(text)), 1];
}

function code(lines) {
  const end = lines.findIndex((line, k) => k > 0 && line.startsWith('```'));
  const last = end < 0 ? lines.length : end;
  return [element('pre', { tabindex: '0' }, element('code', { text: lines.slice(1, last).join('\n') })), last + 1];
}

function table(lines) {
  const end = lines.findIndex(line => !line.trim().startsWith('|'));
  const rows = lines.slice(0, end < 0 ? lines.length : end);
  const row = (line, tag) => element('tr', {}, ...columns(line).map(cell => element(tag, tag === 'th' ? { scope: 'col' } : {}, ...inline(cell))));
  return [element('table', {}, element('thead', {}, row(rows[0], 'th')), element('tbody', {}, ...rows.slice(2).map(line => row(line, 'td')))), rows.length];
}

/** Nested entries are shown at one level, which is enough for a card. */
function list(lines) {
  const ordered = /^\s*\d+\./.test(lines[0]);
  const items = [];
  let k = 0;
  for (; k < lines.length && lines[k].trim(); k++) {
    const entry = /^\s*(?:[-*+]|\d+\.) (.*)$/.exec(lines[k]);
    if (entry) items.push(entry[1]);
    else items.push(`${items.pop()} ${lines[k].trim()}`);
  }
  return [element(ordered ? 'ol' : 'ul', {}, ...items.map(item => element('li', {}, ...inline(item)))), k];
}

/** @param {string} text @returns {DocumentFragment} */
export function markdown(text) {
  const fragment = document.createDocumentFragment();
  let lines = text.replace(/\r/g, '').split('\n');
  while (lines.length) {
    const block = BLOCKS.find(kind => kind.begins(lines[0], lines[1]));
    const [made, used] = block ? block.make(lines) : paragraph(lines);
    if (made) fragment.append(made);
    lines = lines.slice(used);
  }
  return fragment;
}

function paragraph(lines) {
  if (!lines[0].trim()) return [null, 1];
  let end = 1;
  while (end < lines.length && lines[end].trim() && !BLOCKS.some(kind => kind.begins(lines[end], lines[end + 1]))) end++;
  return [element('p', {}, ...inline(lines.slice(0, end).join(' '))), end];
}
