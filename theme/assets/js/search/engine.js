// A query → its results, in tiers: what holds the string; else what holds all terms; else the best cut of a run-together query into
// terms that occur together; else what comes closest. Pairs say which articles may have a string, their text says which do.

import { answer } from "./answers.js";
import { bitsOf, both, countBits, either, hasBit, listBits, without } from "./bits.js";
import { findCuts, LONGEST_CUT } from "./cut.js";
import { contains, makeExcerpt } from "./excerpt.js";
import { suggest, variants } from "./names.js";
import { normalise } from "./normalise.js";
import { LONGEST_QUERY, readQuery } from "./query.js";
import { score } from "./score.js";
import { SearchError } from "./store.js";
import { queryTerms, substrings } from "./terms.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./store.js").Head} Head
 * @typedef {import("./store.js").Text} Text
 * @typedef {import("./query.js").Term} Term
 * @typedef {"exact"|"all"|"cut"|"partial"|"none"} Tier
 *
 * @typedef {object} Options
 * @property {number} [limit] results wanted, 10 unless told
 * @property {number} [offset]
 * @property {"relevance"|"date"} [sort]
 * @property {boolean} [facets] counts for the filters
 * @property {string|string[]} [issue]
 * @property {string|string[]} [city]
 * @property {string|string[]} [zone]
 * @property {string|string[]} [page]
 * @property {string|string[]} [type]
 * @property {string|string[]} [author]
 * @property {string|string[]} [batch]
 * @property {string|string[]} [indicator]
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {string} url
 * @property {string} title
 * @property {string} issue
 * @property {number} score
 * @property {string} excerpt
 * @property {[number, number][]} marks offsets into the excerpt
 * @property {[number, number][]} title_marks
 * @property {number} hits how often the terms stand in it
 * @property {string} anchor the paragraph that the excerpt is from
 * @property {boolean} printed the excerpt is the print's reading, which the page corrects
 * @property {string} issue_label
 * @property {string} page
 * @property {string} type
 * @property {string|null} date
 * @property {boolean} untitled
 * @property {string|null} kicker
 * @property {string} [via] the other name under which it was found
 *
 * @typedef {object} Answered
 * @property {number} total
 * @property {boolean} total_exact
 * @property {Tier} tier
 * @property {Result[]} results
 * @property {Result[]} also
 * @property {import("./answers.js").Answer[]} answers
 * @property {string[]} terms what is marked, in normal form
 * @property {{kind: "simplified"|"cut"|"alias"|"long", from: string, to: string}[]} notes
 * @property {{text: string, url: string}[]} suggestions
 * @property {{term: string, total: number}[]} counts where nothing has all terms: how many have each
 * @property {Record<string, {value: string, label: string, count: number}[]>} [facets]
 * @property {number} elapsed_ms
 */

export const FILTERS = /** @type {const} */ (["issue", "city", "zone", "page", "type", "author", "batch", "indicator"]);

/** Terms that are asked for: a pasted sentence has hundreds, and a dozen of them tell where it may stand. Its text tells the rest. */
const MOST_TERMS = 12;
/** Texts that are read to be sure of results; what is ranked below them is taken on its pairs' word, and the total is an estimate. */
const VERIFIED = 300;
/** Candidates beyond those asked for that are read too, for an exact total. */
const REST = 20;
/** Candidates that are read to estimate how many of the others are right. */
const SAMPLE = 6;
const ALSO = 5;
/** Of the best match by pairs, the share that a partial one must reach. */
const CLOSE = 0.7;
const PARTIAL = 100;
/** Results at the top that are put in order by what their text shows. */
const TOP = 10;

/** The query was overtaken by a newer one. */
export class Stale extends Error {}

export class Engine {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
  }

  /**
   * @param {string} input
   * @param {Options} [options]
   * @param {() => boolean} [isStale]
   * @returns {Promise<Answered>}
   */
  async query(input, options = {}, isStale = () => false) {
    const start = performance.now();
    const head = await this.store.head();
    const search = new Search(this.store, head, options, isStale);
    const found = await search.run(String(input));
    return { ...found, elapsed_ms: performance.now() - start };
  }
}

