// Running text as readers will see it, with its figures, corrections and zones marked, and back from it to the printed page.

import { brief } from "./words.js";
import { make } from "./dom.js";

/** @import {Figure, Passage, Span} from "./types.js" */

/**
 * The page's offset behind a character of the text.
 * @param {Passage} passage
 * @param {number} at
 */
export function originOf(passage, at) {
  for (const [start, offset, count] of passage.runs) if (start <= at && at < start + count) return offset + at - start;
  const last = passage.runs[passage.runs.length - 1];
  return last[1] + last[2];
}

/**
 * The printed ranges behind `text[start:end]`, one a run.
 * @param {Passage} passage
 * @param {number} start
 * @param {number} end
 * @returns {Span[]}
 */
export function spansBehind(passage, start, end) {
  const first = originOf(passage, start);
  const last = originOf(passage, end - 1) + 1;
  return first < last ? [[first, last]] : [];
}

/**
 * The characters of the text that are printed within a span of the page: `[start, end)`.
 * @param {Passage} passage
 * @param {Span} span
 * @returns {[number, number]}
 */
export function charsWithin(passage, [start, end]) {
  let from = passage.text.length;
  let to = 0;
  for (const [at, offset, count] of passage.runs) {
    const first = Math.max(start, offset);
    const last = Math.min(end, offset + count);
    if (first >= last) continue;
    from = Math.min(from, at + first - offset);
    to = Math.max(to, at + last - offset);
  }
  return [from, Math.max(from, to)];
}

/** @param {Figure} figure */
function readingOf(figure) {
  return [figure.indicator, figure.subject ? brief(figure.subject) : "主体不明", figure.scope, figure.batch, figure.planned && "计划"]
    .filter(Boolean)
    .join("·");
}

/**
 * The text from `from` to `to`, marked. The marks may cross, so the text is cut at the ends of all of them. `data-at` is a character's
 * number in the passage, in code points.
 * @param {Passage} passage
 * @param {number} from
 * @param {number} to
 * @returns {Node[]}
 */
export function markedText(passage, from, to) {
  const chars = Array.from(passage.text);
  const edges = new Set([from, to]);
  for (const { start, end } of passage.figures) edges.add(start).add(end);
  for (const [start, end] of [...passage.repairs, ...passage.zones]) edges.add(start).add(end);
  const cuts = [...edges].filter((edge) => from <= edge && edge <= to).sort((a, b) => a - b);
  /** @type {Node[]} */
  const nodes = [];
  cuts.forEach((start, at) => {
    for (const figure of passage.figures) {
      if (figure.end !== start || start === from) continue;
      const names = ["reading"];
      if (figure.core) names.push("core");
      if (!figure.subject) names.push("unknown");
      const where = [`${figure.value}，${figure.event ? `${figure.event}，` : ""}${figure.rule}`];
      nodes.push(make("small", { class: names.join(" "), title: where.join("") }, `〔${readingOf(figure)}〕`));
    }
    const end = cuts[at + 1];
    if (end === undefined) return;
    const names = [];
    const titles = [];
    if (passage.figures.some((figure) => figure.start <= start && end <= figure.end)) names.push("figure");
    for (const [first, last, printed] of passage.repairs) {
      if (first > start || end > last) continue;
      names.push("repair");
      titles.push(`原刊作“${printed}”`);
    }
    for (const [first, last, zone] of passage.zones) {
      if (first > start || end > last) continue;
      names.push("zone");
      titles.push(zone);
    }
    const title = titles.length ? titles.join("；") : null;
    nodes.push(make("span", { class: names.join(" ") || null, title, dataset: { at: start } }, chars.slice(start, end).join("")));
  });
  return nodes;
}

/**
 * Which character of a passage a place of the document is.
 * @param {Node} node
 * @param {number} at
 * @returns {number|null}
 */
export function charAt(node, at) {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest("[data-at]");
  if (!(piece instanceof HTMLElement)) return null;
  const before = node instanceof Element ? (at > 0 ? (node.textContent ?? "") : "") : (node.textContent ?? "").slice(0, at);
  return Number(piece.dataset.at) + Array.from(before).length;
}
