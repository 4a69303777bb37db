// A piece of the index as build_scripts/search/shards.py writes it.

const HEADLINES = 1;
const WORDS = 2;
const BITS = 4;

const ENDS = "the index ends in the middle of a number";

/** Reads numbers of seven bits a byte. */
class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let byte = this.bytes[this.at++];
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; ; shift += 7) {
      byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
      if (byte === undefined) throw new Error(ENDS);
    }
  }

  /**
   * @param {number} count
   * @param {number} start number of the segment's first document
   */
  steps(count, start) {
    const out = new Uint32Array(count);
    let last = start - 1;
    for (let i = 0; i < count; i++) {
      last += this.number();
      out[i] = last;
    }
    return out;
  }

  /**
   * @param {number} count
   * @param {Piece} piece
   */
  bits(count, { size, start }) {
    const out = new Uint32Array(count);
    const end = (size + 7) >> 3;
    let found = 0;
    for (let i = 0; i < end; i++) {
      for (let byte = this.bytes[this.at + i], bit = 0; byte; byte >>= 1, bit++) {
        if (byte & 1) out[found++] = start + i * 8 + bit;
      }
    }
    this.at += end;
    return out;
  }

  /** @param {number} count numbers to pass over */
  skip(count) {
    while (count > 0) {
      if (this.at >= this.bytes.length) throw new Error(ENDS);
      if (this.bytes[this.at++] < 0x80) count--;
    }
  }
}

/** A piece of the index: sorted terms and their entries, still packed. Two arrays and no map: thousands of them stay in memory. */
export class Shard {
  /**
   * @param {Uint8Array} bytes
   * @param {number} size documents of the segment
   * @param {number} fields
   */
  constructor(bytes, size, fields) {
    const reader = new Reader(bytes);
    const length = reader.number();
    this.bytes = bytes;
    this.terms = readTerms(new TextDecoder().decode(bytes.subarray(reader.at, reader.at + length)));
    this.starts = new Uint32Array(this.terms.length);
    reader.at += length;
    for (let i = 0; i < this.terms.length; i++) {
      this.starts[i] = reader.at;
      skipEntry(reader, size, fields);
    }
    if (reader.at !== bytes.length) throw new Error("a piece of the index has not the length that it should have");
  }

  /**
   * @param {string} term
   * @returns {Uint8Array|null} from the term's entry on
   */
  entry(term) {
    const at = lastAtMost(this.terms, term);
    return at >= 0 && this.terms[at] === term ? this.bytes.subarray(this.starts[at]) : null;
  }
}

/**
 * Each term begins with a sign that tells how many characters it shares with the one before it.
 * @param {string} text
 */
function readTerms(text) {
  /** @type {string[]} */
  const terms = [];
  let last = "";
  for (let at = 0; at < text.length;) {
    const shared = text.charCodeAt(at) - 1;
    let end = at + 1;
    while (end < text.length && text.charCodeAt(end) >= 0x20) end++;
    last = last.slice(0, shared) + text.slice(at + 1, end);
    terms.push(last);
    at = end;
  }
  return terms;
}

/** @param {Reader} reader @param {number} size @param {number} fields */
function skipEntry(reader, size, fields) {
  const head = reader.number();
  const count = head >>> 3;
  if (head & BITS) reader.at += (size + 7) >> 3;
  else reader.skip(count);
  if (head & HEADLINES) reader.skip(reader.number());
  if (!(head & WORDS)) return;
  skipCounts(reader, count, fields);
  const rest = reader.number();
  reader.skip(rest);
  skipCounts(reader, rest, fields);
}

/** @param {Reader} reader @param {number} count @param {number} fields */
function skipCounts(reader, count, fields) {
  for (let i = 0; i < count; i++) if (reader.number() & 1) reader.skip(fields - 1);
}

/**
 * The number of the last of `sorted` that is not greater than `value`, -1 where all are.
 * @template {string|number} T
 * @param {ArrayLike<T>} sorted
 * @param {T} value
 */
