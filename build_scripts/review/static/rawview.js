// The left side: the raw page line by line, each character in the colour of the article that has it, with its name before the line.

import { SHORT } from "./words.js";
import { find, make, reveal } from "./dom.js";

/** @import {Note, Remark, Span} from "./types.js" */
/** @import {Piece} from "./owners.js" */
/** @import {RawPage} from "./page.js" */
/** @import {Selection} from "./selection.js" */
/** @import {Labels} from "./labels.js" */

/**
 * @typedef {{lines(from: number, to: number): void, chars(anchor: number, focus: number): void}} Handlers
 * `lines`: whole lines were chosen; `chars`: characters between two offsets, or one place where both are the same.
 */

/** Lines that the browser lays out together, or not at all while they are out of sight. */
const STRIP = 40;

export class RawView {
  /**
   * @param {HTMLElement} box
   * @param {RawPage} page
   * @param {Labels} labels
   * @param {Handlers} handlers
   */
  constructor(box, page, labels, handlers) {
    this.box = box;
    this.page = page;
    this.labels = labels;
    this.handlers = handlers;
    /** @type {string[]} */
    this.keys = [];
    /** How many lines were drawn anew since the page was opened: the work that a change costs. */
    this.drawn = 0;
    /** @type {Piece[][]} */
    this.pieces = page.lines.map(() => []);
    /** @type {{number: HTMLElement, text: HTMLElement, row: HTMLElement}[]} */
    this.rows = page.lines.map((line, index) => {
      const number = make("span", { class: "number" });
      const text = make("span", { class: "text" });
      const row = make("div", { class: "line", id: `line-${index + 1}`, role: "option", "aria-selected": "false" }, number, text);
      if (!line.trim()) {
        row.classList.add("blank");
        row.setAttribute("aria-label", `第${index + 1}行，空行`);
      }
      return { number, text, row };
    });
    /** @type {HTMLElement[]} */
    const strips = [];
    this.rows.forEach(({ row }, index) => {
      if (index % STRIP === 0) strips.push(make("div", { class: "strip", role: "presentation" }));
      strips[strips.length - 1].append(row);
    });
    box.replaceChildren(...strips);
    /** @type {number|null} */
    this.dragged = null;
    box.addEventListener("pointerdown", (event) => this.press(event));
    box.addEventListener("pointermove", (event) => this.drag(event));
    box.addEventListener("pointerup", (event) => this.release(event));
  }

  /**
   * Draws what has changed.
   * @param {Piece[][]} pieces
   * @param {Selection} selection
   * @param {Map<number, {remarks: Remark[], notes: Note[]}>} remarks by line
   */
  draw(pieces, selection, remarks) {
    this.pieces = pieces;
    const spans = selection.spans;
    for (let line = 1; line <= this.rows.length; line += 1) {
      const [from, to] = this.page.line(line);
      /** @type {Span[]} */
      const chosen = [];
      for (const [start, end] of spans) if (start < to && from < end) chosen.push([Math.max(start, from), Math.min(end, to)]);
      const caret = selection.caret !== null && from <= selection.caret && selection.caret <= to ? selection.caret : null;
      const said = remarks.get(line);
      const open = said?.remarks.some(({ doubt }) => doubt) ? "？" : said && (said.remarks.length || said.notes.length) ? "·" : "";
      const names = pieces[line - 1].map(({ span, owner, twice }) => `${span} ${twice} ${owner ? this.nameOf(owner) : ""}`);
      const key = `${names.join("|")} ${chosen.join(" ")} ${caret} ${open}`;
      if (key !== this.keys[line - 1]) {
        this.keys[line - 1] = key;
        this.drawn += 1;
        this.line(line, chosen, caret, open);
      }
    }
    const current = this.rows[selection.line - 1];
    if (current && this.box.getAttribute("aria-activedescendant") !== current.row.id) {
      this.box.querySelector(".line.current")?.classList.remove("current");
      this.box.setAttribute("aria-activedescendant", current.row.id);
      current.row.classList.add("current");
    }
  }

  /** @param {import("./model.js").Owned} owner */
  nameOf(owner) {
    const number = owner.part === "body" ? String(owner.index + 1) : "";
    return `${owner.article === null ? "" : this.labels.number(owner.article)}${SHORT[owner.part]}${number}`;
  }

