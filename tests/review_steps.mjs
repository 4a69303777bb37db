// The steps of the review page, taken in node: a JSON array of jobs on standard input, their results on standard output.
//
// A job is {lines, wrapped, published, tree, steps} and gives {trees}, the layout after each step; or {…, seed, count} instead of steps:
// then that many steps are made up, the same for the same seed, and the result tells them and what came of them.

import { readFileSync } from "node:fs";

import { apply } from "../build_scripts/review/static/edits.js";
import { History } from "../build_scripts/review/static/history.js";
import { PARTS, readTree, writeTree } from "../build_scripts/review/static/model.js";
import { findLoose, findPieces } from "../build_scripts/review/static/owners.js";
import { RawPage } from "../build_scripts/review/static/page.js";

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const OPS = ["give", "give", "give", "role", "release", "new", "split", "merge", "join", "cut", "move", "head"];
const MORE = ["order", "swap", "shift", "set", "series", "unseries", "rename", "correct", "uncorrect", "settle"];

function anyStep(random, page, model, made) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const number = (below) => Math.floor(random() * below);
  const article = pick(model.articles);
  const other = pick(model.articles)?.id;
  const id = article?.id;
  const block = number(article?.body.length ?? 1);
  const start = number(page.end);
  // As often the whole of some lines as any characters.
  const whole = random() < 0.6;
  const from = whole ? page.line(page.lineAt(start))[0] : start;
  const end = Math.min(page.end, from + 1 + number(random() < 0.8 ? 60 : 600));
  const to = whole ? page.line(page.lineAt(end))[1] : end;
  const span = page.trim([from, to]);
  const spans = span ? [span] : [];
  const op = pick([...OPS, ...MORE]);
  const part = pick([...PARTS, "body", "body", "paragraph", "head"]);
  const place = article?.body[block]?.spans[0];
  const offset = place ? place[0] + number(place[1] - place[0]) : start;
  switch (op) {
    case "give":
      return { op, spans, to: { article: id, part } };
    case "role":
      return { op: "give", spans, to: { role: pick(["masthead", "slogan", "label"]) } };
    case "release":
      return { op: "give", spans, to: {} };
    case "new":
      return { op, id: `new-${made}`, type: pick(["news", "caption"]), parent: random() < 0.3 ? id : null, spans, part };
    case "split":
      return { op, article: id, block, offset, to: `new-${made}` };
    case "merge":
      return { op, article: id, into: other };
    case "cut":
      return { op, article: id, block, offset };
    case "move":
      return { op, article: id, block, to: other, at: number(6) };
    case "head":
      return { op, article: id, block, head: random() < 0.5 };
    case "order":
      return { op, article: id, at: number(model.articles.length + 1) };
    case "swap":
      return { op, article: id, other };
    case "shift":
      return { op, article: id, part: pick(PARTS), index: number(3), by: pick([-1, 1]) };
    case "set": {
      const key = pick(["type", "parent", "package"]);
      return { op, article: id, key, value: { type: "feature", parent: pick([other, null]), package: model.series[0]?.id ?? null }[key] };
    }
    case "series":
      return { op, id: model.series[0] && random() < 0.5 ? model.series[0].id : `series-${made}`, spans, articles: [id, other] };
    case "unseries":
      return { op, id: model.series[0]?.id };
    case "rename":
      return { op, id, to: pick([`named-${made}`, other, "../x"]) };
    case "correct":
      return { op, correction: { line: 1 + number(9), column: null, printed: "甲", corrected: "乙", kind: "typo", note: "丙" } };
    case "settle":
      return { op, numbers: [number(9)], on: random() < 0.7 };
    default:
      return { op, article: id, block, index: number(2) };
  }
}

function run({ lines, wrapped, published, tree, steps, seed, count }) {
  const page = new RawPage(lines);
  const context = { page, wrapped, published: new Set(published) };
  const change = (model, step) => apply(context, model, step);
  const history = new History(readTree(tree, page), change);
  const written = (model) => writeTree(model, page, tree.page);
  if (steps) return { trees: steps.map((step) => (history.take(step), written(history.model))) };

  const base = JSON.stringify(history.model);
  const random = numbers(seed);
  const events = [];
  const taken = [];
  for (let made = 0; made < count; made += 1) {
    const chance = random();
    if (chance < 0.15) {
      history.undo();
      events.push({ undo: true });
    } else if (chance < 0.25) {
      history.redo();
      events.push({ redo: true });
    } else {
      const before = JSON.stringify(history.model);
      const step = anyStep(random, page, history.model, made);
      if (history.take(step)) {
        events.push({ do: step });
        taken.push(step.op);
      } else if (JSON.stringify(history.model) !== before) throw new Error(`${step.op} changed a model in place`);
    }
  }
  const { model } = history;
  const loose = findLoose(page, findPieces(page, model)).map((span) => page.write(span));
  const again = new History(readTree(tree, page), change);
  again.replay(JSON.parse(JSON.stringify(events)));
  const replayed = JSON.stringify(again.model) === JSON.stringify(model);
  while (history.undo());
  return { tree: written(model), loose, taken, replayed, undone: JSON.stringify(history.model) === base };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(run)));
