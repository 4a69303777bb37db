// Articles as they are offered for a choice: their names, the next one, the likeliest; and ids for new ones.

import { articleOf } from "./model.js";

/** @import {App} from "./app.js" */
/** @import {Span} from "./types.js" */

/**
 * The id of an article whose text begins with these spans, as the draft makes it.
 * @param {App} app
 * @param {Span[]} spans
 * @param {string} kind "l" for an article, "p" for a series
 */
export function freshId(app, spans, kind = "l") {
  const base = `${app.state.hash}-${kind}${app.page.lineAt(spans[0][0])}`;
  const taken = new Set([...app.model.articles, ...app.model.series].map(({ id }) => id));
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  return id;
}

/**
 * An article as an option: its id, its number and the beginning of its headline.
 * @param {App} app
 * @param {string} id
 * @returns {[string, string]}
 */
export function nameOf(app, id) {
  const article = articleOf(app.model, id);
  const words = app.page.join(article?.title.length ? article.title : (article?.body[0]?.spans ?? []));
  return [id, `${app.labels.number(id)}　${words.length > 22 ? `${words.slice(0, 22)}…` : words}`];
}

/**
 * The article so many places from the current one.
 * @param {App} app
 * @param {number} by
 */
export function neighbour(app, by) {
  const ids = app.model.articles.map(({ id }) => id);
  return ids[Math.min(Math.max(0, ids.indexOf(app.active ?? "") + by), ids.length - 1)];
}

/**
 * The article whose text has most of the words of the current headline: where headlines are mixed up, it is that one's.
 * @param {App} app
 */
export function rightful(app) {
  const title = app.page.join(articleOf(app.model, app.active)?.title ?? []);
  const pairs = new Set(Array.from({ length: Math.max(0, title.length - 1) }, (_, at) => title.slice(at, at + 2)));
  let [best, most] = [neighbour(app, 1), 0];
  for (const { id, body } of app.model.articles) {
    if (id === app.active) continue;
    const text = app.page.join(body.flatMap(({ spans }) => spans));
    const shared = [...pairs].filter((pair) => text.includes(pair)).length;
    if (shared > most) [best, most] = [id, shared];
  }
  return best;
}
