// A run-together query, cut into terms that occur together: 阳泉高新区蓝宝石 is 阳泉高新区 and 蓝宝石.

import { bitsOf, both, countBits } from "./bits.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./shard.js").Posting} Posting
 * @typedef {{parts: string[], bits: Bits, cost: number, count: number}} Cut
 */

const MOST_PARTS = 4;
export const LONGEST_CUT = 24;
const NO_WORD = 2;
/** Characters of the shortest part: lone characters occur together nearly everywhere. */
const SHORTEST = 2;

/**
 * The cuts of `chars` whose parts occur in the same documents of `allowed`: fewest parts first, and of these the ones that leave words
 * whole. They are candidates: pairs that occur may still not make up the part.
 * @param {string[]} chars
 * @param {Map<string, Posting>} postings of every pair of `chars`
 * @param {Set<string>} words
 * @param {Bits} allowed
 * @param {number} size
 * @returns {Cut[]}
 */
export function findCuts(chars, postings, words, allowed, size) {
  const length = chars.length;
  /** @param {string} term */
  const documentsOf = (term) => {
    const posting = postings.get(term);
    return posting ? bitsOf(size, posting.documents) : null;
  };
  const pairs = chars.slice(1).map((char, at) => documentsOf(chars[at] + char));
  /** @type {Map<number, Bits|null>} */
  const sets = new Map();
  /** Documents that may hold `chars[start..end)`. @param {number} start @param {number} end @returns {Bits|null} */
  const part = (start, end) => {
    const key = start * 1000 + end;
    let set = sets.get(key);
    if (set !== undefined) return set;
    if (end - start === 2) set = pairs[start];
    else {
      const head = part(start, end - 1);
      const last = pairs[end - 2];
      set = head && last ? both(head, last) : null;
    }
    if (set && !countBits(set)) set = null;
    sets.set(key, set);
    return set;
  };
  for (let number = 2; number <= Math.min(MOST_PARTS, length / SHORTEST); number++) {
    /** @type {Cut[]} */
    const found = [];
    /** @param {number} start @param {Bits} within @param {string[]} parts @param {number} cost */
    const extend = (start, within, parts, cost) => {
      const left = number - parts.length;
      const least = left === 1 ? length : start + SHORTEST;
      for (let end = least; end <= length - (left - 1) * SHORTEST; end++) {
        const set = part(start, end);
        if (!set) {
          if (left > 1) break;
          return;
        }
        const bits = both(within, set);
        const count = countBits(bits);
        if (!count) continue;
        const next = [...parts, chars.slice(start, end).join("")];
        const sum = cost + tiling(chars, start, end, words);
        if (left === 1) found.push({ parts: next, bits, cost: sum, count });
        else extend(end, bits, next, sum);
      }
    };
    extend(0, allowed, [], 0);
    if (found.length) return found.sort((a, b) => a.cost - b.cost || b.count - a.count);
  }
  return [];
}

/**
 * The fewest words that make up `chars[start..end)`; a character that belongs to none counts as two.
 * @param {string[]} chars
 * @param {number} start
 * @param {number} end
 * @param {Set<string>} words
 */
function tiling(chars, start, end, words) {
  const best = [0];
  for (let to = start + 1; to <= end; to++) {
    let least = best[to - start - 1] + NO_WORD;
    for (let from = Math.max(start, to - 12); from < to - 1; from++) {
      if (words.has(chars.slice(from, to).join(""))) least = Math.min(least, best[from - start] + 1);
    }
    best.push(least);
  }
  return best[end - start];
}

/**
 * The longest parts of the query whose pairs are all in the index, for marking.
 * @param {import("./query.js").Term[]} terms
 * @param {Map<string, unknown>} postings
 * @returns {string[]}
 */
export function longestParts(terms, postings) {
  /** @type {string[]} */
  const parts = [];
  for (const { normal } of terms) {
    const chars = Array.from(normal);
    let part = chars[0];
    for (let at = 1; at <= chars.length; at++) {
      if (at < chars.length && postings.has(chars[at - 1] + chars[at])) part += chars[at];
      else {
        if (Array.from(part).length > 1 || chars.length === 1) parts.push(part);
        part = chars[at];
      }
    }
  }
  return parts;
}
