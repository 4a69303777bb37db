// The review of one page: its state, what a step does, and what is drawn after it.

import { CardView } from "./cardview.js";
import { find } from "./dom.js";
import { apply } from "./edits.js";
import { History } from "./history.js";
import { Labels } from "./labels.js";
import { articleOf, readTree, writeTree } from "./model.js";
import { ask, Keeper, Refused } from "./net.js";
import { findPieces, pieceAt } from "./owners.js";
import { OpenList } from "./openlist.js";
import { RawPage } from "./page.js";
import { RawView } from "./rawview.js";
import { Selection } from "./selection.js";
import { describe } from "./words.js";

/** @import {Model, Note, Problem, Reading, Remark, State, Step, Unit} from "./types.js" */
/** @import {Piece} from "./owners.js" */

export class App {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    this.page = new RawPage(state.lines);
    this.published = new Set(state.published);
    const context = { page: this.page, wrapped: state.wrapped, published: this.published };
    this.history = new History(readTree(state.layout, this.page), (model, step) => apply(context, model, step));
    this.labels = new Labels();
    for (const { id } of this.model.articles) this.labels.number(id);
    this.keeper = new Keeper(state.events.length, (waiting, error) => this.tellKept(waiting, error));
    this.selection = new Selection(this.page);
    /** Where text goes that is given to an article. @type {string|null} */
    this.active = this.model.articles[0]?.id ?? null;
    /** @type {Map<string, Reading>} */
    this.readings = new Map();
    /** @type {Problem[]} */
    this.problems = [];
    /** @type {(() => void)[]} */
    this.drawers = [];
    /** @type {{model: Model|null, pieces: Piece[][]}} */
    this.owned = { model: null, pieces: [] };
    this.reading = false;
    this.unread = true;
    /** What the program's last answer was about. @type {Model|null} */
    this.readModel = null;
    /** @type {{settled: number[], lines: Map<number, {remarks: Remark[], notes: Note[]}>}|null} */
    this.said = null;
    this.history.replay(state.events);
    for (const step of this.history.steps) if (step.op === "rename") this.labels.rename(step.id, step.to);
    this.raw = new RawView(find("#raw"), this.page, this.labels, {
      lines: (from, to) => this.chooseLines(from, to),
      chars: (anchor, focus) => this.chooseChars(anchor, focus),
    });
    this.cards = new CardView(find("#cards"), this.page, this.labels, this.published, {
      choose: (unit, spans, caret) => {
        this.selection.choose(unit, spans, caret);
        this.active = unit.article;
        this.draw();
        this.raw.show(this.selection.line);
      },
      text: (anchor, focus) => {
        this.chooseChars(anchor, focus);
        this.raw.show(this.selection.line);
      },
      activate: (article) => this.activate(article),
      set: (article, key, value) => this.take({ op: "set", article, key, value }),
      under: (id) => this.run("under", id),
      rename: (id) => this.run("rename", id),
      editSeries: (id) => this.run("series", id),
      editCorrection: (index) => this.run("correct", { index }),
      adopt: (correction) => this.run("correct", { correction }),
      dropped: ({ article, index }, to, at) => this.take({ op: "move", article, block: index, to, at }),
    });
    this.openList = new OpenList(find("#open"), this);
    /** @type {(id: string, argument?: any) => void} Set by the commands. */
    this.run = () => {};
  }

  get model() {
    return this.history.model;
  }

  get pieces() {
    if (this.owned.model !== this.model) this.owned = { model: this.model, pieces: findPieces(this.page, this.model) };
    return this.owned.pieces;
  }

  // ---- steps -----------------------------------------------------------------------------------------------------------------

  /**
   * Takes a step; false where it changes nothing.
   * @param {Step} step
   */
  take(step) {
    if (this.isCut()) return false;
    if (!this.history.take(step)) {
      this.say("没有变化");
      return false;
    }
    if (step.op === "rename") this.labels.rename(step.id, step.to);
    this.keeper.add({ do: step });
    this.changed(describe(step));
    return true;
  }

  undo() {
    if (this.isCut()) return;
    const step = this.history.last;
    if (!step || !this.history.undo()) return this.say("没有可以撤销的了");
    this.keeper.add({ undo: true });
    this.changed(`已撤销：${describe(step)}`);
  }

  redo() {
    if (this.isCut()) return;
    const step = this.history.next;
    if (!step || !this.history.redo()) return this.say("没有可以重做的了");
    this.keeper.add({ redo: true });
    this.changed(`已重做：${describe(step)}`);
  }

  /** Whether steps are no longer kept: then none is taken, for it would be lost. Tries once more where nobody answered. */
  isCut() {
    const { error } = this.keeper;
    if (!error) return false;
    if (!(error instanceof Refused)) this.keeper.again();
    this.say(error instanceof Refused && error.changed ? "别的窗口改过这一版，请刷新" : "程序没有回答：请看 archive review 是否还在运行");
    return true;
  }

  /** @param {string} words */
  changed(words) {
    this.selection.refresh(this.model);
    if (!articleOf(this.model, this.active)) this.active = this.model.articles[0]?.id ?? null;
    this.unread = true;
    this.draw();
    const rest = this.openList.loose;
    this.say(`${words}。${rest ? `还有${rest}处没有归属。` : ""}`);
    void this.read();
  }

  /** Asks for the program's own reading, always of the newest layout. */
  async read() {
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.unread) {
        this.unread = false;
        const model = this.model;
        const have = Object.fromEntries([...this.readings].map(([id, { digest }]) => [id, digest]));
        const answer = await ask("read", { layout: this.tree(model), aliases: model.aliases, have });
        this.received(model, answer);
      }
    } catch (error) {
      this.say(`没有读成：${/** @type {Error} */ (error).message}`);
    } finally {
      this.reading = false;
    }
  }

  /**
   * @param {Model} model what was read
   * @param {any} answer
   */
  received(model, answer) {
    /** @type {Map<string, Reading>} */
    const readings = new Map();
    for (const article of model.articles) {
      const row = answer.articles[article.id] ?? this.readings.get(article.id);
      if (!(article.id in answer.articles) || !row) continue;
      readings.set(article.id, { ...row, blocks: article.body.map(({ spans }) => JSON.stringify(spans)) });
    }
    // What was read of an article that a newer step has brought back is still good until the next answer.
    for (const [id, reading] of this.readings) if (!readings.has(id) && articleOf(this.model, id)) readings.set(id, reading);
    this.readings = readings;
    this.problems = answer.problems;
    this.readModel = model;
    this.draw();
  }

  /** @param {Model} model */
  tree(model) {
    return writeTree(model, this.page, this.state.page);
  }

  // ---- choosing --------------------------------------------------------------------------------------------------------------

  /**
   * @param {number} from 0: from where the selection began
   * @param {number} to
   */
  chooseLines(from, to) {
    this.selection.lines(from, to);
    this.follow();
    this.draw();
    this.showOther();
  }

  /**
   * @param {number} anchor
   * @param {number} focus
   */
  chooseChars(anchor, focus) {
    this.selection.chars(anchor, focus);
    this.follow();
    this.draw();
    this.showOther();
  }

  /** Brings what is chosen on the left into view on the right. */
  showOther() {
    const { unit } = this;
    if (unit) this.cards.showUnit(unit);
  }

  /** Text that an article has stays there unless another is named: what is pressed next concerns its own article. */
  follow() {
    this.active = this.unit?.article ?? this.active;
  }

  /** @param {number} line */
  goTo(line) {
    this.chooseLines(line, line);
    this.raw.show(line);
    this.raw.box.focus({ preventScroll: true });
  }

  /** Makes an article the one that text goes to, and shows it. @param {string} article */
  turnTo(article) {
    this.active = article;
    this.draw();
    this.cards.show(article);
  }

  /** @param {string} article */
  activate(article) {
    this.turnTo(article);
    this.say(`去处：稿件${this.labels.number(article)}`);
  }

  /** The part of an article that the selection stands in. @returns {Unit|null} */
  get unit() {
    if (this.selection.unit) return this.selection.unit;
    const { point } = this.selection;
    const owner = point === null ? null : pieceAt(this.page, this.pieces, point)?.owner;
    if (!owner || owner.article === null) return null;
    const part = owner.part === "head" ? "body" : owner.part;
    return { article: owner.article, part: /** @type {Unit["part"]} */ (part), index: owner.index };
  }

  // ---- drawing ---------------------------------------------------------------------------------------------------------------

  draw() {
    this.raw.draw(this.pieces, this.selection, this.remarks);
    this.cards.draw(this.model, this.readings, this.problems, this.selection, this.active);
    this.openList.draw();
    for (const draw of this.drawers) draw();
    // For the tests: what has been drawn, and whether the right side is as new as the left.
    document.documentElement.dataset.drawn = `${this.raw.drawn} ${this.cards.drawn}`;
    document.documentElement.dataset.state = this.model === this.readModel ? "read" : "reading";
  }

  /** What draft and layout file say of each line, as far as it is not settled. @returns {Map<number, {remarks: Remark[], notes: Note[]}>} */
  get remarks() {
    const { settled } = this.model;
    if (this.said?.settled === settled) return this.said.lines;
    /** @type {Map<number, {remarks: Remark[], notes: Note[]}>} */
    const lines = new Map();
    /** @param {number} line */
    const at = (line) => {
      const known = lines.get(line) ?? { remarks: [], notes: [] };
      lines.set(line, known);
      return known;
    };
    for (const remark of this.state.remarks) if (!settled.includes(remark.number)) at(remark.line).remarks.push(remark);
    for (const note of this.state.notes) at(note.line).notes.push(note);
    this.said = { settled, lines };
    return lines;
  }

  /** @param {string} words */
  say(words) {
    find("#said").textContent = words;
  }

  /**
   * @param {number} waiting
   * @param {Error|null} error
   */
  tellKept(waiting, error) {
    const place = find("#kept");
    place.classList.toggle("problem", error !== null);
    const changed = error instanceof Refused && error.changed;
    const why = changed ? "别的窗口改过这一版，请刷新" : (error?.message ?? "");
    place.textContent = error ? `有${waiting}步还没有记下：${why}` : waiting ? "正在记下…" : "改动都已记下";
  }
}
