/**
 * A model's card in a dialog.
 */
import { byId, element, setText } from './dom.js';
import { modelCard } from './api.js';
import { markdown } from './markdown.js';

/** @param {string} network @param {{id: string, artefact: string}} model */
export async function showModelCard(network, model) {
  const dialog = byId('card-dialog');
  const body = byId('card-body');
  setText(byId('card-title'), model.id);
  body.replaceChildren(element('p', { text: 'Asking for the card…' }));
  dialog.showModal();
  try {
    body.replaceChildren(markdown(await modelCard(network, model.artefact)));
  } catch (error) {
    body.replaceChildren(element('p', { text: `There is no card to show: ${error.message}` }));
  }
}

/** Lets the dialog close by its button and by a click beside it. */
export function setUpModelCard() {
  const dialog = byId('card-dialog');
  byId('card-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
}
