// The files of the index: which there are, where they are, and those already here.

import { lastAtMost, Posting, Shard } from "./shard.js";
import { normalise } from "./normalise.js";

/**
 * @typedef {object} Head
 * @property {number} documents
 * @property {number} b
 * @property {number} k1
 * @property {number} longest characters of the longest word
 * @property {number} details documents in a piece of the table of titles
 * @property {{name: string, boost: number, average: number, lengths: Uint32Array}[]} fields the body last
 * @property {string[]} shards first term of each piece
 * @property {Uint32Array} texts first document of each piece
 *
 * @typedef {object} Segment
 * @property {"title"|"head"|"body"|"printed"} kind
 * @property {string} anchor
 * @property {string} text
 * @property {string} normal
 *
 * @typedef {object} Text one article as results show it
 * @property {string} id
 * @property {string} url
 * @property {string} title
 * @property {boolean} untitled
 * @property {string|null} kicker
 * @property {string} issue
 * @property {string} issue_label
 * @property {string} page
 * @property {string} type
 * @property {string|null} date
 * @property {Segment[]} segments
 *
 * @typedef {object} Names
 * @property {[string[], string[]][]} aliases names of one thing, in normal form: those that may be found, those that can be asked for
 * @property {[string, string, string, string][]} suggestions name, pinyin, initials, address
 *
 * @typedef {object} Facet
 * @property {{value: string, label: string, also: string[]}[]} values
 * @property {Uint32Array[]} documents for each value
 *
 * @typedef {object} Manifest
 * @property {number} version
 * @property {string} folder
 * @property {number} documents
 * @property {boolean} full_text
 * @property {boolean} answers
 */

const VERSION = 1;

/** Texts that are kept, in pieces: about 20 MB. Postings stay packed, so that pieces of the index are small. */
const KEPT_TEXTS = 3000;
const KEPT_SHARDS = 1500;
const KEPT_POSTINGS = 60;

/** Downloads under way at once; browsers would queue more anyway. */
const AT_ONCE = 16;

/** What went wrong, in words for a reader. */
export class SearchError extends Error {}

/** Keeps the most recently used of its entries. @template T */
class Recent {
  /** @param {number} most */
  constructor(most) {
    this.most = most;
    /** @type {Map<string, Promise<T>>} */
    this.entries = new Map();
  }

  /**
   * @param {string} key
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  get(key, make) {
    const found = this.entries.get(key);
    if (found) {
      this.entries.delete(key);
      this.entries.set(key, found);
      return found;
    }
    const made = make();
    this.entries.set(key, made);
    // What failed is asked for anew the next time.
    made.catch(() => this.entries.delete(key));
    if (this.entries.size > this.most) this.entries.delete(/** @type {string} */ (this.entries.keys().next().value));
    return made;
  }
}

