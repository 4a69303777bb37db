// The review of one page: its state, what a step does, and what is drawn after it.

import { CardView } from "./cardview.js";
import { askFor } from "./dialog.js";
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
import { describe, SEVERITY } from "./words.js";

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
    const step = this.history.last;
    if (!step || !this.history.undo()) return this.say("没有可以撤销的了");
    this.keeper.add({ undo: true });
    this.changed(`已撤销：${describe(step)}`);
  }

  redo() {
    const step = this.history.next;
    if (!step || !this.history.redo()) return this.say("没有可以重做的了");
    this.keeper.add({ redo: true });
    this.changed(`已重做：${describe(step)}`);
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

  async save() {
    const left = this.openList.tasks.filter(({ kind }) => kind === "problem");
    if (left.length) {
      const text = [`还有${left.length}处问题，改好再保存。您的改动都记着。`, ...left.slice(0, 12).map(({ words }) => words)];
      await askFor("没有保存", [], { text });
      return;
    }
    try {
      await this.keeper.flush();
      const { model } = this;
      const at = this.history.at;
      const answer = await ask("save", { layout: this.tree(model), aliases: model.aliases, settled: model.settled });
      this.keeper.kept = answer.steps;
      if (this.history.at === at) this.history.saved();
      this.draw();
      this.say(`已保存 ${this.state.file}`);
      const result = ask("check", {}).then(
        (findings) => wordsOf(findings),
        (error) => [`没有查成：${error.message}`],
      );
      await askFor("已保存", [], { text: [`${this.state.file} 已写好。`, "archive check 正在查看整个档案…"], later: result });
    } catch (error) {
      await this.refused(/** @type {Error} */ (error));
    }
  }

  /** @param {Error} error */
  async refused(error) {
    this.say(`没有保存：${error.message}`);
    if (!(error instanceof Refused && error.changed)) {
      const text = ["布局文件没有改动，您的改动都记着。", error.message];
      await askFor("没有保存", [], { text });
      return;
    }
    const text = ["布局文件在别处改过了，没有覆盖它。您的改动都记着，但不再适用于现在的文件。"];
    const answer = await askFor("没有保存", [], { text, extra: "载入文件现在的内容（改动另存为 .old）" });
    if (answer?.extra) {
      await ask("restart", {});
      location.reload();
    }
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

/**
 * What archive check found, in words.
 * @param {{place: string, severity: string, text: string}[]} findings
 */
function wordsOf(findings) {
  const words = findings.map(({ place, severity, text }) => `${SEVERITY[severity]}　${place}：${text}`);
  return words.length ? ["archive check 的结果：", ...words] : ["archive check 没有发现问题。"];
}
