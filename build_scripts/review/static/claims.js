// Spans of text and the parts that claim them: what every step is made of.

import { PARTS, spansOf } from "./model.js";

/** @import {Article, Model, Span} from "./types.js" */
/** @import {RawPage} from "./page.js" */

/**
 * What is left of `spans` without `gone`.
 * @param {RawPage} page
 * @param {Span[]} spans
 * @param {Span[]} gone
 */
export function without(page, spans, gone) {
  let left = spans;
  for (const [start, end] of gone) {
    if (!left.some((span) => span[0] < end && start < span[1])) continue;
    left = left.flatMap(([from, to]) => {
      if (to <= start || end <= from) return [/** @type {Span} */ ([from, to])];
      const pieces = [page.trim([from, Math.max(from, start)]), page.trim([Math.min(to, end), to])];
      return pieces.filter((piece) => piece !== null);
    });
  }
  return left;
}

/**
 * Spans in one, where nothing is printed between one and the next.
 * @param {RawPage} page
 * @param {Span[]} spans
 * @returns {Span[]}
 */
export function joined(page, spans) {
  /** @type {Span[]} */
  const found = [];
  for (const span of spans) {
    const last = found[found.length - 1];
    if (last && last[1] <= span[0] && page.isEmpty(last[1], span[0])) found[found.length - 1] = [last[0], span[1]];
    else found.push(span);
  }
  return found;
}

/**
 * `fresh` among `spans` in the page's order, behind them where they have another.
 * @param {Span[]} spans
 * @param {Span[]} fresh
 */
export function amongst(spans, fresh) {
  const ordered = spans.every((span, at) => at === 0 || spans[at - 1][0] < span[0]);
  return ordered ? [...spans, ...fresh].sort((a, b) => a[0] - b[0]) : [...spans, ...fresh];
}

/**
 * The model without any claim to `gone`: what held nothing else is no more.
 * @param {RawPage} page
 * @param {Model} model
 * @param {Span[]} gone
 * @returns {Model}
 */
export function release(page, model, gone) {
  /** @param {Span[]} spans */
  const less = (spans) => without(page, spans, gone);
  return {
    ...model,
    furniture: model.furniture
      .map((item) => {
        const spans = less(item.spans);
        return spans === item.spans ? item : { ...item, spans };
      })
      .filter((item) => item.spans.length),
    series: model.series.map((item) => {
      const title = less(item.title);
      return title === item.title ? item : { ...item, title };
    }),
    articles: model.articles.map((article) => {
      const parts = PARTS.map((part) => less(article[part]));
      const body = article.body.map((block) => {
        const spans = less(block.spans);
        return spans === block.spans ? block : { ...block, spans };
      });
      const same = parts.every((spans, at) => spans === article[PARTS[at]]) && body.every((block, at) => block === article.body[at]);
      if (same) return article;
      return {
        ...article,
        ...Object.fromEntries(PARTS.map((part, at) => [part, parts[at]])),
        body: body.filter((block) => block.spans.length),
      };
    }),
  };
}

/**
 * Takes away articles and series that hold no text, and what points to them.
 * @param {Model} model
 * @returns {Model}
 */
export function tidy(model) {
  const articles = model.articles.filter((article) => spansOf(article).length);
  const series = model.series.filter((one) => one.title.length);
  const ids = new Set(articles.map((article) => article.id));
  const titles = new Set(series.map((one) => one.id));
  return {
    ...model,
    series,
    articles: articles.map((article) => {
      const parent = article.parent !== null && ids.has(article.parent) ? article.parent : null;
      const series = article.package !== null && titles.has(article.package) ? article.package : null;
      return parent === article.parent && series === article.package ? article : { ...article, parent, package: series };
    }),
  };
}

/**
 * @param {Model} model
 * @param {string} id
 * @param {(article: Article) => Article} change
 * @returns {Model}
 */
export const withArticle = (model, id, change) => ({
  ...model,
  articles: model.articles.map((article) => (article.id === id ? change(article) : article)),
});

/**
 * Spans before and from `offset` on.
 * @param {RawPage} page
 * @param {Span[]} spans
 * @param {number} offset
 * @returns {[Span[], Span[]]}
 */
export function parted(page, spans, offset) {
  return [without(page, spans, [[offset, page.end + 1]]), without(page, spans, [[0, offset]])];
}