  /**
   * @param {number} line
   * @param {Span[]} chosen
   * @param {number|null} caret
   * @param {string} mark
   */
  line(line, chosen, caret, mark) {
    const { number, text, row } = this.rows[line - 1];
    const pieces = this.pieces[line - 1];
    const names = [...new Set(pieces.map(({ owner, twice }) => (twice ? "重复" : owner ? this.nameOf(owner) : "未归")))];
    number.replaceChildren(
      make("span", { class: `mark${mark === "？" ? " doubt" : ""}` }, mark),
      make("span", { class: "count" }, String(line)),
      make("span", { class: `name${pieces.some(({ owner, twice }) => !owner || twice) ? " loose" : ""}` }, names.join(" ")),
    );
    row.setAttribute("aria-selected", String(chosen.length > 0));
    const [from, to] = this.page.line(line);
    const edges = new Set([from, to]);
    for (const { span } of pieces) edges.add(span[0]).add(span[1]);
    for (const [start, end] of chosen) edges.add(Math.max(from, start)).add(Math.min(to, end));
    if (caret !== null) edges.add(caret);
    const cuts = [...edges].sort((a, b) => a - b);
    /** @type {Node[]} */
    const nodes = [];
    cuts.forEach((start, at) => {
      if (start === caret) nodes.push(make("span", { class: "caret" }));
      const end = cuts[at + 1];
      if (end === undefined) return;
      const piece = pieces.find(({ span }) => span[0] <= start && start < span[1]);
      const selected = chosen.some((span) => span[0] <= start && start < span[1]);
      nodes.push(make("span", { class: this.classOf(piece, selected), dataset: { start } }, this.page.slice([start, end])));
    });
    text.replaceChildren(...nodes);
  }

  /**
   * @param {Piece|undefined} piece
   * @param {boolean} selected
   */
  classOf(piece, selected) {
    const names = ["piece"];
    if (piece) {
      if (!piece.owner || piece.twice) names.push("loose");
      else names.push(piece.owner.article === null ? "furniture" : this.labels.hue(piece.owner.article), `is-${piece.owner.part}`);
    }
    if (selected) names.push("selected");
    return names.join(" ");
  }

  /** @param {number} line */
  show(line) {
    const row = this.rows[line - 1]?.row;
    if (row) reveal(this.box, row, "center");
  }

  // ---- the mouse -------------------------------------------------------------------------------------------------------------

  /** @param {EventTarget|Element|null} target */
  lineOf(target) {
    const row = target instanceof Element ? target.closest(".line") : null;
    return row ? Number(row.id.slice("line-".length)) : null;
  }

  /** @param {PointerEvent} event */
  press(event) {
    const line = this.lineOf(event.target);
    if (event.button !== 0 || line === null) return;
    const inText = event.target instanceof Element && event.target.closest(".text") !== null;
    if (event.shiftKey) {
      event.preventDefault();
      this.handlers.lines(0, line);
    } else if (!inText) {
      event.preventDefault();
      this.dragged = line;
      this.box.focus({ preventScroll: true });
      this.handlers.lines(line, line);
    }
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (this.dragged === null || !(event.buttons & 1)) return;
    const line = this.lineOf(document.elementFromPoint(event.clientX, event.clientY));
    if (line !== null) this.handlers.lines(this.dragged, line);
  }

  /** @param {PointerEvent} event */
  release(event) {
    if (this.dragged !== null) {
      this.dragged = null;
      return;
    }
    if (event.shiftKey || event.button !== 0) return;
    const chosen = getSelection();
    if (!chosen || !chosen.anchorNode || !chosen.focusNode || !this.box.contains(chosen.anchorNode)) return;
    const anchor = this.offsetAt(chosen.anchorNode, chosen.anchorOffset);
    const focus = this.offsetAt(chosen.focusNode, chosen.focusOffset);
    chosen.removeAllRanges();
    this.box.focus({ preventScroll: true });
    if (anchor !== null && focus !== null) this.handlers.chars(anchor, focus);
  }

  /**
   * The page's offset at a place of the document.
   * @param {Node} node
   * @param {number} at
   */
  offsetAt(node, at) {
    const element = node instanceof Element ? node : node.parentElement;
    const line = this.lineOf(element);
    if (line === null) return null;
    const piece = element?.closest(".piece");
    if (!(piece instanceof HTMLElement)) {
      // Beside the text: the line's beginning or its end.
      const [from, to] = this.page.line(line);
      return element?.closest(".text") && at > 0 ? to : from;
    }
    const before = node instanceof Element ? (at > 0 ? (node.textContent ?? "") : "") : (node.textContent ?? "").slice(0, at);
    return Number(piece.dataset.start) + Array.from(before).length;
  }
}

/** @param {HTMLElement} box */
export const linesInView = (box) => Math.max(1, Math.floor(box.clientHeight / (find(".line", box).offsetHeight || 24)) - 1);