/** One query under way. */
class Search {
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
    /** @type {Answered["notes"]} */
    this.notes = [];
  }

  /**
   * @param {string} input
   * @returns {Promise<Omit<Answered, "elapsed_ms">>}
   */
  async run(input) {
    const { terms, cut } = readQuery(input);
    if (cut) this.notes.push({ kind: "long", from: "", to: String(LONGEST_QUERY) });
    if (!terms.length) return this.nothing();
    this.allowed = await this.readFilters();
    const names = await this.store.names();
    const answers = await answer(
      this.store,
      terms.map(({ normal }) => normal),
    );
    const literal = (await this.literally(terms)) ?? (await this.simplified(terms));
    const found = literal ?? (await this.cut(terms)) ?? (await this.partially(terms)) ?? this.none();
    const also = await this.also(found.searched ?? terms, names, found);
    if (found.tier === "partial") found.results = found.results.filter(({ id }) => !also.some((other) => other.id === id));
    const counts = found.tier === "exact" || found.tier === "all" || terms.length < 2 ? [] : await this.countEach(terms);
    return {
      total: found.total,
      total_exact: found.total_exact,
      tier: found.tier,
      results: found.results,
      also,
      answers,
      terms: found.terms,
      notes: this.notes,
      suggestions: suggest(normalise(input), names),
      counts,
      ...(this.options.facets ? { facets: await this.countFacets(found.bits) } : {}),
    };
  }

  /** @returns {Omit<Answered, "elapsed_ms">} */
  nothing() {
    const { tier, total, total_exact, results, terms } = this.none();
    return { tier, total, total_exact, results, terms, also: [], answers: [], notes: this.notes, suggestions: [], counts: [] };
  }

  /** @returns {Found} */
  none() {
    const bits = bitsOf(this.head.documents);
    return { tier: "none", total: 0, total_exact: true, results: [], terms: [], bits, searched: undefined };
  }

  check() {
    if (this.isStale()) throw new Stale();
  }

  /**
   * Articles that hold every term, as typed.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async literally(terms) {
    const normals = terms.map(({ normal }) => normal);
    const candidates = await this.candidates(normals);
    const tier = terms.length === 1 ? "exact" : "all";
    const found = candidates && (await this.collect(tier, normals, candidates));
    return found && { ...found, searched: terms };
  }

  /**
   * The same with simplified characters, where the query has traditional ones.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async simplified(terms) {
    const table = await this.store.traditional();
    const changed = terms.map((term) => {
      const normal = Array.from(term.normal, (char) => table.get(char) ?? char).join("");
      return { ...term, normal };
    });
    if (changed.every(({ normal }, at) => normal === terms[at].normal)) return null;
    terms.forEach((term, at) => (term.normal = changed[at].normal));
    this.notes.push({ kind: "simplified", from: terms.map(({ text }) => text).join(" "), to: joined(changed) });
    return this.literally(changed);
  }

  /**
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async cut(terms) {
    const { documents, longest } = this.head;
    /** @type {string[]} */
    const parts = [];
    let allowed = this.allowed ?? everything(documents);
    /** @type {Term[]} */
    const broken = [];
    for (const term of terms) {
      const candidates = await this.candidates([term.normal]);
      const within = candidates && both(allowed, candidates.bits);
      const whole = within && countBits(within) && (terms.length > 1 || term.quoted);
      if (whole) {
        allowed = within;
        parts.push(term.normal);
      } else if (term.quoted || Array.from(term.normal).length > LONGEST_CUT) return null;
      else broken.push(term);
    }
    for (const term of broken) {
      const chars = Array.from(term.normal);
      if (chars.length < 4) return null;
      const wanted = new Set([...chars.slice(1).map((char, at) => chars[at] + char), ...substrings(term.normal, longest).keys()]);
      const postings = await this.store.postings(wanted);
      this.check();
      const words = new Set([...postings].filter(([text, { isWord }]) => isWord && text.length > 1).map(([text]) => text));
      const cuts = findCuts(chars, postings, words, allowed, documents);
      if (broken.length === 1) {
        for (const one of cuts.slice(0, 6)) {
          const found = await this.collect("cut", [...parts, ...one.parts], await this.candidatesOf([...parts, ...one.parts]));
          if (found) {
            this.notes.push({ kind: "cut", from: joined(terms), to: [...parts, ...one.parts].join(" ") });
            return found;
          }
        }
        return null;
      }
      if (!cuts.length) return null;
      parts.push(...cuts[0].parts);
      allowed = cuts[0].bits;
    }
    const found = parts.length > terms.length ? await this.collect("cut", parts, await this.candidatesOf(parts)) : null;
    if (found) this.notes.push({ kind: "cut", from: joined(terms), to: parts.join(" ") });
    return found;
  }

  /** @param {string[]} normals */
  async candidatesOf(normals) {
    const { documents } = this.head;
    return (await this.candidates(normals)) ?? { bits: bitsOf(documents), sure: true, headline: bitsOf(documents) };
  }

  /**
   * What has most of the query's pairs; no more than that is promised.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async partially(terms) {
    const { documents } = this.head;
    const wanted = spread(
      terms.flatMap(({ normal }) => queryTerms(normal)),
      2 * MOST_TERMS,
    );
    const postings = await this.store.postings(wanted);
    const shares = new Float64Array(documents);
    for (const posting of postings.values()) for (const document of posting.documents) shares[document] += 1 / wanted.length;
    let best = 0;
    for (let i = 0; i < documents; i++) {
      if (this.allowed && !hasBit(this.allowed, i)) shares[i] = 0;
      best = Math.max(best, shares[i]);
    }
    if (!best) return null;
    const scores = await this.scores(terms.map(({ normal }) => normal));
    const order = Array.from(shares.keys()).filter((document) => shares[document] >= best * CLOSE);
    order.sort((a, b) => shares[b] - shares[a] || scores[b] - scores[a] || a - b);
    const shown = order.slice(0, PARTIAL);
    const page = shown.slice(this.offset, this.offset + this.limit);
    const texts = await this.store.texts(page);
    this.check();
    const parts = longestParts(terms, postings);
    const results = page.map((document, at) => this.present(texts[at], parts, scores[document]));
    return { tier: "partial", total: shown.length, total_exact: true, results, terms: parts, bits: bitsOf(documents, shown) };
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
    const order = listBits(bits);
    if (this.options.sort !== "date") {
      order.sort((a, b) => Number(hasBit(headline, b)) - Number(hasBit(headline, a)) || scores[b] - scores[a] || a - b);
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
    while (at < order.length && (hits.length < need || !hits.length) && (at < VERIFIED || !hits.length)) {
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

  /**
   * What is found by another name for what is asked, and not by the query itself.
   * @param {Term[]} terms
   * @param {import("./store.js").Names} names
   * @param {Found} found
   * @returns {Promise<Result[]>}
   */
  async also(terms, names, found) {
    const literal = found.tier === "partial" ? bitsOf(this.head.documents) : found.bits;
    let seen = literal;
    /** @type {Result[]} */
    const results = [];
    for (const { from, to, terms: normals } of variants(terms, names)) {
      if (results.length >= ALSO) break;
      const candidates = await this.candidates(normals);
      if (!candidates) continue;
      const bits = without(candidates.bits, seen);
      const other = new Search(this.store, this.head, { limit: ALSO - results.length }, this.isStale);
      const more = await other.collect("exact", normals, { ...candidates, bits });
      if (!more) continue;
      this.notes.push({ kind: "alias", from, to });
      seen = either(seen, more.bits);
      results.push(...more.results.map((result) => ({ ...result, via: to })));
    }
    return results;
  }

  /**
   * How many articles have each term, for a reader to see which one to leave out.
   * @param {Term[]} terms
   */
  async countEach(terms) {
    const counts = await Promise.all(terms.map(({ normal }) => this.candidates([normal])));
    return terms.map(({ text }, at) => ({ term: text, total: counts[at] ? countBits(/** @type {Candidates} */ (counts[at]).bits) : 0 }));
  }

  /** @returns {Promise<Bits|null>} the documents that pass every filter, `null` where there is none */
  async readFilters() {
    const wanted = FILTERS.filter((name) => list(this.options[name]).length);
    if (!wanted.length) return null;
    const sets = await Promise.all(wanted.map((name) => this.filter(name)));
    return sets.reduce(both);
  }

  /** @param {(typeof FILTERS)[number]} name */
  async filter(name) {
    const { documents } = this.head;
    const facet = (await this.store.facets())[name];
    let bits = bitsOf(documents);
    for (const value of list(this.options[name])) {
      const normal = normalise(value);
      facet?.values.forEach((known, at) => {
        if (known.value === value || normalise(known.label) === normal || known.also.includes(normal)) {
          bits = either(bits, bitsOf(documents, facet.documents[at]));
        }
      });
    }
    return bits;
  }

  /** @param {Bits} bits */
  async countFacets(bits) {
    const facets = await this.store.facets();
    /** @type {NonNullable<Answered["facets"]>} */
    const counted = {};
    for (const name of FILTERS) {
      const facet = facets[name];
      if (!facet) continue;
      counted[name] = facet.values
        .map(({ value, label }, at) => ({ value, label, count: countIn(bits, facet.documents[at]) }))
        .filter(({ value, label, count }) => count || list(this.options[name]).some((wanted) => wanted === value || wanted === label));
    }
    return counted;
  }
}

