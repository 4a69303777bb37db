// The right side: articles as readers will see them, each a card; what cannot be read yet is shown as it is printed.

import { dressCard, makeCard } from "./cardframe.js";
import { arrange, find, make, reveal } from "./dom.js";
import { correctionsOf, factsOf, notesOf } from "./cardnotes.js";
import { dragBlocks } from "./drag.js";
import { PARTS } from "./model.js";
import { charAt, charsWithin, markedText, originOf, spansBehind } from "./passage.js";
import { PART, SHORT } from "./words.js";

/** @import {Article, Correction, Model, Passage, Problem, Reading, Span, Unit} from "./types.js" */
/** @import {Card} from "./cardframe.js" */
/** @import {Labels} from "./labels.js" */
/** @import {RawPage} from "./page.js" */
/** @import {Selection} from "./selection.js" */

/**
 * @typedef {{
 *   choose(unit: Unit, spans: Span[], caret: number|null): void,
 *   text(anchor: number, focus: number): void,
 *   activate(article: string): void,
 *   set(article: string, key: string, value: string|null): void,
 *   under(id: string): void,
 *   rename(id: string): void,
 *   editSeries(id: string): void,
 *   editCorrection(index: number): void,
 *   adopt(correction: Correction): void,
 *   dropped(unit: Unit, article: string, at: number): void,
 * }} Handlers
 */

export class CardView {
  /**
   * @param {HTMLElement} box
   * @param {RawPage} page
   * @param {Labels} labels
   * @param {Set<string>} published
   * @param {Handlers} handlers
   */
  constructor(box, page, labels, published, handlers) {
    this.box = box;
    this.page = page;
    this.labels = labels;
    this.published = published;
    this.handlers = handlers;
    /** @type {Map<string, Card>} */
    this.cards = new Map();
    /** How many parts were made anew since the page was opened. */
    this.drawn = 0;
    /** @type {WeakMap<Element, {unit: Unit, spans: Span[], passage: Passage|null}>} */
    this.shown = new WeakMap();
    /** @type {HTMLElement|null} */
    this.chosen = null;
    /** @type {Map<string, HTMLElement>} */
    this.series = new Map();
    box.addEventListener("pointerup", (event) => this.point(event));
    box.addEventListener("focusin", (event) => this.focused(event));
    dragBlocks(box, (element) => this.shown.get(element)?.unit ?? null, handlers.dropped);
  }

  /**
   * @param {Model} model
   * @param {Map<string, Reading>} readings
   * @param {Problem[]} problems
   * @param {Selection} selection
   * @param {string|null} active
   */
  draw(model, readings, problems, selection, active) {
    const focused = document.activeElement !== null && this.shown.has(document.activeElement);
    /** @type {Node[]} */
    const wanted = [];
    /** @type {Set<string>} */
    const seen = new Set();
    const gone = new Set(this.cards.keys());
    for (const article of model.articles) {
      const series = model.series.find(({ id }) => id === article.package);
      if (series && !seen.has(series.id)) {
        seen.add(series.id);
        wanted.push(this.seriesHead(series.id, series.title));
      }
      wanted.push(this.card(model, article, readings.get(article.id), problems).card);
      gone.delete(article.id);
    }
    for (const id of gone) this.cards.delete(id);
    for (const { id, title } of model.series) if (!seen.has(id)) wanted.push(this.seriesHead(id, title));
    arrange(this.box, wanted);
    for (const [id, { card, badge }] of this.cards) {
      const pressed = String(id === active);
      if (badge.getAttribute("aria-pressed") === pressed) continue;
      badge.setAttribute("aria-pressed", pressed);
      card.classList.toggle("active", id === active);
    }
    this.mark(selection);
    // An element that is moved or made anew loses the keyboard's focus.
    if (focused && document.activeElement !== this.chosen) (this.chosen ?? this.box).focus({ preventScroll: true });
  }