export function lastAtMost(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * @typedef {object} Piece a term's entry in one segment
 * @property {Uint8Array} entry
 * @property {number} start number of the segment's first document
 * @property {number} size documents of the segment
 */

/** What the segments have of one term, unpacked as far as it is asked for. */
export class Posting {
  /**
   * @param {Piece[]} pieces in the order of the segments
   * @param {number} fields number of fields, the body last
   */
  constructor(pieces, fields) {
    this.parts = pieces.map((piece) => new Part(piece, fields));
    /** Where the string stands, ascending; empty for longer words. */
    this.documents = joined(this.parts.map(({ documents }) => documents));
    /** Those of them that have it in the headline. */
    this.headlines = joined(this.parts.map(({ headlines }) => headlines));
    /** Whether it is a word anywhere. */
    this.isWord = this.parts.some(({ isWord }) => isWord);
    /** @type {{documents: Uint32Array, counts: Uint16Array}|null} */
    this.read = null;
  }

  /** Where it is a word, and how often, for each of these documents the fields in order. */
  get words() {
    if (!this.read) {
      const parts = this.parts.map((part) => part.readWords());
      this.read = {
        documents: joined(parts.map(({ documents }) => documents)),
        counts: joined(parts.map(({ counts }) => counts)),
      };
    }
    return this.read;
  }
}

/**
 * @template {Uint32Array|Uint16Array} T
 * @param {T[]} arrays at least one
 * @returns {T}
 */
function joined(arrays) {
  if (arrays.length === 1) return arrays[0];
  const out = /** @type {T} */ (new /** @type {any} */ (arrays[0].constructor)(arrays.reduce((sum, { length }) => sum + length, 0)));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

/** What one segment has of a term. */
class Part {
  /**
   * @param {Piece} piece
   * @param {number} fields
   */
  constructor(piece, fields) {
    const reader = new Reader(piece.entry);
    const head = reader.number();
    const count = head >>> 3;
    this.documents = head & BITS ? reader.bits(count, piece) : reader.steps(count, piece.start);
    this.headlines = head & HEADLINES ? reader.steps(reader.number(), piece.start) : new Uint32Array(0);
    this.isWord = (head & WORDS) > 0;
    this.start = piece.start;
    this.fields = fields;
    this.reader = reader;
  }

  /** @returns {{documents: Uint32Array, counts: Uint16Array}} */
  readWords() {
    if (!this.isWord) return { documents: new Uint32Array(0), counts: new Uint16Array(0) };
    const { reader, fields } = this;
    const first = this.readCounts(this.documents);
    const rest = reader.steps(reader.number(), this.start);
    const second = this.readCounts(rest);
    if (!second.documents.length) return first;
    if (!first.documents.length) return second;
    const length = first.documents.length + second.documents.length;
    const documents = new Uint32Array(length);
    const counts = new Uint16Array(length * fields);
    for (let at = 0, i = 0, j = 0; at < length; at++) {
      const fromFirst = j >= second.documents.length || first.documents[i] < second.documents[j];
      const [source, row] = fromFirst ? [first, i++] : [second, j++];
      documents[at] = source.documents[row];
      for (let field = 0; field < fields; field++) counts[at * fields + field] = source.counts[row * fields + field];
    }
    return { documents, counts };
  }

  /** @param {Uint32Array} among */
  readCounts(among) {
    const { reader, fields } = this;
    const documents = new Uint32Array(among.length);
    const counts = new Uint16Array(among.length * fields);
    let found = 0;
    for (let i = 0; i < among.length; i++) {
      const packed = reader.number();
      if (!packed) continue;
      const at = found * fields;
      if (packed & 1) for (let field = 0; field < fields - 1; field++) counts[at + field] = reader.number();
      counts[at + fields - 1] = packed >> 1;
      documents[found++] = among[i];
    }
    return { documents: documents.slice(0, found), counts: counts.slice(0, found * fields) };
  }
}
