// A piece of the index as build_scripts/search/shards.py writes it.

const OCCURRENCES = 1;
const HEADLINES = 2;
const WORDS = 4;
const BITS = 8;

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
      if (byte === undefined) throw new Error("the index ends in the middle of a number");
    }
  }

  /** @param {number} count */
  gaps(count) {
    const out = new Uint32Array(count);
    let last = -1;
    for (let i = 0; i < count; i++) {
      last += this.number() + 1;
      out[i] = last;
    }
    return out;
  }

  /**
   * @param {number} count
   * @param {number} size
   */
  bits(count, size) {
    const out = new Uint32Array(count);
    const end = (size + 7) >> 3;
    let found = 0;
    for (let i = 0; i < end; i++) {
      for (let byte = this.bytes[this.at + i], bit = 0; byte; byte >>= 1, bit++) {
        if (byte & 1) out[found++] = i * 8 + bit;
      }
    }
    this.at += end;
    return out;
  }
}

/** A piece of the index: sorted terms and their entries, still packed. Two arrays and no map: thousands of them stay in memory. */
export class Shard {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    const reader = new Reader(bytes);
    const length = reader.number();
    this.bytes = bytes;
    this.terms = new TextDecoder().decode(bytes.subarray(reader.at, reader.at + length)).split("\n");
    this.starts = new Uint32Array(this.terms.length);
    reader.at += length;
    for (let i = 0; i < this.terms.length; i++) {
      const size = reader.number();
      this.starts[i] = reader.at;
      reader.at += size;
    }
    if (reader.at !== bytes.length) throw new Error("a piece of the index has not the length that it should have");
  }

  /**
   * @param {string} term
   * @returns {Uint8Array|null}
   */
  entry(term) {
    const at = lastAtMost(this.terms, term);
    // An entry tells its own end: the next one's size may stand between.
    return at >= 0 && this.terms[at] === term ? this.bytes.subarray(this.starts[at]) : null;
  }
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

/** One term's entry, unpacked as far as it is asked for. */
export class Posting {
  /**
   * @param {Uint8Array} entry
   * @param {number} size number of documents
   * @param {number} fields number of fields, the body last
   */
  constructor(entry, size, fields) {
    const reader = new Reader(entry, 1);
    const has = entry[0];
    let documents = new Uint32Array(0);
    if (has & OCCURRENCES) {
      const count = reader.number();
      documents = has & BITS ? reader.bits(count, size) : reader.gaps(count);
    }
    /** Where the string stands, ascending; empty for longer words. */
    this.documents = documents;
    /** Those of them that have it in the headline. */
    this.headlines = has & HEADLINES ? reader.gaps(reader.number()) : new Uint32Array(0);
    /** Whether it is a word anywhere. */
    this.isWord = (has & WORDS) > 0;
    this.fields = fields;
    this.reader = reader;
    /** @type {{documents: Uint32Array, counts: Uint16Array}|null} */
    this.read = null;
  }

  /** Where it is a word, and how often, for each of these documents the fields in order. */
  get words() {
    this.read ??= this.readWords();
    return this.read;
  }

  /** @returns {{documents: Uint32Array, counts: Uint16Array}} */
  readWords() {
    if (!this.isWord) return { documents: new Uint32Array(0), counts: new Uint16Array(0) };
    const { reader, fields } = this;
    const start = reader.at;
    const first = this.readCounts(this.documents);
    const rest = reader.gaps(reader.number());
    const second = this.readCounts(rest);
    reader.at = start;
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
