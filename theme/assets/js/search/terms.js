// The strings under which an article is found. The same as build_scripts/search/terms.py; both run tests/cases/search-terms.json.

import { runs } from "./normalise.js";

/** @param {string} char */
const isFigure = (char) => (char >= "0" && char <= "9") || char === ".";

/**
 * The fewest terms that a document with `normal` in it must have: pairs, triples in place of the pairs in them, lone characters.
 * @param {string} normal
 * @returns {string[]}
 */
export function queryTerms(normal) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const run of runs(normal)) {
    const chars = Array.from(run);
    if (chars.length === 1) found.add(run);
    let covered = -1;
    for (let at = 0; at < chars.length - 1; at++) {
      if (at + 2 < chars.length && isFigure(chars[at]) && isFigure(chars[at + 1])) {
        found.add(chars[at] + chars[at + 1] + chars[at + 2]);
        covered = at + 1;
      } else if (at > covered) {
        found.add(chars[at] + chars[at + 1]);
      }
    }
  }
  return [...found];
}

/**
 * Every part of `normal` that may be an indexed word, and how often it stands there.
 * @param {string} normal
 * @param {number} longest
 * @returns {Map<string, number>}
 */
export function substrings(normal, longest) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const run of runs(normal)) {
    const chars = Array.from(run);
    for (let start = 0; start < chars.length; start++) {
      let part = "";
      for (let end = start; end < Math.min(chars.length, start + longest); end++) {
        part += chars[end];
        found.set(part, (found.get(part) ?? 0) + 1);
      }
    }
  }
  return found;
}
