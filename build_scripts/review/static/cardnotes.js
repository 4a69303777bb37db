// What stands beside an article's text: what the program makes of it, corrections, misprints that the arithmetic shows, problems.

import { make } from "./dom.js";
import { spansOf } from "./model.js";
import { KIND } from "./words.js";

/** @import {Article, Correction, Model, Problem, Reading} from "./types.js" */
/** @import {Handlers} from "./cardview.js" */
/** @import {RawPage} from "./page.js" */

/** @typedef {{index: number, correction: Correction}[]} Numbered  Corrections with their numbers in the layout. */

/**
 * The corrections on an article's lines.
 * @param {RawPage} page
 * @param {Model} model
 * @param {Article} article
 * @returns {Numbered}
 */
export function correctionsOf(page, model, article) {
  if (!model.corrections.length) return [];
  const ranges = spansOf(article).map(([start, end]) => [page.lineAt(start), page.lineAt(end - 1)]);
  return model.corrections
    .map((correction, index) => ({ correction, index }))
    .filter(({ correction: { line } }) => ranges.some(([first, last]) => first <= line && line <= last));
}

/** @param {Correction} item */
const words = (item) => `第${item.line}行 ${item.printed} → ${item.corrected ?? "（原意不明）"}（${KIND[item.kind]}）${item.note}`;

/**
 * @param {Problem[]} problems
 * @param {Numbered} corrections
 * @param {Reading|undefined} reading
 * @param {Pick<Handlers, "editCorrection"|"adopt">} handlers
 * @returns {HTMLElement[]}
 */
export function notesOf(problems, corrections, reading, handlers) {
  /** @param {string} kind @param {string} text @param {string} action @param {() => void} click */
  const note = (kind, text, action, click) => make("p", { class: kind }, `${text} `, make("button", { type: "button", click }, action));
  const known = new Set(corrections.map(({ correction }) => `${correction.line} ${correction.printed}`));
  const proposals = (reading?.proposals ?? []).filter(({ line, printed }) => !known.has(`${line} ${printed}`));
  return [
    ...problems.map(({ text }) => make("p", { class: "problem" }, text)),
    ...corrections.map(({ correction, index }) =>
      note("correction", `订正　${words(correction)}`, "改…", () => handlers.editCorrection(index)),
    ),
    ...proposals.map((one) => note("proposal", `算出的疑误　${words(one)}`, "采用…", () => handlers.adopt(one))),
  ];
}

/** @param {Reading|undefined} reading */
export function factsOf(reading) {
  if (!reading) return "";
  const facts = [
    reading.cities.length > 0 && `地市：${reading.cities.join("、")}`,
    reading.zones.length > 0 && `开发区：${reading.zones.join("、")}`,
    reading.authors.length > 0 && `作者：${reading.authors.map(({ name, role }) => `${name}（${role}）`).join("、")}`,
    reading.event_date && `事件日期：${reading.event_date}`,
    reading.continued_on && `下转${reading.continued_on}版`,
  ];
  return facts.filter(Boolean).join("　");
}
