// Gathering the articles that hold what is asked: pairs say which may, lunr's scores say in which order to look, their text says which do.

import { bitsOf, both, countBits, hasBit, listBits, without } from "./bits.js";
import { LONGEST_CUT } from "./cut.js";
import { contains, makeExcerpt } from "./excerpt.js";
import { normalise, runs } from "./normalise.js";
import { score } from "./score.js";
import { queryTerms, substrings } from "./terms.js";
import { withTriples } from "./triples.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./store.js").Head} Head
 * @typedef {import("./store.js").Text} Text
 * @typedef {import("./engine.js").Options} Options
 * @typedef {import("./engine.js").Answered} Answered
 * @typedef {import("./engine.js").Result} Result
 * @typedef {import("./engine.js").Tier} Tier
 * @typedef {{bits: Bits, headline: Bits, sure: boolean}} Candidates `sure`: the terms are the query, so no text need be read
 * @typedef {Pick<Answered, "tier"|"total"|"total_exact"|"results"|"terms"> & {bits: Bits, searched?: import("./query.js").Term[]}} Found
 */

/** Terms that are asked for: a pasted sentence has hundreds, and a dozen of them tell where it may stand. Its text tells the rest. */
export const MOST_TERMS = 12;
/** Texts that are read to be sure of results; what is ranked below them is taken on its pairs' word, and the total is an estimate. */
const VERIFIED = 300;
/** Candidates that are read rather than fewer of them asked for. */
const FEW = 20;
/** Texts that are read for a string with punctuation in it, of which the index knows nothing, before its parts are searched instead. */
const PUNCTUATED = 1000;
/** Candidates beyond those asked for that are read too, for an exact total. */
const REST = 20;
/** Candidates that are read to estimate how many of the others are right. */
const SAMPLE = 6;
/** Results at the top that are put in order by what their text shows. */
const TOP = 10;

/** The query was overtaken by a newer one. */
export class Stale extends Error {}

/** What the tiers of one query share. */
export class Gathering {
  /**
   * @param {import("./store.js").Store} store
   * @param {Head} head
   * @param {Options} options
   * @param {() => boolean} isStale
   */
  constructor(store, head, options, isStale) {
    this.store = store;
    this.head = head;
    this.options = options;
    this.isStale = isStale;
    this.limit = clamp(options.limit ?? 10, 0, head.documents);
    this.offset = clamp(options.offset ?? 0, 0, head.documents);
    /** @type {Bits|null} */
    this.allowed = null;
  }

  check() {
    if (this.isStale()) throw new Stale();
  }

  /** @param {string[]} normals */
  async candidatesOf(normals) {
    const { documents } = this.head;
    return (await this.candidates(normals)) ?? { bits: bitsOf(documents), sure: true, headline: bitsOf(documents) };
  }

  /**
   * The articles that may hold all of `normals`; `null` where one of them holds nothing that can be searched.
   * @param {string[]} normals
   * @returns {Promise<Candidates|null>}
   */
  async candidates(normals) {
    const { documents } = this.head;
    const terms = normals.map((normal) => spread(queryTerms(normal), MOST_TERMS));
    const postings = await this.store.postings(new Set(terms.flat()));
    this.check();
    let bits = this.allowed;
    /** @type {Bits|null} */
    let headline = null;
    let sure = true;
    for (let at = 0; at < normals.length; at++) {
      if (!terms[at].length) return null;
      sure &&= terms[at].length === 1 && terms[at][0] === normals[at];
      for (const term of terms[at]) {
        const posting = postings.get(term);
        if (!posting?.documents.length) return { bits: bitsOf(documents), headline: bitsOf(documents), sure: true };
        const set = bitsOf(documents, posting.documents);
        bits = bits ? both(bits, set) : set;
        const inHeadline = bitsOf(documents, posting.headlines);
        headline = headline ? both(headline, inHeadline) : inHeadline;
      }
    }
    if (bits && countBits(bits) > FEW) bits = await withTriples(bits, normals, postings, this.store, this.head);
    this.check();
    return bits && headline && { bits, headline, sure };
  }

