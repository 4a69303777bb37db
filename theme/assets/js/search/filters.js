// The filters of a query, and their counts.

import { bitsOf, both, either, hasBit } from "./bits.js";
import { normalise } from "./normalise.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./engine.js").Options} Options
 * @typedef {import("./engine.js").Answered} Answered
 */

export const FILTERS = /** @type {const} */ (["issue", "city", "zone", "page", "type", "author", "batch", "indicator"]);

/**
 * The documents that pass every filter, `null` where there is none.
 * @param {Store} store
 * @param {Options} options
 * @returns {Promise<Bits|null>}
 */
export async function readFilters(store, options) {
  const wanted = FILTERS.filter((name) => list(options[name]).length);
  if (!wanted.length) return null;
  const sets = await Promise.all(wanted.map((name) => filter(store, name, list(options[name]))));
  return sets.reduce(both);
}

/**
 * @param {Store} store
 * @param {(typeof FILTERS)[number]} name
 * @param {string[]} wanted
 */
async function filter(store, name, wanted) {
  const { documents } = await store.head();
  const facet = (await store.facets())[name];
  let bits = bitsOf(documents);
  for (const value of wanted) {
    const normal = normalise(value);
    facet?.values.forEach((known, at) => {
      if (known.value === value || normalise(known.label) === normal || known.also.includes(normal)) {
        bits = either(bits, bitsOf(documents, facet.documents[at]));
      }
    });
  }
  return bits;
}

/**
 * How many of `bits` each value of each filter has.
 * @param {Store} store
 * @param {Options} options
 * @param {Bits} bits
 */
export async function countFacets(store, options, bits) {
  const facets = await store.facets();
  /** @type {NonNullable<Answered["facets"]>} */
  const counted = {};
  for (const name of FILTERS) {
    const facet = facets[name];
    if (!facet) continue;
    counted[name] = facet.values
      .map(({ value, label }, at) => ({ value, label, count: countIn(bits, facet.documents[at]) }))
      .filter(({ value, label, count }) => count || list(options[name]).some((wanted) => wanted === value || wanted === label));
  }
  return counted;
}

/** @param {string|string[]|undefined} value @returns {string[]} */
function list(value) {
  return (Array.isArray(value) ? value : [value ?? ""]).map(String).filter((one) => one);
}

/** @param {Bits} bits @param {Uint32Array} documents */
function countIn(bits, documents) {
  let count = 0;
  for (const document of documents) if (hasBit(bits, document)) count++;
  return count;
}
