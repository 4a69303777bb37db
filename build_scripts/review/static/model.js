// The layout as it is being made, and its form in the layout file.

/** @import {Article, Block, Model, Part, Span} from "./types.js" */
/** @import {RawPage} from "./page.js" */

/** @type {Part[]} */
export const PARTS = ["kicker", "title", "subtitle", "credit", "byline", "continuation"];

/**
 * The model of a layout file's tree, see tree.py.
 * @param {any} tree
 * @param {RawPage} page
 * @returns {Model}
 */
export function readTree(tree, page) {
  /** @param {any} value @returns {Span[]} */
  const spans = (value) =>
    (value === undefined ? [] : Array.isArray(value) ? value : [value]).map((/** @type {string} */ one) => page.parse(one));
  /** @param {any} block @returns {Block} */
  const block = (block) =>
    typeof block === "object" && !Array.isArray(block) ? { head: true, spans: spans(block.head) } : { head: false, spans: spans(block) };
  return {
    furniture: (tree.furniture ?? []).map((/** @type {any} */ item) => {
      const [[role, value]] = Object.entries(item);
      return { role, spans: spans(value) };
    }),
    series: (tree.packages ?? []).map((/** @type {any} */ item) => ({ id: item.id, title: spans(item.title) })),
    articles: tree.articles.map((/** @type {any} */ item) => ({
      id: item.id,
      type: item.type,
      parent: item.parent ?? null,
      package: item.package ?? null,
      ...Object.fromEntries(PARTS.map((part) => [part, spans(item[part])])),
      body: item.body.map(block),
    })),
    corrections: (tree.corrections ?? []).map((/** @type {any} */ item) => ({
      line: Number(item.line),
      column: item.column === undefined ? null : Number(item.column),
      printed: item.printed,
      corrected: item.corrected ?? null,
      kind: item.kind,
      note: item.note,
    })),
    settled: [],
    aliases: [],
  };
}

/**
 * The reverse, as wire.py reads it.
 * @param {Model} model
 * @param {RawPage} page
 * @param {string} name
 */
export function writeTree(model, page, name) {
  /** @param {Span[]} spans */
  const places = (spans) => spans.map((span) => page.write(span));
  return {
    page: name,
    furniture: model.furniture.map(({ role, spans }) => ({ [role]: places(spans) })),
    packages: model.series.map(({ id, title }) => ({ id, title: places(title) })),
    articles: model.articles.map((article) => ({
      id: article.id,
      type: article.type,
      ...(article.parent ? { parent: article.parent } : {}),
      ...(article.package ? { package: article.package } : {}),
      ...Object.fromEntries(PARTS.filter((part) => article[part].length).map((part) => [part, places(article[part])])),
      body: article.body.map(({ head, spans }) => (head ? { head: places(spans) } : places(spans))),
    })),
    corrections: model.corrections.map(({ line, column, printed, corrected, kind, note }) => ({
      line: String(line),
      ...(column === null ? {} : { column: String(column) }),
      printed,
      ...(corrected === null ? {} : { corrected }),
      kind,
      note,
    })),
  };
}

/**
 * Every span of the model with what it belongs to, in no particular order.
 * @param {Model} model
 * @returns {Generator<Owned>}
 */
export function* ownedSpans(model) {
  for (const [index, { role, spans }] of model.furniture.entries())
    for (const span of spans) yield { span, article: null, part: role, index };
  for (const [index, { id, title }] of model.series.entries())
    for (const span of title) yield { span, article: null, part: "package", index, series: id };
  for (const article of model.articles) {
    for (const part of PARTS) for (const [index, span] of article[part].entries()) yield { span, article: article.id, part, index };
    for (const [index, block] of article.body.entries())
      for (const span of block.spans) yield { span, article: article.id, part: block.head ? "head" : "body", index };
  }
}

/**
 * @typedef {{span: Span, article: string|null, part: string, index: number, series?: string}} Owned
 * What a span belongs to: `part` is a Part, "body", "head", "package" or a role of furniture; `index` its number there.
 */

/**
 * All spans of an article.
 * @param {Article} article
 */
export const spansOf = (article) => [...PARTS.flatMap((part) => article[part]), ...article.body.flatMap((block) => block.spans)];

/**
 * @param {Model} model
 * @param {string|null} id
 */
export const articleOf = (model, id) => model.articles.find((article) => article.id === id);