  /**
   * lunr's scores for the words in `normals`.
   * @param {string[]} normals
   * @returns {Promise<Float64Array>}
   */
  async scores(normals) {
    /** @type {Map<string, number>} */
    const parts = new Map();
    for (const normal of normals) {
      const short = Array.from(normal).length < 2;
      // A lone character in a longer query says nothing of its own.
      for (const [part, count] of substrings(Array.from(normal).slice(0, LONGEST_CUT).join(""), this.head.longest)) {
        if (short || Array.from(part).length > 1) parts.set(part, (parts.get(part) ?? 0) + count);
      }
    }
    const postings = await this.store.postings(parts.keys());
    this.check();
    /** @type {[import("./shard.js").Posting, number][]} */
    const words = [];
    for (const [part, posting] of postings) if (posting.isWord) words.push([posting, parts.get(part) ?? 1]);
    this.certain = normals.map((normal) => certainly(postings.get(normal), this.head));
    return score(this.head, words);
  }

  /**
   * The results of one tier; `null` where there are none. Texts are read from the best candidate on until as many as are asked for hold
   * all of `normals`.
   * @param {Tier} tier
   * @param {string[]} normals
   * @param {Candidates} candidates
   * @returns {Promise<Found|null>}
   */
  async collect(tier, normals, candidates) {
    const { bits, headline } = candidates;
    if (!countBits(bits)) return null;
    const scores = await this.scores(normals);
    const certain = candidates.sure
      ? bits
      : this.certain?.every((set) => set)
        ? this.certain.reduce(both2, bits)
        : bitsOf(bits.length * 32);
    // The newest first: where two are equal, so they stay.
    const order = listBits(bits).reverse();
    if (this.options.sort !== "date") {
      // Whole numbers only: the difference of two scores would be an object for each comparison.
      const rank = (/** @type {number} */ a, /** @type {number} */ b) => (scores[a] < scores[b] ? 1 : scores[a] > scores[b] ? -1 : b - a);
      order.sort((a, b) => Number(hasBit(headline, b)) - Number(hasBit(headline, a)) || rank(a, b));
    }
    const need = this.offset + this.limit;
    /** @type {{document: number, text: Text}[]} */
    const hits = [];
    const wrong = bitsOf(this.head.documents);
    let at = 0;
    const read = async (/** @type {number} */ count) => {
      const batch = order.slice(at, at + count);
      at += batch.length;
      const texts = await this.store.texts(batch);
      this.check();
      batch.forEach((document, i) => {
        if (normals.every((normal) => contains(texts[i], normal))) hits.push({ document, text: texts[i] });
        else wrong[document >>> 5] |= 1 << (document & 31);
      });
    };
    // Where none has been found yet, reading goes on to the end: the tier depends on it.
    const most = normals.some((normal) => runs(normal)[0] !== normal) ? PUNCTUATED : Infinity;
    while (at < order.length && (hits.length < need || !hits.length) && at < (hits.length ? VERIFIED : most)) {
      await read(Math.min(100, Math.max(need - hits.length, at, 4)));
    }
    const unsure = (/** @type {number[]} */ documents) => documents.filter((document) => !hasBit(certain, document));
    let rest = order.slice(at);
    if (rest.length <= REST && unsure(rest).length) {
      await read(rest.length);
      rest = [];
    }
    if (!hits.length) return null;
    const doubtful = unsure(rest);
    const share = doubtful.length ? await this.shareOf(doubtful, order.slice(0, at), hits, certain, normals) : 0;
    const total = hits.length + (rest.length - doubtful.length) + Math.round(doubtful.length * share);
    if (this.options.sort !== "date") this.putInOrder(hits, normals);
    const shown = hits.slice(this.offset, need);
    const results = shown.map(({ document, text }) => this.present(text, normals, scores[document]));
    const missing = need - Math.max(hits.length, this.offset);
    if (missing > 0 && rest.length) {
      const from = Math.max(0, this.offset - hits.length);
      const documents = rest.slice(from, from + missing);
      const details = await this.store.details(documents);
      documents.forEach((document, i) => results.push(bare(details[i], scores[document])));
    }
    return { tier, total, total_exact: !doubtful.length, results, terms: normals, bits: without(bits, wrong) };
  }

