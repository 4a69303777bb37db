// Strings of common pairs: nearly all articles hold 企业 and 业园, and none may hold 企业园. Where both pairs of a triple are common in a
// block, the triple is a term there, and an article that has not the term has not the string.

import { bitsOf, without } from "./bits.js";
import { runs } from "./normalise.js";
import { lastAtMost } from "./shard.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./store.js").Block} Block
 * @typedef {import("./shard.js").Posting} Posting
 */

/**
 * `bits` without the articles that cannot hold all of `normals`.
 * @param {Bits} bits
 * @param {string[]} normals
 * @param {Map<string, Posting>} postings of pairs; of those that are not among them nothing is known
 * @param {import("./store.js").Store} store
 * @param {import("./store.js").Head} head
 * @returns {Promise<Bits>}
 */
export async function withTriples(bits, normals, postings, store, { documents, blocks, common }) {
  /** @type {Map<string, Block[]>} */
  const known = new Map();
  for (const [one, two, three] of normals.flatMap(triplesOf)) {
    const found = [postings.get(one + two), postings.get(two + three)];
    const inBlocks = blocks.filter((block) => found.every((posting) => posting && countIn(posting.documents, block) > common));
    if (inBlocks.length) known.set(one + two + three, inBlocks);
  }
  const held = await store.postings(known.keys());
  for (const [triple, inBlocks] of known) {
    const lacking = bitsOf(documents, inBlocks.flatMap(numbersOf));
    bits = without(bits, without(lacking, bitsOf(documents, held.get(triple)?.documents)));
  }
  return bits;
}

/** @param {string} normal @returns {string[][]} */
function triplesOf(normal) {
  return runs(normal).flatMap((run) => {
    const chars = Array.from(run);
    return chars.slice(2).map((_, at) => chars.slice(at, at + 3));
  });
}

/** @param {Uint32Array} sorted @param {Block} block */
function countIn(sorted, { start, documents }) {
  return lastAtMost(sorted, start + documents - 1) - lastAtMost(sorted, start - 1);
}

/** @param {Block} block */
function numbersOf({ start, documents }) {
  return Array.from({ length: documents }, (_, at) => start + at);
}
