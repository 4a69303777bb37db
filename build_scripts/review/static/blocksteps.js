// Steps on the paragraphs of an article and the clauses of its headline.

import { joined, parted, tidy, withArticle } from "./claims.js";
import { articleOf } from "./model.js";

/** @import {Model, Part, Step} from "./types.js" */
/** @import {Context} from "./edits.js" */

/**
 * A block goes on in the one before it; a section head and a paragraph make a paragraph.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function join({ page }, model, { article: id, block }) {
  const body = articleOf(model, id)?.body;
  if (!body || block < 1 || block >= body.length) return model;
  const [one, two] = [body[block - 1], body[block]];
  const whole = { head: one.head && two.head, spans: joined(page, [...one.spans, ...two.spans]) };
  return withArticle(model, id, (article) => ({ ...article, body: [...body.slice(0, block - 1), whole, ...body.slice(block + 1)] }));
}

/**
 * A new block begins at `offset`.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function cut({ page }, model, { article: id, block, offset }) {
  const body = articleOf(model, id)?.body;
  const spans = body?.[block]?.spans ?? [];
  const at = spans.findIndex(([start, end]) => start <= offset && offset < end);
  if (!body || at < 0) return model;
  const [before, after] = parted(page, [spans[at]], offset);
  const one = [...spans.slice(0, at), ...before];
  const two = [...after, ...spans.slice(at + 1)];
  if (!one.length || !two.length) return model;
  const { head } = body[block];
  const blocks = [one, two].map((spans) => ({ head, spans }));
  return withArticle(model, id, (article) => ({ ...article, body: [...body.slice(0, block), ...blocks, ...body.slice(block + 1)] }));
}

/**
 * A block goes to place `at` of a body: its own, or another article's.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function move(_, model, { article: id, block, to, at }) {
  const item = articleOf(model, id)?.body[block];
  const target = articleOf(model, to);
  if (!item || !target || at < 0 || at > target.body.length - (id === to ? 1 : 0) || (id === to && at === block)) return model;
  const gone = withArticle(model, id, (article) => ({ ...article, body: article.body.filter((one) => one !== item) }));
  return tidy(withArticle(gone, to, (article) => ({ ...article, body: [...article.body.slice(0, at), item, ...article.body.slice(at)] })));
}

/**
 * Makes a block a section head, or a paragraph.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function head(_, model, { article: id, block, head }) {
  const item = articleOf(model, id)?.body[block];
  if (!item || item.head === head) return model;
  return withArticle(model, id, (article) => ({ ...article, body: article.body.map((one) => (one === item ? { ...one, head } : one)) }));
}

/**
 * A clause of a headline, or a byline, changes places with its neighbour.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function shift(_, model, { article: id, part, index, by }) {
  const spans = articleOf(model, id)?.[/** @type {Part} */ (part)];
  if (!spans || !spans[index] || !spans[index + by]) return model;
  const changed = [...spans];
  [changed[index], changed[index + by]] = [changed[index + by], changed[index]];
  return withArticle(model, id, (article) => ({ ...article, [part]: changed }));
}
