// The raw page: lines count from 1, columns and offsets from 0 in code points, as everywhere in this project.

/** @import {Span} from "./types.js" */

/** What Python's str.isspace takes for white space, among what a page may hold. */
const SPACE = /[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const PLACE = /^(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?$/;

/** @param {string} char */
const isBlank = (char) => char === "\n" || SPACE.test(char);

export class RawPage {
  /** @param {string[]} lines */
  constructor(lines) {
    this.lines = lines;
    // A line without characters beyond U+FFFF is indexed as it is; others are rare.
    this.chars = lines.map((line) => (/[\ud800-\udfff]/.test(line) ? Array.from(line) : line));
    this.starts = [0];
    for (const chars of this.chars) this.starts.push(this.starts[this.starts.length - 1] + chars.length + 1);
    this.end = this.starts[lines.length] - 1;
  }

  /**
   * The line that holds `offset`; the line break at its end is its own.
   * @param {number} offset
   */
  lineAt(offset) {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** @param {number} offset */
  column(offset) {
    return offset - this.starts[this.lineAt(offset) - 1];
  }

  /**
   * @param {number} line
   * @returns {Span}
   */
  line(line) {
    return [this.starts[line - 1], this.starts[line] - 1];
  }

  /** @param {number} offset */
  char(offset) {
    const line = this.lineAt(offset);
    return this.chars[line - 1][offset - this.starts[line - 1]] ?? "\n";
  }

  /**
   * The text of a span within one line.
   * @param {Span} span
   */
  slice([start, end]) {
    const line = this.lineAt(start);
    const from = this.starts[line - 1];
    const part = this.chars[line - 1].slice(start - from, end - from);
    return typeof part === "string" ? part : part.join("");
  }

  /**
   * The span without blank margins; null where it holds nothing else.
   * @param {Span} span
   * @returns {Span|null}
   */
  trim([start, end]) {
    while (start < end && isBlank(this.char(start))) start += 1;
    while (start < end && isBlank(this.char(end - 1))) end -= 1;
    return start < end ? [start, end] : null;
  }

  /**
   * The printed parts of a span, line by line.
   * @param {Span} span
   * @returns {Span[]}
   */
  rows([start, end]) {
    const found = [];
    const last = this.lineAt(Math.max(start, end - 1));
    for (let line = this.lineAt(start); line <= last; line += 1) {
      const [from, to] = this.line(line);
      const row = this.trim([Math.max(start, from), Math.min(end, to)]);
      if (row) found.push(row);
    }
    return found;
  }

  /**
   * Whether nothing is printed between two offsets.
   * @param {number} start
   * @param {number} end
   */
  isEmpty(start, end) {
    return start >= end || this.trim([start, end]) === null;
  }

  /**
   * A place as the layout file writes it: 8, 8-14, 37:11, 8:6-14, 8:0-8:6.
   * @param {string} place
   * @returns {Span}
   */
  parse(place) {
    const match = PLACE.exec(place);
    if (!match) throw new Error(`no place: ${place}`);
    const [first, firstColumn, last, lastColumn] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
    const start = this.starts[Number(first) - 1] + (firstColumn ?? 0);
    const line = last ?? Number(first);
    const end = lastColumn === null ? this.line(line)[1] : this.starts[line - 1] + lastColumn;
    return this.trim([start, end]) ?? [start, end];
  }

  /**
   * A span as a place with line and column at both ends.
   * @param {Span} span
   */
  write([start, end]) {
    return `${this.lineAt(start)}:${this.column(start)}-${this.lineAt(end - 1)}:${this.column(end - 1) + 1}`;
  }

  /**
   * Spans for people: 第8行, 第8–14行, 第8行第3–6字.
   * @param {Span[]} spans
   */
  describe(spans) {
    const whole = spans.every(([start, end]) => {
      const [from, to] = [this.line(this.lineAt(start))[0], this.line(this.lineAt(end - 1))[1]];
      return this.isEmpty(from, start) && this.isEmpty(end, to);
    });
    const first = this.lineAt(spans[0][0]);
    const last = this.lineAt(spans[spans.length - 1][1] - 1);
    if (first !== last) return `第${first}–${last}行${whole ? "" : "（部分）"}`;
    if (whole) return `第${first}行`;
    return `第${first}行第${this.column(spans[0][0]) + 1}–${this.column(spans[spans.length - 1][1] - 1) + 1}字`;
  }

  /**
   * The running text of spans, roughly as the program joins it: shown until its own reading is there.
   * @param {Span[]} spans
   */
  join(spans) {
    const text = spans
      .flatMap((span) => this.rows(span))
      .map((row) => this.slice(row))
      .join(" ");
    return text.replace(/(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])/g, "");
  }
}