  /**
   * @param {string} id
   * @param {Span[]} title
   */
  seriesHead(id, title) {
    let head = this.series.get(id);
    if (!head) {
      const edit = () => this.handlers.editSeries(id);
      head = make(
        "div",
        { class: "series" },
        make("p", { class: "series-title" }),
        make("button", { type: "button", click: edit }, "改系列…"),
      );
      this.series.set(id, head);
    }
    const words = `系列　${title.map((span) => this.page.join([span])).join(" ")}`;
    const text = find("p", head);
    if (text.textContent !== words) text.textContent = words;
    return head;
  }

  /**
   * @param {Model} model
   * @param {Article} article
   * @param {Reading|undefined} reading
   * @param {Problem[]} problems
   * @returns {Card}
   */
  card(model, article, reading, problems) {
    let card = this.cards.get(article.id);
    if (!card) {
      card = makeCard(article.id, this.handlers);
      this.cards.set(article.id, card);
    }
    const own = problems.filter((problem) => problem.article === article.id);
    const corrections = correctionsOf(this.page, model, article);
    const under = this.placeOf(model, article);
    const key = JSON.stringify([article, reading?.digest, own, corrections, under]);
    if (card.key === key) return card;
    card.key = key;
    dressCard(card, article, { number: this.labels.number(article.id), hue: this.labels.hue(article.id), under }, this.published);
    card.facts.textContent = factsOf(reading);
    this.units(card, article, reading);
    arrange(card.notes, notesOf(own, corrections, reading, this.handlers));
    return card;
  }

  /** What an article belongs to, in words. @param {Model} model @param {Article} article */
  placeOf(model, article) {
    const series = model.series.find(({ id }) => id === article.package);
    if (series) return `属于系列　${this.page.join(series.title).slice(0, 16)}`;
    return article.parent ? `附属于稿件${this.labels.number(article.parent)}` : "独立成篇";
  }

  // ---- text ------------------------------------------------------------------------------------------------------------------

  /**
   * @param {Card} card
   * @param {Article} article
   * @param {Reading|undefined} reading
   */
  units(card, article, reading) {
    /** @type {HTMLElement[]} */
    const wanted = [];
    /** @type {Map<string, HTMLElement>} */
    const elements = new Map();
    // The program's words for a range of the page hold until it has read the new layout, wherever the range stands now.
    /** @type {Map<string, Passage>} */
    const bodies = new Map();
    reading?.body.forEach((passage, index) => bodies.set(reading.blocks[index], passage));
    /** @param {Unit} unit @param {Span[]} spans @param {Passage|null} passage @param {string} kind */
    const add = (unit, spans, passage, kind) => {
      const [from, to] = passage ? (unit.part === "body" ? [0, Array.from(passage.text).length] : charsWithin(passage, spans[0])) : [0, 0];
      const fits = passage !== null && from < to;
      const figures = fits ? passage.figures.filter(({ start, end }) => from <= start && end <= to) : [];
      const text = fits
        ? JSON.stringify([passage.text, from, to, figures, passage.repairs, passage.zones, passage.runs])
        : this.asPrinted(kind, spans);
      let name = `${kind} ${JSON.stringify(spans)} ${text}`;
      while (elements.has(name)) name += "+";
      let element = card.elements.get(name);
      if (!element) {
        this.drawn += 1;
        const words = fits ? markedText(passage, from, to) : [text];
        const late = !fits && kind !== "credit" && kind !== "byline" && kind !== "continuation";
        element = make("div", { class: `unit unit-${kind}${late ? " unread" : ""}`, role: "group", tabindex: "-1" }, ...words);
      }
      const title = unit.part === "body" && kind !== "head" ? `正文第${unit.index + 1}段` : PART[kind];
      element.setAttribute("aria-label", title);
      element.dataset.name = unit.part === "body" && kind !== "head" ? `段${unit.index + 1}` : SHORT[kind];
      this.shown.set(element, { unit, spans, passage: fits ? passage : null });
      elements.set(name, element);
      wanted.push(element);
    };
    for (const part of PARTS.slice(0, 3)) {
      const passage = reading?.[/** @type {"title"} */ (part)] ?? null;
      article[part].forEach((span, index) => add({ article: article.id, part, index }, [span], passage, part));
    }
    for (const part of /** @type {const} */ (["credit", "byline"])) {
      article[part].forEach((span, index) => add({ article: article.id, part, index }, [span], null, part));
    }
    article.body.forEach((block, index) => {
      const passage = bodies.get(JSON.stringify(block.spans)) ?? null;
      add({ article: article.id, part: "body", index }, block.spans, passage, block.head ? "head" : "body");
    });
    article.continuation.forEach((span, index) => add({ article: article.id, part: "continuation", index }, [span], null, "continuation"));
    card.elements = elements;
    arrange(card.units, wanted);
  }

