// Where the terms stand in an article, and the piece of text that shows it.

import { Trace } from "./normalise.js";

/**
 * @typedef {import("./store.js").Text} Text
 * @typedef {import("./store.js").Segment} Segment
 * @typedef {[number, number]} Range
 * @typedef {{start: number, end: number, term: number}} Hit
 */

const WIDTH = 76;
const BEFORE = 14;

/**
 * Whether `normal` stands in the article, in either reading of a correction.
 * @param {Text} text
 * @param {string} normal
 */
export function contains(text, normal) {
  return text.segments.some((segment) => segment.normal.includes(normal));
}

/**
 * Every place of `terms` in a segment, as offsets into its text, in order.
 * @param {Segment} segment
 * @param {string[]} terms
 * @returns {Hit[]}
 */
function findHits(segment, terms) {
  /** @type {Hit[]} */
  const hits = [];
  /** @type {Trace|null} */
  let places = null;
  terms.forEach((term, number) => {
    if (!term) return;
    for (let at = segment.normal.indexOf(term); at >= 0; at = segment.normal.indexOf(term, at + term.length)) {
      places ??= new Trace(segment.text);
      hits.push({ start: places.origin(at)[0], end: places.origin(at + term.length - 1)[1], term: number });
    }
  });
  return hits.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Ranges without overlaps, in order.
 * @param {Range[]} ranges
 * @returns {Range[]}
 */
function merge(ranges) {
  /** @type {Range[]} */
  const out = [];
  for (const [start, end] of ranges) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

/**
 * The piece of text that shows the terms best, with their places in it and in the title, and how often they stand in the article.
 * @param {Segment[]} segments
 * @param {string[]} terms in normal form
 * @returns {{excerpt: string, marks: Range[], title_marks: Range[], anchor: string, hits: number, printed: boolean}}
 */
export function makeExcerpt(segments, terms) {
  let count = 0;
  /** @type {Range[]} */
  let titleMarks = [];
  /** @type {{segment: Segment, hits: Hit[], from: number, value: number}|null} */
  let best = null;
  for (const segment of segments) {
    const hits = findHits(segment, terms);
    if (!hits.length) continue;
    if (segment.kind === "printed" && count) continue;
    count += hits.length;
    if (segment.kind === "title") titleMarks = merge(hits.map(({ start, end }) => [start, end]));
    const window = bestWindow(hits);
    const value = window.value + (segment.kind === "body" ? 0.5 : segment.kind === "title" ? -10 : 0);
    if (!best || value > best.value) best = { segment, hits, from: window.from, value };
  }
  const body = segments.find((segment) => segment.kind === "body");
  if (!best || (best.segment.kind === "title" && body)) {
    const excerpt = body ? clip(body.text, 0) : "";
    return { excerpt, marks: [], title_marks: titleMarks, anchor: "", hits: count, printed: false };
  }
  const { segment, from } = best;
  const seen = new Set(best.hits.filter(({ start, end }) => start >= from && end <= from + WIDTH - BEFORE).map(({ term }) => term));
  const other = terms.length > seen.size ? findOther(segments, terms, seen) : null;
  /** @type {Piece} */
  let piece = cutOut(segment, best.hits, from, other ? WIDTH / 2 : WIDTH);
  if (other) piece = join(piece, cutOut(other.segment, findHits(other.segment, terms), other.start, WIDTH / 2));
  const printed = segment.kind === "printed";
  return { ...piece, title_marks: titleMarks, anchor: segment.anchor, hits: count, printed };
}

/** @typedef {{excerpt: string, marks: Range[]}} Piece */

/**
 * The first place in the body of a term that is not among `seen`.
 * @param {Segment[]} segments
 * @param {string[]} terms
 * @param {Set<number>} seen
 */
function findOther(segments, terms, seen) {
  for (const segment of segments) {
    if (segment.kind !== "body") continue;
    const hit = findHits(segment, terms).find(({ term }) => !seen.has(term));
    if (hit) return { segment, start: hit.start };
  }
  return null;
}

/**
 * @param {Segment} segment
 * @param {Hit[]} hits
 * @param {number} at
 * @param {number} width
 * @returns {Piece}
 */
function cutOut(segment, hits, at, width) {
  const { text } = segment;
  const from = wholeFrom(text, Math.max(0, Math.min(at - BEFORE, text.length - width)));
  const to = wholeFrom(text, Math.min(text.length, from + width));
  const lead = from ? "…" : "";
  /** @type {Range[]} */
  const marks = [];
  for (const { start, end } of hits) {
    const one = Math.max(start, from) - from + lead.length;
    const two = Math.min(end, to) - from + lead.length;
    if (two > one) marks.push([one, two]);
  }
  return { excerpt: lead + text.slice(from, to) + (to < text.length ? "…" : ""), marks: merge(marks) };
}

/**
 * @param {Piece} one
 * @param {Piece} two
 * @returns {Piece}
 */
function join(one, two) {
  const first = one.excerpt.endsWith("…") ? one.excerpt : `${one.excerpt} `;
  const second = first.endsWith("…") && two.excerpt.startsWith("…") ? 1 : 0;
  const shift = first.length - second;
  return {
    excerpt: first + two.excerpt.slice(second),
    marks: [...one.marks, ...two.marks.map(([start, end]) => /** @type {Range} */ ([start + shift, end + shift]))],
  };
}

/**
 * Where a window of text that shows the most different terms begins.
 * @param {Hit[]} hits
 */
function bestWindow(hits) {
  let from = hits[0].start;
  let value = 0;
  for (let i = 0; i < hits.length; i++) {
    const seen = new Set();
    let number = 0;
    for (let j = i; j < hits.length && hits[j].end - hits[i].start <= WIDTH - BEFORE; j++, number++) seen.add(hits[j].term);
    const worth = seen.size + Math.min(number, 5) / 10;
    if (worth > value) {
      value = worth;
      from = hits[i].start;
    }
    if (i > 200) break;
  }
  return { from, value };
}

/** @param {string} text @param {number} from */
function clip(text, from) {
  const to = wholeFrom(text, Math.min(text.length, from + WIDTH));
  return text.slice(from, to) + (to < text.length ? "…" : "");
}

const NUMBER_BEFORE = /[\d\uff10-\uff19][\d\uff10-\uff19.．,]{0,15}$/;
const REST_OF_NUMBER = /[\d\uff10-\uff19.．%％十百千万亿余多]/;

/**
 * The offset, moved off the middle of a character, and before a number that it would part: half a number is another number.
 * @param {string} text
 * @param {number} at
 */
function wholeFrom(text, at) {
  const code = text.charCodeAt(at);
  if (code >= 0xdc00 && code <= 0xdfff) return at + 1;
  const number = at < text.length && REST_OF_NUMBER.test(text[at]) ? NUMBER_BEFORE.exec(text.slice(Math.max(0, at - 16), at)) : null;
  return number ? at - number[0].length : at;
}
