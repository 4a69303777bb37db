// lunr's scores, computed from counts: the same weights and sums as a lunr index over all fields would give
// (tests/test_search.py compares them on the whole archive).

/**
 * @typedef {import("./store.js").Head} Head
 * @typedef {import("./shard.js").Posting} Posting
 */

/**
 * The scores of all documents for a query of `words`, each with its boost. Documents without any of them score 0.
 * @param {Head} head
 * @param {Iterable<[Posting, number]>} words
 * @returns {Float64Array}
 */
export function score(head, words) {
  const sums = new Float64Array(head.documents);
  let square = 0;
  for (const [posting, boost] of words) {
    addWeights(head, posting, boost, sums);
    square += boost * boost;
  }
  // lunr divides by the length of the query's vector. Sums are in thousandths, hence exact until here.
  const length = Math.sqrt(square) * 1000;
  if (length) for (let i = 0; i < sums.length; i++) sums[i] /= length;
  return sums;
}

/**
 * @param {Head} head
 * @param {Posting} posting
 * @param {number} boost
 * @param {Float64Array} sums
 */
function addWeights(head, posting, boost, sums) {
  const fields = head.fields.length;
  const { documents, counts } = posting.words;
  let holding = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i]) holding++;
  const rarity = idf(head.documents, holding);
  for (let i = 0; i < documents.length; i++) {
    const document = documents[i];
    for (let field = 0; field < fields; field++) {
      const count = counts[i * fields + field];
      if (!count) continue;
      const { boost: fieldBoost, average, lengths } = head.fields[field];
      const share = lengths[document] / average;
      const weight = (rarity * ((head.k1 + 1) * count)) / (head.k1 * (1 - head.b + head.b * share) + count);
      sums[document] += boost * Math.round(weight * fieldBoost * 1000);
    }
  }
}

/**
 * lunr's measure of a word's rarity; it counts a document once for each field that holds the word.
 * @param {number} documents
 * @param {number} holding
 */
function idf(documents, holding) {
  return Math.log(1 + Math.abs((documents - holding + 0.5) / (holding + 0.5)));
}
