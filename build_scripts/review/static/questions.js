// Dialogs of single commands: corrections, names of zones, series, ids, help.

import { nameOf } from "./choices.js";
import { askFor } from "./dialog.js";
import { make } from "./dom.js";
import { charsWithin } from "./passage.js";
import { KIND } from "./words.js";

/** @import {App} from "./app.js" */
/** @import {Command} from "./commands.js" */
/** @import {Correction, Span} from "./types.js" */

/**
 * The running text of the selection and the place it begins at, as corrections name it: without white space, in the program's reading.
 * @param {App} app
 * @returns {{text: string, line: number, column: number}|null}
 */
function chosenText(app) {
  const { selection, page, readings } = app;
  const [span] = selection.spans;
  if (!span || selection.mode !== "chars") return null;
  const place = { line: page.lineAt(span[0]), column: page.column(span[0]) };
  for (const passage of passagesOf(readings.values())) {
    const [from, to] = charsWithin(passage, span);
    if (from < to) return { text: Array.from(passage.text).slice(from, to).join("").replace(/\s/g, ""), ...place };
  }
  return { text: page.join([span]).replace(/\s/g, ""), ...place };
}

/** @param {Iterable<import("./types.js").Reading>} readings */
function* passagesOf(readings) {
  for (const reading of readings) {
    for (const passage of [reading.kicker, reading.title, reading.subtitle, ...reading.body]) if (passage) yield passage;
  }
}

/**
 * How often `printed` begins on a line, over all passages: a correction names its column only where it must.
 * @param {App} app
 * @param {number} line
 * @param {string} printed
 */
function countOn(app, line, printed) {
  const [from, to] = app.page.line(line);
  let count = 0;
  for (const passage of passagesOf(app.readings.values())) {
    const [start, end] = charsWithin(passage, [from, to]);
    const text = Array.from(passage.text);
    for (let at = start; at < end; at += 1) if (text.slice(at, at + Array.from(printed).length).join("") === printed) count += 1;
  }
  return count;
}

/**
 * @param {App} app
 * @param {{index?: number, correction?: Correction}} given a correction to change, or one to begin with
 */
export async function askCorrection(app, { index, correction }) {
  const old = index === undefined ? null : app.model.corrections[index];
  const chosen = old || correction ? null : chosenText(app);
  const start = old ?? correction ?? null;
  if (!start && !chosen) return app.say("先选中印错的字，再按订正");
  const printed = start?.printed ?? chosen?.text ?? "";
  const line = start?.line ?? chosen?.line ?? 0;
  const answer = await askFor(
    old ? "订正" : `订正第${line}行`,
    [
      { name: "printed", label: "原刊印作", kind: "text", value: printed, required: true, hint: "不含空格和换行" },
      { name: "corrected", label: "应作", kind: "text", value: start?.corrected ?? "", hint: "确有错误而原意不明的，留空" },
      { name: "kind", label: "类别", kind: "select", options: Object.entries(KIND), value: start?.kind ?? "typo" },
      { name: "note", label: "理由", kind: "area", value: start?.note ?? "", required: true, hint: "写明依据，读者会在勘误页看到" },
    ],
    {
      extra: old ? "撤去这条订正" : "",
      check: ({ printed, corrected, note }) => {
        if (!printed) return "请写原刊印作什么";
        if (/\s/.test(printed + corrected)) return "原文和订正后的文字里不能有空格";
        if (printed === corrected) return "两者一样，没有订正";
        return note ? "" : "请写理由";
      },
    },
  );
  if (!answer) return;
  if (answer.extra) return void app.take({ op: "uncorrect", index });
  const again = countOn(app, line, answer.printed) > 1;
  const column = start?.column ?? (again ? (chosen?.column ?? null) : null);
  const item = { line, column, printed: answer.printed, corrected: answer.corrected || null, kind: answer.kind, note: answer.note };
  app.take({ op: "correct", correction: item, ...(index === undefined ? {} : { index }) });
}

/** @param {App} app */
export async function askAlias(app) {
  const chosen = chosenText(app);
  if (!chosen) return app.say("先选中简称，再按加简称");
  const { zones, issue, page } = app.state;
  const known = new Map(zones.flatMap(({ name, aliases }) => [name, ...aliases].map((form) => [form, name])));
  const answer = await askFor(
    "加开发区简称",
    [
      { name: "alias", label: "简称", kind: "text", value: chosen.text, required: true },
      { name: "zone", label: "开发区全称", kind: "text", list: zones.map(({ name }) => name), required: true },
      { name: "source", label: "出处", kind: "text", value: `专刊 ${issue} ${page} 第${chosen.line}行`, required: true },
    ],
    {
      check: ({ alias, zone, source }) => {
        if (Array.from(alias).length < 3) return "简称至少三个字";
        if (/[|\s]/.test(alias)) return "简称里不能有空格和竖线";
        if (known.has(alias)) return `“${alias}”已经是${known.get(alias)}的名称`;
        if (!zones.some(({ name }) => name === zone)) return "词表里没有这个开发区，请从列表里选";
        return source ? "" : "请写出处";
      },
    },
  );
  if (answer) app.take({ op: "alias", zone: answer.zone, alias: answer.alias, source: answer.source });
}

