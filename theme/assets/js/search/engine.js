// A query → its results, in tiers: what holds the string; else what holds all terms; else the best cut of a run-together query into
// terms that occur together; else what comes closest. Pairs say which articles may have a string, their text says which do.

import { answer } from "./answers.js";
import { bitsOf, both, countBits, either, hasBit, without } from "./bits.js";
import { findCuts, LONGEST_CUT, longestParts } from "./cut.js";
import { countFacets, readFilters } from "./filters.js";
import { Gathering, MOST_TERMS, spread, Stale } from "./gather.js";
import { suggest, variants } from "./names.js";
import { normalise, runs } from "./normalise.js";
import { LONGEST_QUERY, readQuery } from "./query.js";
import { SearchError } from "./store.js";
import { queryTerms, substrings } from "./terms.js";

/**
 * @typedef {import("./bits.js").Bits} Bits
 * @typedef {import("./store.js").Head} Head
 * @typedef {import("./gather.js").Candidates} Candidates
 * @typedef {import("./gather.js").Found} Found
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
 * @property {{term: string, total: number, exact: boolean}[]} counts where nothing has all terms: how many have each
 * @property {Record<string, {value: string, label: string, count: number}[]>} [facets]
 * @property {number} elapsed_ms
 */

const ALSO = 5;
/** Of the best match by pairs, the share that a partial one must reach. */
const CLOSE = 0.7;
const PARTIAL = 100;

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
class Search extends Gathering {
  /** @type {Answered["notes"]} */
  notes = [];

  /**
   * @param {string} input
   * @returns {Promise<Omit<Answered, "elapsed_ms">>}
   */
  async run(input) {
    const { terms, cut } = readQuery(input);
    if (cut) this.notes.push({ kind: "long", from: "", to: String(LONGEST_QUERY) });
    if (!terms.length) return this.nothing();
    this.allowed = await readFilters(this.store, this.options);
    const names = await this.store.names();
    const literal = (await this.literally(terms)) ?? (await this.simplified(terms));
    const answers = await answer(
      this.store,
      terms.map(({ normal }) => normal),
    );
    const found = literal ?? (await this.cut(terms)) ?? (await this.partially(terms)) ?? this.none();
    const also = await this.also(found.searched ?? terms, names, found);
    if (found.tier === "partial") found.results = found.results.filter(({ id }) => !also.some((other) => other.id === id));
    const counts = found.tier === "partial" || found.tier === "none" ? await this.countEach(parted(terms)) : [];
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
      ...(this.options.facets ? { facets: await countFacets(this.store, this.options, found.bits) } : {}),
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
   * The query in parts that occur together: at its punctuation and its 的, else wherever words part.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async cut(terms) {
    const parts = parted(terms);
    if (joined(parts) !== joined(terms)) {
      const found = await this.literally(parts);
      if (found) {
        this.notes.push({ kind: "cut", from: joined(terms), to: joined(parts) });
        return { ...found, tier: "cut" };
      }
    }
    return this.cutRuns(parts);
  }

  /**
   * The same for terms without punctuation.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async cutRuns(terms) {
    const { documents, longest } = this.head;
    /** @type {string[][]} of each term */
    const parts = terms.map(() => []);
    let allowed = this.allowed ?? everything(documents);
    /** @type {number[]} */
    const broken = [];
    for (const [at, term] of terms.entries()) {
      const candidates = await this.candidates([term.normal]);
      const within = candidates && both(allowed, candidates.bits);
      const whole = within && countBits(within) && (terms.length > 1 || term.quoted);
      if (whole) {
        allowed = within;
        parts[at] = [term.normal];
      } else if (term.quoted || Array.from(term.normal).length > LONGEST_CUT) return null;
      else broken.push(at);
    }
    for (const at of broken) {
      const { normal } = terms[at];
      const chars = Array.from(normal);
      if (chars.length < 4) return null;
      const wanted = new Set([...chars.slice(1).map((char, i) => chars[i] + char), ...substrings(normal, longest).keys()]);
      const postings = await this.store.postings(wanted);
      this.check();
      const words = new Set([...postings].filter(([text, { isWord }]) => isWord && text.length > 1).map(([text]) => text));
      const cuts = findCuts(chars, postings, words, allowed, documents);
      if (broken.length === 1) {
        for (const one of cuts.slice(0, 6)) {
          parts[at] = one.parts;
          const found = await this.together(terms, parts);
          if (found) return found;
        }
        return null;
      }
      if (!cuts.length) return null;
      parts[at] = cuts[0].parts;
      allowed = cuts[0].bits;
    }
    return broken.length ? this.together(terms, parts) : null;
  }

