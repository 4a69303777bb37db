// The cells of the site's tables as plain text.

/** What stands in a cell only to explain it to some readers, or in details. */
const ASIDE = "td > small, details > :not(summary), .sr-only, .own-check";

/** @param {Element|undefined} cell */
export function cellText(cell) {
  if (!cell) return "";
  const copy = /** @type {Element} */ (cell.cloneNode(true));
  copy.querySelectorAll(ASIDE.replace("td > ", `${cell.localName} > `)).forEach((aside) => aside.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}