  /**
   * What stands for a part that the program has not read, or does not read as running text: names keep the spaces between them.
   * @param {string} kind
   * @param {Span[]} spans
   */
  asPrinted(kind, spans) {
    if (kind !== "byline") return this.page.join(spans);
    return spans
      .flatMap((span) => this.page.rows(span))
      .map((row) => this.page.slice(row))
      .join(" ");
  }

  // ---- choosing --------------------------------------------------------------------------------------------------------------

  /** @param {Selection} selection */
  mark(selection) {
    const element = this.elementOf(selection.unit);
    if (element === this.chosen) return;
    this.chosen?.classList.remove("chosen");
    this.chosen?.setAttribute("tabindex", "-1");
    element?.classList.add("chosen");
    element?.setAttribute("tabindex", "0");
    this.chosen = element;
  }

  /** Gives the keyboard's focus to the part that is chosen. */
  focusChosen() {
    this.chosen?.focus();
  }

  /** All parts, in the order shown. @returns {HTMLElement[]} */
  get all() {
    return /** @type {HTMLElement[]} */ ([...this.box.querySelectorAll(".unit")]);
  }

  /**
   * The part before or after the one that is chosen.
   * @param {number} by
   */
  step(by) {
    const all = this.all;
    const at = this.chosen ? all.indexOf(this.chosen) : by > 0 ? -1 : all.length;
    const next = all[Math.min(Math.max(0, at + by), all.length - 1)];
    next?.focus();
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const element = event.target;
    const shown = element instanceof Element ? this.shown.get(element) : undefined;
    if (shown && element !== this.chosen) this.handlers.choose(shown.unit, shown.spans, null);
  }

  /** @param {PointerEvent} event */
  point(event) {
    const element = event.target instanceof Element ? event.target.closest(".unit") : null;
    const shown = element ? this.shown.get(element) : undefined;
    const chosen = getSelection();
    if (event.button !== 0 || !element || !shown || !chosen?.anchorNode || !chosen.focusNode) return;
    const anchor = charAt(chosen.anchorNode, chosen.anchorOffset);
    const focus = charAt(chosen.focusNode, chosen.focusOffset);
    const { passage } = shown;
    const inside = element.contains(chosen.anchorNode) && element.contains(chosen.focusNode);
    if (!chosen.isCollapsed && passage && inside && anchor !== null && focus !== null && anchor !== focus) {
      const [[start, end]] = spansBehind(passage, Math.min(anchor, focus), Math.max(anchor, focus));
      chosen.removeAllRanges();
      this.handlers.text(start, end);
    } else {
      const caret = passage && inside && focus !== null && focus > 0 ? originOf(passage, focus) : null;
      this.handlers.choose(shown.unit, shown.spans, caret);
    }
  }

  /** Brings an article's beginning into view. @param {string} article */
  show(article) {
    const card = this.cards.get(article)?.card;
    if (card) reveal(this.box, card, "start");
  }

  /** Brings a part into view, without choosing it. @param {Unit} unit */
  showUnit(unit) {
    const element = this.elementOf(unit);
    if (element) reveal(this.box, element, "center");
  }

  /** @param {Unit|null} unit */
  elementOf(unit) {
    if (!unit) return null;
    const elements = [...(this.cards.get(unit.article)?.elements.values() ?? [])];
    return elements.find((one) => this.shown.get(one)?.unit.part === unit.part && this.shown.get(one)?.unit.index === unit.index) ?? null;
  }
}
