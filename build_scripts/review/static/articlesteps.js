// Steps on whole articles: parting and joining them, their order, headlines, type and series.

import { joined, parted, tidy, withArticle } from "./claims.js";
import { give } from "./giving.js";
import { articleOf } from "./model.js";

/** @import {Article, Model, Part, Series, Step} from "./types.js" */
/** @import {Context} from "./edits.js" */

/**
 * Everything from a place of the body on becomes an article of its own, with the byline printed behind that place.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function split({ page }, model, { article: id, block, offset, to }) {
  const article = articleOf(model, id);
  if (!article || !article.body[block] || articleOf(model, to)) return model;
  // A paragraph may be printed in several places; the one that holds `offset` is parted, what it has behind it in reading order goes along.
  const { head, spans } = article.body[block];
  const at = spans.findIndex(([start, end]) => start <= offset && offset < end);
  if (at < 0) return model;
  const [before, after] = parted(page, [spans[at]], offset);
  const kept = [...spans.slice(0, at), ...before];
  const first = kept.length ? [{ head, spans: kept }] : [];
  const second = { head, spans: [...after, ...spans.slice(at + 1)] };
  const body = [...article.body.slice(0, block), ...first];
  if (!body.length) return model;
  const [byline, nextByline] = parted(page, article.byline, offset);
  const [continuation, nextContinuation] = parted(page, article.continuation, offset);
  /** @type {Article} */
  const fresh = {
    ...article,
    id: to,
    parent: null,
    kicker: [],
    title: [],
    subtitle: [],
    credit: [],
    byline: nextByline,
    continuation: nextContinuation,
    body: [second, ...article.body.slice(block + 1)],
  };
  const index = model.articles.indexOf(article);
  const articles = [...model.articles];
  articles.splice(index, 1, { ...article, byline, continuation, body }, fresh);
  return { ...model, articles };
}

/**
 * One article goes on in another. Its headline becomes section heads where the other has one. Of two ids the published one stays.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function merge({ page, published }, model, { article: id, into }) {
  const from = articleOf(model, id);
  const host = articleOf(model, into);
  if (!from || !host || from === host) return model;
  const headed = host.title.length > 0;
  /** @type {Part[]} */
  const heads = ["kicker", "title", "subtitle"];
  const sections = heads.filter((part) => from[part].length).map((part) => ({ head: true, spans: joined(page, from[part]) }));
  const name = published.has(from.id) && !published.has(host.id) ? from.id : host.id;
  /** @type {Article} */
  const whole = {
    ...host,
    id: name,
    ...(headed ? {} : Object.fromEntries(heads.map((part) => [part, [...host[part], ...from[part]]]))),
    credit: [...host.credit, ...from.credit],
    byline: [...host.byline, ...from.byline],
    continuation: [...host.continuation, ...from.continuation],
    body: [...host.body, ...(headed ? sections : []), ...from.body],
  };
  const articles = model.articles
    .filter((article) => article !== from)
    .map((article) => (article === host ? whole : article))
    .map((article) => (article.parent === from.id || article.parent === host.id ? { ...article, parent: name } : article))
    .map((article) => (article.id === name && article.parent === name ? { ...article, parent: null } : article));
  return { ...model, articles };
}

/**
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function order(_, model, { article: id, at }) {
  const article = articleOf(model, id);
  if (!article || at < 0 || at >= model.articles.length || model.articles[at] === article) return model;
  const articles = model.articles.filter((one) => one !== article);
  articles.splice(at, 0, article);
  return { ...model, articles };
}

/**
 * Two articles change their headlines.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function swap(_, model, { article: id, other }) {
  const [one, two] = [articleOf(model, id), articleOf(model, other)];
  if (!one || !two || one === two) return model;
  /** @param {Article} article @param {Article} from @returns {Article} */
  const headed = (article, from) => ({ ...article, kicker: from.kicker, title: from.title, subtitle: from.subtitle });
  return withArticle(
    withArticle(model, one.id, (article) => headed(article, two)),
    two.id,
    (article) => headed(article, one),
  );
}

/**
 * Type, parent or series of an article.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function set(_, model, { article: id, key, value }) {
  const article = articleOf(model, id);
  if (!article || !["type", "parent", "package"].includes(key) || article[/** @type {"type"} */ (key)] === value) return model;
  return withArticle(model, id, (article) => ({
    ...article,
    ...(key === "parent" && value ? { package: null } : {}),
    ...(key === "package" && value ? { parent: null } : {}),
    [key]: value,
  }));
}

/**
 * Gives an article or a series another id, as long as no reader can have a link to it.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function rename({ published }, model, { id, to }) {
  const taken = [...model.articles, ...model.series].some((one) => one.id === to);
  if (taken || published.has(id) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(to)) return model;
  return {
    ...model,
    series: model.series.map((one) => (one.id === id ? { ...one, id: to } : one)),
    articles: model.articles.map((article) => ({
      ...article,
      id: article.id === id ? to : article.id,
      parent: article.parent === id ? to : article.parent,
      package: article.package === id ? to : article.package,
    })),
  };
}

/**
 * A headline over several articles: made, or its members chosen anew.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function series(context, model, { id, spans, articles }) {
  const known = model.series.some((one) => one.id === id);
  /** @type {Series[]} */
  const all = known ? model.series : [...model.series, { id, title: [] }];
  const named = { ...model, series: all };
  const titled = spans.length ? give(context, named, { op: "give", spans, to: { series: id } }) : named;
  return {
    ...titled,
    articles: titled.articles.map((article) => {
      if (articles.includes(article.id)) return { ...article, package: id, parent: null };
      return article.package === id ? { ...article, package: null } : article;
    }),
  };
}

/**
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function unseries(_, model, { id }) {
  return tidy({ ...model, series: model.series.filter((one) => one.id !== id) });
}
