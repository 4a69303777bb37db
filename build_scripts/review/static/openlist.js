// What is left to do: text without a part, other problems, doubts of the draft.

import { make } from "./dom.js";
import { findLoose } from "./owners.js";

/** @import {App} from "./app.js" */

/** @typedef {{line: number, words: string, kind: "problem"|"doubt"|"warning", numbers: number[]}} Task */

export class OpenList {
  /**
   * @param {HTMLElement} box
   * @param {App} app
   */
  constructor(box, app) {
    this.box = box;
    this.app = app;
    this.list = /** @type {HTMLElement} */ (box.querySelector("ul"));
    this.title = /** @type {HTMLElement} */ (box.querySelector("h2"));
    /** @type {Task[]} */
    this.tasks = [];
    this.loose = 0;
    this.key = "";
  }

  /** @returns {Task[]} */
  find() {
    const { app } = this;
    const { page, model } = app;
    const loose = findLoose(page, app.pieces);
    this.loose = loose.length;
    const settled = new Set(model.settled);
    const ids = new Set(model.articles.map(({ id }) => id));
    const gone = [...app.published].filter((id) => app.history.models[0].articles.some((article) => article.id === id) && !ids.has(id));
    return [
      ...loose.map((span) => {
        const words = page.join([span]);
        const short = words.length > 24 ? `${words.slice(0, 24)}…` : words;
        return task(page.lineAt(span[0]), `${page.describe([span])}没有归属：${short}`, "problem");
      }),
      // The gaps of the program's answer are a step behind; those above are as new as the page.
      ...app.problems
        .filter(({ kind }) => kind !== "gap")
        .map(({ line, text, article }) => task(line, this.named(text, article), "problem")),
      ...gone.map((id) => task(0, `已发布的编号 ${id} 不在了，读者的链接会断`, "warning")),
      ...app.state.remarks
        .filter(({ number, doubt }) => doubt && !settled.has(number))
        .map(({ number, line, text }) => task(line, `待核：第${line}行，${text}`, "doubt", [number])),
    ];
  }

  /**
   * @param {string} text
   * @param {string|null} article
   */
  named(text, article) {
    return article === null ? text : `稿件${this.app.labels.number(article)}：${text}`;
  }

  draw() {
    this.tasks = this.find();
    const key = JSON.stringify(this.tasks);
    if (key === this.key) return;
    this.key = key;
    const problems = this.tasks.filter(({ kind }) => kind === "problem").length;
    const doubts = this.tasks.filter(({ kind }) => kind === "doubt").length;
    this.title.textContent = this.tasks.length ? `待办　问题${problems}处，待核${doubts}处` : "待办　没有了";
    this.box.classList.toggle("done", !this.tasks.length);
    this.list.replaceChildren(
      ...this.tasks.map(({ line, words, kind, numbers }) => {
        const go = make("button", { type: "button", class: "go", click: () => line && this.app.goTo(line) }, words);
        const settle = () => this.app.take({ op: "settle", numbers, on: true });
        return make("li", { class: kind }, go, kind === "doubt" && make("button", { type: "button", click: settle }, "已核"));
      }),
    );
  }

  /**
   * Goes to the next line with something to do, or the one before.
   * @param {number} by
   */
  step(by) {
    const lines = [...new Set(this.tasks.map(({ line }) => line).filter((line) => line))].sort((a, b) => a - b);
    if (!lines.length) return this.app.say("没有待办了");
    const now = this.app.selection.line;
    const next =
      by > 0
        ? (lines.find((line) => line > now) ?? lines[0])
        : ([...lines].reverse().find((line) => line < now) ?? lines[lines.length - 1]);
    this.app.goTo(next);
  }
}

/**
 * @param {number} line
 * @param {string} words
 * @param {Task["kind"]} kind
 * @param {number[]} numbers
 * @returns {Task}
 */
const task = (line, words, kind, numbers = []) => ({ line, words, kind, numbers });
