// Which part each character of the raw page belongs to, line by line, for the left side.

import { ownedSpans } from "./model.js";

/** @import {Model, Span} from "./types.js" */
/** @import {Owned} from "./model.js" */
/** @import {RawPage} from "./page.js" */

/** @typedef {{span: Span, owner: Owned|null, twice: boolean}} Piece  Characters of one line; `owner` null: they belong to nothing. */

/**
 * For each line its pieces in order; white space between them is in none.
 * @param {RawPage} page
 * @param {Model} model
 * @returns {Piece[][]}
 */
export function findPieces(page, model) {
  /** @type {Piece[][]} */
  const lines = page.lines.map(() => []);
  const owned = [...ownedSpans(model)].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);
  let done = 0;
  /** @param {number} start @param {number} end @param {Owned|null} owner @param {boolean} twice */
  const add = (start, end, owner, twice) => {
    if (start >= end) return;
    for (const span of page.rows([start, end])) lines[page.lineAt(span[0]) - 1].push({ span, owner, twice });
  };
  for (const owner of owned) {
    const [start, end] = owner.span;
    add(done, start, null, false);
    add(start, Math.min(done, end), owner, true);
    add(Math.max(start, done), end, owner, false);
    done = Math.max(done, end);
  }
  add(done, page.end, null, false);
  return lines;
}

/**
 * Spans of text without a part, neighbouring lines in one.
 * @param {RawPage} page
 * @param {Piece[][]} lines
 * @returns {Span[]}
 */
export function findLoose(page, lines) {
  /** @type {Span[]} */
  const found = [];
  for (const { span, owner } of lines.flat()) {
    if (owner) continue;
    const last = found[found.length - 1];
    if (last && page.isEmpty(last[1], span[0])) last[1] = span[1];
    else found.push([span[0], span[1]]);
  }
  return found;
}

/**
 * What the character at `offset` belongs to; where it is blank, what the next one on its line does, else the last.
 * @param {RawPage} page
 * @param {Piece[][]} lines
 * @param {number} offset
 * @returns {Piece|null}
 */
export function pieceAt(page, lines, offset) {
  const pieces = lines[page.lineAt(offset) - 1];
  return pieces.find(({ span }) => offset < span[1]) ?? pieces[pieces.length - 1] ?? null;
}
