// The files of the index: which there are, where they are, and those already here.

import { lastAtMost, Posting, Shard } from "./shard.js";
import { normalise } from "./normalise.js";

/**
 * @typedef {object} Head
 * @property {number} documents
 * @property {number} b
 * @property {number} k1
 * @property {number} longest characters of the longest word
 * @property {number} common a pair in more documents of a block than these is common there, and triples of two such pairs are terms
 * @property {{name: string, boost: number, average: number, lengths: Uint32Array}[]} fields the body last
 * @property {IndexSegment[]} segments
 * @property {Block[]} blocks
 *
 * @typedef {object} IndexSegment the pieces of the index for consecutive documents
 * @property {string} folder
 * @property {number} start number of its first document
 * @property {number} documents
 * @property {string[]} shards first term of each piece
 * @property {string[]} answers first key of each piece of the answers
 *
 * @typedef {object} Block the texts of consecutive documents
 * @property {string} folder
 * @property {number} start
 * @property {number} documents
 * @property {Uint32Array} texts first document of each piece, counted from the block's first
 *
 * @typedef {object} Segment
 * @property {"title"|"head"|"body"|"printed"} kind
 * @property {string} anchor
 * @property {string} text
 * @property {string} normal
 *
 * @typedef {object} Text one article as results show it
 * @property {string} id
 * @property {string} page_id
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
 * @property {[string, string, string, string][]} suggestions name, readings, initials, address
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

const VERSION = 3;

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
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  // A checksum that fails fails what is read too: that is where it is told.
  writer.write(/** @type {BufferSource} */ (bytes)).catch(() => {});
  writer.close().catch(() => {});
  return new Uint8Array(await new Response(readable).arrayBuffer());
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
   * A file below search/, unpacked.
   * @param {string} path
   * @returns {Promise<Uint8Array>}
   */
  async bytes(path) {
    while (this.running >= AT_ONCE) await new Promise((resolve) => this.waiting.push(() => resolve(null)));
    this.running++;
    try {
      return await unpack(await this.load(path));
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  json(path) {
    return this.files.get(path, async () => JSON.parse(new TextDecoder().decode(await this.bytes(path))));
  }

  /**
   * A file of the folder that tells of all documents.
   * @param {string} name
   * @returns {Promise<any>}
   */
  async whole(name) {
    return this.json(`${(await this.manifest()).folder}/${name}`);
  }

  /** @returns {Promise<Head>} */
  head() {
    return this.files.get("head", async () => {
      const { folder, documents } = await this.manifest();
      const [head, lengths] = await Promise.all([this.json(`${folder}/head.bin`), this.bytes(`${folder}/lengths.bin`)]);
      let at = 0;
      const number = () => {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          const byte = lengths[at++];
          value += (byte & 0x7f) << shift;
          if (!(byte & 0x80)) return value;
        }
      };
      for (const field of head.fields) field.lengths = Uint32Array.from({ length: documents }, number);
      for (const parts of [head.segments, head.blocks]) {
        let start = 0;
        for (const part of parts) {
          part.start = start;
          start += part.documents;
        }
      }
      for (const block of head.blocks) block.texts = sums(block.texts);
      return { ...head, documents };
    });
  }

  /**
   * The entries of `terms` that the index has; the others are in no document.
   * @param {Iterable<string>} terms
   * @returns {Promise<Map<string, Posting>>}
   */
  async postings(terms) {
    const head = await this.head();
    const fields = head.fields.length;
    const wanted = [...terms];
    const pieces = await Promise.all(head.segments.map((segment) => this.entries(segment, wanted, fields)));
    /** @type {Map<string, Posting>} */
    const found = new Map();
    for (const term of wanted) {
      const held = pieces.flatMap((ofSegment) => ofSegment.get(term) ?? []);
      if (held.length) found.set(term, await this.unpacked.get(term, async () => new Posting(held, fields)));
    }
    return found;
  }

  /**
   * @param {IndexSegment} segment
   * @param {string[]} terms
   * @param {number} fields
   * @returns {Promise<Map<string, import("./shard.js").Piece>>}
   */
  async entries({ folder, shards, start, documents: size }, terms, fields) {
    /** @type {Map<number, string[]>} */
    const wanted = new Map();
    for (const term of terms) {
      const number = lastAtMost(shards, term);
      if (number >= 0) wanted.set(number, [...(wanted.get(number) ?? []), term]);
    }
    /** @type {Map<string, import("./shard.js").Piece>} */
    const found = new Map();
    await Promise.all(
      [...wanted].map(async ([number, inShard]) => {
        const path = `${folder}/terms/${number}.bin`;
        const shard = await this.shards.get(path, async () => new Shard(await this.bytes(path), size, fields));
        for (const term of inShard) {
          const entry = shard.entry(term);
          if (entry) found.set(term, { entry, start, size });
        }
      }),
    );
    return found;
  }

  /**
   * The block of a document, and its number there.
   * @param {number} document
   */
  async place(document) {
    const { blocks } = await this.head();
    let at = blocks.length - 1;
    while (blocks[at].start > document) at--;
    return { block: blocks[at], number: document - blocks[at].start };
  }

  /**
   * @param {number[]} documents
   * @returns {Promise<Text[]>}
   */
  async texts(documents) {
    return Promise.all(
      documents.map(async (document) => {
        const { block, number } = await this.place(document);
        const at = lastAtMost(block.texts, number);
        const path = `${block.folder}/texts/${at}.bin`;
        const piece = await this.pieces.get(path, async () => readTexts(await this.bytes(path)));
        return piece[number - block.texts[at]];
      }),
    );
  }

  /**
   * Id, address, title and issue, for results that nobody looks at closely.
   * @param {number[]} documents
   * @returns {Promise<[string, string, string, string][]>}
   */
  async details(documents) {
    return Promise.all(
      documents.map(async (document) => {
        const { block, number } = await this.place(document);
        return (await this.json(`${block.folder}/details.bin`))[number];
      }),
    );
  }

  /** @returns {Promise<Names>} */
  names() {
    return this.whole("names.bin");
  }

  /** Traditional character → simplified. @returns {Promise<Map<string, string>>} */
  traditional() {
    return this.files.get("traditional", async () => {
      const bytes = await this.bytes(`${(await this.manifest()).folder}/traditional.bin`);
      const chars = Array.from(new TextDecoder().decode(bytes));
      /** @type {Map<string, string>} */
      const table = new Map();
      for (let i = 0; i + 1 < chars.length; i += 2) table.set(chars[i], chars[i + 1]);
      return table;
    });
  }

  /** @returns {Promise<Record<string, Facet>>} */
  facets() {
    return this.files.get("facets", async () => {
      const facets = await this.whole("facets.bin");
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
