// What the editor has chosen: whole lines, some characters, or a part of an article on the right side.

/** @import {Model, Span, Unit} from "./types.js" */
/** @import {RawPage} from "./page.js" */

export class Selection {
  /** @param {RawPage} page */
  constructor(page) {
    this.page = page;
    /** @type {"lines"|"chars"|"unit"} */
    this.mode = "lines";
    /** Lines where the mode is "lines", offsets where it is "chars". */
    this.anchor = 1;
    this.focus = 1;
    /** @type {Unit|null} */
    this.unit = null;
    /** @type {Span[]} */
    this.unitSpans = [];
    /** The place where a paragraph may be parted. @type {number|null} */
    this.caret = null;
  }

  /** The current line. */
  get line() {
    if (this.mode === "lines") return this.focus;
    if (this.mode === "chars") return this.page.lineAt(this.focus);
    return this.page.lineAt(this.caret ?? this.unitSpans[0][0]);
  }

  /** What an action concerns. @returns {Span[]} */
  get spans() {
    if (this.mode === "unit") return this.unitSpans;
    if (this.mode === "chars" && this.anchor !== this.focus) {
      const span = this.page.trim([Math.min(this.anchor, this.focus), Math.max(this.anchor, this.focus)]);
      return span ? [span] : [];
    }
    const ends = this.mode === "lines" ? [this.anchor, this.focus] : [this.line, this.line];
    const span = this.page.trim([this.page.line(Math.min(...ends))[0], this.page.line(Math.max(...ends))[1]]);
    return span ? [span] : [];
  }

  /** Where a paragraph would be parted: at the caret, else where the selection begins. */
  get point() {
    return this.caret ?? this.spans[0]?.[0] ?? null;
  }

  /**
   * @param {number} anchor 0: the anchor stays
   * @param {number} focus
   */
  lines(anchor, focus) {
    const before = this.mode === "lines" ? this.anchor : this.line;
    this.mode = "lines";
    this.anchor = anchor || before;
    this.focus = Math.min(Math.max(1, focus), this.page.lines.length);
    this.unit = null;
    this.caret = null;
  }

  /**
   * @param {number} anchor
   * @param {number} focus
   */
  chars(anchor, focus) {
    this.mode = "chars";
    this.anchor = anchor;
    this.focus = focus;
    this.unit = null;
    this.caret = anchor === focus ? focus : null;
  }

  /**
   * @param {Unit} unit
   * @param {Span[]} spans
   * @param {number|null} caret
   */
  choose(unit, spans, caret = null) {
    this.mode = "unit";
    this.unit = unit;
    this.unitSpans = spans;
    this.caret = caret;
  }

  /**
   * Moves the caret by characters, within the current line.
   * @param {number} by
   * @param {boolean} extend
   */
  step(by, extend) {
    const line = this.line;
    const [from, to] = this.page.line(line);
    const now = this.mode === "chars" ? this.focus : by > 0 ? from - (extend ? 0 : 1) : to + (extend ? 0 : 1);
    const next = Math.min(Math.max(from, now + by), to);
    this.chars(extend ? (this.mode === "chars" ? this.anchor : by > 0 ? from : to) : next, next);
  }

  /**
   * After a step: the unit may be gone or elsewhere. What was chosen stays chosen, as text.
   * @param {Model} model
   */
  refresh(model) {
    if (this.mode !== "unit" || !this.unit) return;
    const article = model.articles.find(({ id }) => id === this.unit?.article);
    const key = JSON.stringify(this.unitSpans);
    const { part, index } = this.unit;
    /** @type {Span[][]} */
    const places = !article ? [] : part === "body" ? article.body.map((block) => block.spans) : article[part].map((span) => [span]);
    if (JSON.stringify(places[index]) === key) return;
    const at = places.findIndex((spans) => JSON.stringify(spans) === key);
    if (at >= 0) this.unit = { ...this.unit, index: at };
    else if (places[index] && places[index][0][0] === this.unitSpans[0][0]) this.unitSpans = places[index];
    else {
      for (const other of model.articles) {
        const block = other.body.findIndex((block) => JSON.stringify(block.spans) === key);
        if (block >= 0) {
          this.unit = { article: other.id, part: "body", index: block };
          return;
        }
      }
      const [start, end] = this.unitSpans[0];
      this.chars(start, end);
    }
  }
}
