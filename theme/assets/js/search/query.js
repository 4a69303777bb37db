// What a reader typed → terms.

import { normalise, runs } from "./normalise.js";

/**
 * @typedef {object} Term
 * @property {string} text as typed
 * @property {string} normal
 * @property {boolean} quoted
 */

/** Characters of a query that are read; longer ones are pasted by mistake. */
export const LONGEST_QUERY = 200;
const MOST_TERMS = 12;

const OPEN = '"“”＂„「『';
const CLOSE = { '"': '"“”＂', "“": '”“"', "”": '”“"', "＂": '＂"', "„": '”“"', "「": "」", "『": "』" };
const WHITE = /[\s\u3000\u200b\ufeff]+/;

/**
 * Terms that must all occur. Spaces part terms, quotes keep a phrase whole. A quote counts only where it begins a term and its partner
 * ends one: in 全省“三个一批”活动 it is a character like any other.
 * @param {string} input
 * @returns {{terms: Term[], cut: boolean}} `cut`: only the beginning was read
 */
export function readQuery(input) {
  const chars = Array.from(input.slice(0, LONGEST_QUERY * 8));
  let cut = chars.length > LONGEST_QUERY || input.length > LONGEST_QUERY * 8;
  const text = chars.slice(0, LONGEST_QUERY).join("");
  /** @type {Map<string, Term>} */
  const terms = new Map();
  /** @param {string} part @param {boolean} quoted */
  const add = (part, quoted) => {
    const normal = normalise(part);
    if (!runs(normal).length) return;
    if (terms.size >= MOST_TERMS) cut = true;
    else if (!terms.get(normal)?.quoted) terms.set(normal, { text: part.trim(), normal, quoted });
  };
  let at = 0;
  while (at < text.length) {
    const space = WHITE.exec(text.slice(at));
    if (space?.index === 0) {
      at += space[0].length;
      continue;
    }
    const end = phraseEnd(text, at);
    if (end > 0) {
      add(text.slice(at + 1, end), true);
      at = end + 1;
      continue;
    }
    const stop = space ? at + space.index : text.length;
    add(text.slice(at, stop), false);
    at = stop;
  }
  return { terms: [...terms.values()], cut };
}

/**
 * Where the phrase that begins at `at` has its closing quote, 0 where none begins there.
 * @param {string} text
 * @param {number} at
 */
function phraseEnd(text, at) {
  const open = text[at];
  if (!OPEN.includes(open)) return 0;
  const closing = CLOSE[/** @type {keyof typeof CLOSE} */ (open)];
  for (let end = at + 2; end < text.length; end++) {
    const after = text[end + 1];
    if (closing.includes(text[end]) && (after === undefined || WHITE.test(after) || OPEN.includes(after))) return end;
  }
  return 0;
}