  /**
   * What holds all parts of all terms.
   * @param {Term[]} terms
   * @param {string[][]} parts
   * @returns {Promise<Found|null>}
   */
  async together(terms, parts) {
    const normals = parts.flat();
    const found = await this.collect("cut", normals, await this.candidatesOf(normals));
    if (found) this.notes.push({ kind: "cut", from: joined(terms), to: normals.join(" ") });
    return found;
  }

  /**
   * What has most of the query's pairs; no more than that is promised.
   * @param {Term[]} terms
   * @returns {Promise<Found|null>}
   */
  async partially(terms) {
    const { documents } = this.head;
    const telling = terms.flatMap(({ normal }) => queryTerms(normal).filter((term) => term === normal || tells(term)));
    const wanted = spread(telling, 2 * MOST_TERMS);
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
    order.sort((a, b) => shares[b] - shares[a] || scores[b] - scores[a] || b - a);
    const shown = order.slice(0, PARTIAL);
    const page = shown.slice(this.offset, this.offset + this.limit);
    const texts = await this.store.texts(page);
    this.check();
    const parts = longestParts(terms, postings);
    const results = page.map((document, at) => this.present(texts[at], parts, scores[document]));
    return { tier: "partial", total: shown.length, total_exact: true, results, terms: parts, bits: bitsOf(documents, shown) };
  }

  /**
   * What is found by another name for what is asked, and not by the query itself.
   * @param {Term[]} terms
   * @param {import("./store.js").Names} names
   * @param {Found} found
   * @returns {Promise<Result[]>}
   */
  async also(terms, names, found) {
    // A whole name says more than its parts here and there: it is told even of an article that these have found.
    let seen = found.tier === "exact" || found.tier === "all" ? found.bits : bitsOf(this.head.documents);
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
    if (terms.length < 2) return [];
    const counts = await Promise.all(terms.map(({ normal }) => this.candidates([normal])));
    return terms.map(({ text }, at) => {
      const total = counts[at] ? countBits(counts[at].bits) : 0;
      return { term: text, total, exact: !total || Boolean(counts[at]?.sure) };
    });
  }
}

/**
 * Whether a part of a query tells anything of it: two letters of a word do not (datong is not partly LNG), nor a lone character.
 * @param {string} term
 */
function tells(term) {
  return Array.from(term).length > 1 && !/^[a-z ]{2}$/.test(term);
}

/**
 * The stretches of a query without punctuation, parted at a 的 that joins what is asked for (大同的签约), not at one inside a word (目的地).
 * @param {string} normal
 */
function phrases(normal) {
  return runs(normal).flatMap((run) => {
    const parts = run.split("的").filter((part) => part);
    return parts.every((part) => Array.from(part).length > 1) ? parts : [run];
  });
}

/**
 * The terms in {@link phrases}; what is quoted stays whole.
 * @param {Term[]} terms
 * @returns {Term[]}
 */
function parted(terms) {
  return terms.flatMap((term) => {
    const parts = term.quoted ? [] : phrases(term.normal);
    return parts.length > 1 ? parts.map((normal) => ({ ...term, text: normal, normal })) : [{ ...term, normal: parts[0] ?? term.normal }];
  });
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

export { SearchError, Stale };