  /**
   * The share of `doubtful` candidates that probably hold `normals`: as among those that were read, or among a few that are read for it.
   * @param {number[]} doubtful
   * @param {number[]} read
   * @param {{document: number}[]} hits
   * @param {Bits} certain
   * @param {string[]} normals
   */
  async shareOf(doubtful, read, hits, certain, normals) {
    const checked = read.filter((document) => !hasBit(certain, document)).length;
    if (checked >= SAMPLE) return hits.filter(({ document }) => !hasBit(certain, document)).length / checked;
    const sample = Array.from({ length: SAMPLE }, (_, i) => doubtful[Math.floor(((i + 0.5) * doubtful.length) / SAMPLE)]);
    const texts = await this.store.texts(sample);
    this.check();
    return texts.filter((text) => normals.every((normal) => contains(text, normal))).length / SAMPLE;
  }

  /**
   * The first results, once their texts are known: first the article that has the query for its title, then those where the terms
   * stand together.
   * @param {{document: number, text: Text}[]} hits
   * @param {string[]} normals
   */
  putInOrder(hits, normals) {
    const whole = normals.join("");
    const rank = (/** @type {Text} */ text) => {
      if (!text.untitled && normalise(text.title) === whole) return 2;
      return normals.length > 1 && contains(text, whole) ? 1 : 0;
    };
    const top = hits.slice(0, TOP).map((hit, at) => ({ hit, at, rank: rank(hit.text) }));
    top.sort((a, b) => b.rank - a.rank || a.at - b.at);
    top.forEach(({ hit }, at) => (hits[at] = hit));
  }

  /**
   * @param {Text} text
   * @param {string[]} normals
   * @param {number} value
   * @returns {Result}
   */
  present(text, normals, value) {
    const { segments, ...shown } = text;
    return { ...shown, score: value, ...makeExcerpt(segments, normals) };
  }
}

/** @param {number} number @param {number} low @param {number} high */
function clamp(number, low, high) {
  return Math.min(high, Math.max(low, Math.floor(Number(number)) || 0));
}

/**
 * At most `most` of `terms`, from all over the query.
 * @param {string[]} terms
 * @param {number} most
 */
export function spread(terms, most) {
  return terms.length <= most ? terms : Array.from({ length: most }, (_, i) => terms[Math.floor((i * (terms.length - 1)) / (most - 1))]);
}

/** @param {Bits} a @param {Bits|null} b */
function both2(a, b) {
  return b ? both(a, b) : a;
}

/**
 * The documents in whose own text the word stands, not only among the names that weigh.
 * @param {import("./shard.js").Posting|undefined} posting
 * @param {Head} head
 */
function certainly(posting, head) {
  if (!posting?.isWord) return null;
  const place = head.fields.findIndex(({ name }) => name === "place");
  const { documents, counts } = posting.words;
  const bits = bitsOf(head.documents);
  documents.forEach((document, at) => {
    for (let field = 0; field < head.fields.length; field++) {
      if (field !== place && counts[at * head.fields.length + field]) bits[document >>> 5] |= 1 << (document & 31);
    }
  });
  return bits;
}

/**
 * @param {[string, string, string, string]} details
 * @param {number} value
 * @returns {Result}
 */
function bare([id, url, title, issue], value) {
  const none = { excerpt: "", marks: [], title_marks: [], hits: 0, anchor: "", printed: false };
  return { id, url, title, issue, score: value, ...none, issue_label: "", page: "", type: "", date: null, untitled: false, kicker: null };
}