/**
 * @param {App} app
 * @param {string|null} id of a series to change
 * @param {string} fresh id of a new one
 */
export async function askSeries(app, id, fresh) {
  if (!id && !fresh) return app.say("先选中系列的总题");
  const { model, selection, page } = app;
  /** @type {Span[]} */
  const spans = id ? [] : selection.spans;
  const title = id ? (model.series.find((one) => one.id === id)?.title ?? []) : spans;
  const chosen = id ? model.articles.filter((article) => article.package === id).map((article) => article.id) : [];
  const options = model.articles.map((article) => nameOf(app, article.id));
  const name = id ?? fresh;
  const fixed = app.published.has(name);
  const taken = new Set([...model.articles, ...model.series].map((one) => one.id));
  /** @type {import("./dialog.js").Field[]} */
  const fields = [{ name: "articles", label: "属于这个系列的稿件", kind: "checks", options, value: chosen }];
  if (!fixed) fields.push({ name: "to", label: "编号", kind: "text", value: name, required: true, hint: NAMES });
  const answer = await askFor(`系列：${page.join(title)}`, fields, {
    extra: id ? "取消这个系列" : "",
    check: ({ articles, to = name }) => (articles.length ? wrongName(to, name, taken) : "至少选一篇"),
  });
  if (!answer) return;
  if (answer.extra) return void app.take({ op: "unseries", id });
  app.take({ op: "series", id: name, spans, articles: answer.articles });
  if (answer.to && answer.to !== name) app.take({ op: "rename", id: name, to: answer.to });
}

/** What an id may look like. */
const NAMES = "用小写字母、数字和连字号，如 datong-2024-3rd；发布以后永远不变";

/**
 * What is wrong with an id, or "".
 * @param {string} to
 * @param {string} now the id that it takes the place of
 * @param {Set<string>} taken
 */
function wrongName(to, now, taken) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(to) || to.length > 80) return "编号只能用小写字母、数字和单个连字号，最多80个";
  if (to === "index" || to === "readme") return "这个名称留给网站自己用";
  return taken.has(to) && to !== now ? "这个编号已经有了" : "";
}

/**
 * What an article belongs to: nothing, another article, a series.
 * @param {App} app
 * @param {string|null} id
 */
export async function askPlace(app, id) {
  const article = app.model.articles.find((one) => one.id === id);
  if (!article) return;
  const hosts = app.model.articles.filter((one) => one !== article && one.parent === null);
  /** @type {[string, string][]} */
  const options = [
    ["", "独立成篇"],
    ...hosts.map((host) => /** @type {[string, string]} */ ([`parent ${host.id}`, `附属于稿件${nameOf(app, host.id)[1]}`])),
    ...app.model.series.map(
      ({ id, title }) => /** @type {[string, string]} */ ([`package ${id}`, `属于系列　${app.page.join(title).slice(0, 22)}`]),
    ),
  ];
  const value = article.parent ? `parent ${article.parent}` : article.package ? `package ${article.package}` : "";
  const field = { name: "place", label: "从属", kind: /** @type {const} */ ("select"), options, value };
  const answer = await askFor(`稿件${app.labels.number(article.id)}的从属`, [field]);
  if (!answer || answer.place === value) return;
  const [key, to] = answer.place ? answer.place.split(" ") : [article.parent ? "parent" : "package", null];
  app.take({ op: "set", article: article.id, key, value: to });
}

/**
 * @param {App} app
 * @param {string|null} id
 */
export async function askName(app, id) {
  if (!id) return;
  if (app.published.has(id)) return app.say("编号已经发布，不能再改");
  const taken = new Set([...app.model.articles, ...app.model.series].map((one) => one.id));
  const answer = await askFor("改编号", [{ name: "to", label: "编号", kind: "text", value: id, required: true, hint: NAMES }], {
    text: ["编号是稿件网址的一部分。"],
    check: ({ to }) => wrongName(to, id, taken),
  });
  if (answer && app.take({ op: "rename", id, to: answer.to })) app.turnTo(answer.to);
}

/** @param {Command[]} commands */
export async function askHelp(commands) {
  const rows = [
    ["↑ ↓", "选行；加 Shift 连选；在右边是选段"],
    ["← →", "在行内移动光标；加 Shift 选几个字"],
    ["鼠标", "点行号选整行，拖动连选；在文字上拖动选几个字；右边点段落选一段，拖段落左边移动"],
    ...commands.map(({ key, words, help }) => [keyWords(key, "Shift+"), help ? (words ? `${words}：${help}` : help) : words]),
  ];
  const table = make("table", {}, ...rows.map(([key, words]) => make("tr", {}, make("th", { scope: "row" }, key), make("td", {}, words))));
  const done = askFor("帮助", [], { text: ["先选文字，再按键或按钮。归入稿件的，都归入当前去处的那一篇。"] });
  document.querySelector("dialog form .buttons")?.before(table);
  await done;
}

/**
 * A key for people.
 * @param {string} key
 * @param {string} shift
 */
export function keyWords(key, shift = "⇧") {
  const names = { ArrowUp: "↑", ArrowDown: "↓", Delete: "Del", Shift: shift, Ctrl: "Ctrl ", Alt: "Alt " };
  return key
    .split("+")
    .map((part) => names[/** @type {"Delete"} */ (part)] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("");
}
