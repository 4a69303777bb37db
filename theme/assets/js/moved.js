/**
 * Leads on from an old address and takes the place on the page along (#l48): a refresh in the head of the page would lose it.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.dataset.target) {
  window.location.replace(script.dataset.target + window.location.hash);
}