/**
 * Unpacks zlib data; its checksum tells what was cut short on the way.
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
async function unpack(bytes) {
  if (typeof DecompressionStream === "undefined") {
    throw new SearchError("这个浏览器太旧，不能检索。请更新浏览器，或按期、按市浏览。");
  }
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Store {
  /**
   * @param {(path: string, fresh?: boolean) => Promise<Uint8Array>} load gets a file below search/; `fresh` asks past the cache
   */
  constructor(load) {
    this.load = load;
    /** @type {Recent<any>} */
    this.files = new Recent(40);
    /** @type {Recent<Shard>} */
    this.shards = new Recent(KEPT_SHARDS);
    /** @type {Recent<Text[]>} */
    this.pieces = new Recent(KEPT_TEXTS);
    /** @type {Recent<Posting>} */
    this.unpacked = new Recent(KEPT_POSTINGS);
    this.fresh = false;
    this.running = 0;
    /** @type {(() => void)[]} */
    this.waiting = [];
  }

  /** @returns {Promise<Manifest>} */
  manifest() {
    return this.files.get("manifest.json", async () => {
      const manifest = JSON.parse(new TextDecoder().decode(await this.load("manifest.json", this.fresh)));
      if (manifest.version !== VERSION) throw new SearchError("检索程序与索引的版本不合，请刷新本页。");
      return manifest;
    });
  }

  /** Forgets everything: the site was published anew, and the pieces asked for are gone. */
  renew() {
    this.fresh = true;
    this.files.entries.clear();
    this.shards.entries.clear();
    this.pieces.entries.clear();
    this.unpacked.entries.clear();
  }

  /**
   * @param {string} name
   * @returns {Promise<Uint8Array>}
   */
  async bytes(name) {
    const { folder } = await this.manifest();
    while (this.running >= AT_ONCE) await new Promise((resolve) => this.waiting.push(() => resolve(null)));
    this.running++;
    try {
      return await unpack(await this.load(`${folder}/${name}`));
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  /**
   * @param {string} name
   * @returns {Promise<any>}
   */
  json(name) {
    return this.files.get(name, async () => JSON.parse(new TextDecoder().decode(await this.bytes(name))));
  }

  /** @returns {Promise<Head>} */
  head() {
    return this.files.get("head", async () => {
      const [head, lengths] = await Promise.all([this.json("head.bin"), this.bytes("lengths.bin")]);
      let at = 0;
      const number = () => {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          const byte = lengths[at++];
          value += (byte & 0x7f) << shift;
          if (!(byte & 0x80)) return value;
        }
      };
      for (const field of head.fields) field.lengths = Uint32Array.from({ length: head.documents }, number);
      return { ...head, texts: sums(head.texts) };
    });
  }

  /**
   * The entries of `terms` that the index has; the others are in no document.
   * @param {Iterable<string>} terms
   * @returns {Promise<Map<string, Posting>>}
   */
  async postings(terms) {
    const head = await this.head();
    /** @type {Map<number, string[]>} */
    const wanted = new Map();
    for (const term of terms) {
      const number = lastAtMost(head.shards, term);
      if (number >= 0) wanted.set(number, [...(wanted.get(number) ?? []), term]);
    }
    /** @type {Map<string, Posting>} */
    const found = new Map();
    await Promise.all(
      [...wanted].map(async ([number, inShard]) => {
        const name = `terms/${number}.bin`;
        const shard = await this.shards.get(name, async () => new Shard(await this.bytes(name)));
        for (const term of inShard) {
          const entry = shard.entry(term);
          if (!entry) continue;
          const make = async () => new Posting(entry, head.documents, head.fields.length);
          found.set(term, await this.unpacked.get(term, make));
        }
      }),
    );
    return found;
  }

  /**
   * @param {number[]} documents
   * @returns {Promise<Text[]>}
   */
  async texts(documents) {
    const head = await this.head();
    return Promise.all(
      documents.map(async (document) => {
        const number = lastAtMost(head.texts, document);
        const name = `texts/${number}.bin`;
        const piece = await this.pieces.get(name, async () => readTexts(await this.bytes(name)));
        return piece[document - head.texts[number]];
      }),
    );
  }

  /**
   * Id, address, title and issue, for results that nobody looks at closely.
   * @param {number[]} documents
   * @returns {Promise<[string, string, string, string][]>}
   */
  async details(documents) {
    const { details } = await this.head();
    return Promise.all(
      documents.map(async (document) => (await this.json(`details/${Math.floor(document / details)}.bin`))[document % details]),
    );
  }

  /** @returns {Promise<Names>} */
  names() {
    return this.json("names.bin");
  }

  /** Traditional character → simplified. @returns {Promise<Map<string, string>>} */
  traditional() {
    return this.files.get("traditional", async () => {
      const chars = Array.from(new TextDecoder().decode(await this.bytes("traditional.bin")));
      /** @type {Map<string, string>} */
      const table = new Map();
      for (let i = 0; i + 1 < chars.length; i += 2) table.set(chars[i], chars[i + 1]);
      return table;
    });
  }

  /** @returns {Promise<Record<string, Facet>>} */
  facets() {
    return this.files.get("facets", async () => {
      const facets = await this.json("facets.bin");
      for (const facet of Object.values(facets)) facet.documents = facet.documents.map(sums);
      return facets;
    });
  }
}

/**
 * Steps → places.
 * @param {number[]} steps
 */
function sums(steps) {
  let sum = 0;
  return Uint32Array.from(steps, (step) => (sum += step));
}

/**
 * @param {Uint8Array} bytes
 * @returns {Text[]}
 */
function readTexts(bytes) {
  const rows = JSON.parse(new TextDecoder().decode(bytes));
  for (const row of rows) {
    row.segments = row.segments.map((/** @type {[string, string, string]} */ [kind, anchor, text]) => {
      return { kind, anchor, text, normal: normalise(text) };
    });
  }
  return rows;
}