/**
 * @typedef {{bits: Bits, headline: Bits, sure: boolean}} Candidates `sure`: the terms are the query, so no text need be read
 * @typedef {Pick<Answered, "tier"|"total"|"total_exact"|"results"|"terms"> & {bits: Bits, searched?: Term[]}} Found
 */

/** @param {number} number @param {number} low @param {number} high */
function clamp(number, low, high) {
  return Math.min(high, Math.max(low, Math.floor(Number(number)) || 0));
}

/** @param {string|string[]|undefined} value @returns {string[]} */
function list(value) {
  return (Array.isArray(value) ? value : [value ?? ""]).map(String).filter((one) => one);
}

/**
 * At most `most` of `terms`, from all over the query.
 * @param {string[]} terms
 * @param {number} most
 */
function spread(terms, most) {
  return terms.length <= most ? terms : Array.from({ length: most }, (_, i) => terms[Math.floor((i * (terms.length - 1)) / (most - 1))]);
}

/** @param {Term[]} terms */
function joined(terms) {
  return terms.map(({ normal }) => normal).join(" ");
}

/** @param {number} documents */
function everything(documents) {
  const bits = bitsOf(documents);
  for (let i = 0; i < documents; i++) bits[i >>> 5] |= 1 << (i & 31);
  return bits;
}

/** @param {Bits} bits @param {Uint32Array} documents */
function countIn(bits, documents) {
  let count = 0;
  for (const document of documents) if (hasBit(bits, document)) count++;
  return count;
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

/**
 * The longest parts of the query whose pairs are all in the index, for marking.
 * @param {Term[]} terms
 * @param {Map<string, unknown>} postings
 * @returns {string[]}
 */
function longestParts(terms, postings) {
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

export { SearchError };
