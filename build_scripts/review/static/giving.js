// Giving text to a part of an article, to the page's furniture, or to nothing.

import { amongst, joined, release, tidy, withArticle } from "./claims.js";
import { articleOf, ownedSpans, PARTS } from "./model.js";

/** @import {Article, Block, Model, Part, Span, Step} from "./types.js" */
/** @import {Context} from "./edits.js" */
/** @import {Owned} from "./model.js" */

/**
 * The paragraphs that a selection makes: those that it was part of stay apart; the rest is one paragraph on a page that keeps its
 * columns, and one a line where each line is a paragraph.
 * @param {Context} context
 * @param {Model} model
 * @param {Span[]} spans
 * @returns {Block[]}
 */
function paragraphsIn({ page, wrapped }, model, spans) {
  /** @type {{span: Span, owner: Owned|null}[]} */
  const pieces = [];
  const owned = [...ownedSpans(model)].sort((a, b) => a.span[0] - b.span[0]);
  for (const [start, end] of spans) {
    let done = start;
    /** @param {number} from @param {number} to @param {Owned|null} owner */
    const add = (from, to, owner) => {
      const span = from < to ? page.trim([from, to]) : null;
      if (span) pieces.push({ span, owner });
    };
    for (const owner of owned) {
      if (owner.span[1] <= done || owner.span[0] >= end) continue;
      add(done, Math.min(owner.span[0], end), null);
      add(Math.max(done, owner.span[0]), Math.min(owner.span[1], end), owner);
      done = Math.max(done, Math.min(owner.span[1], end));
    }
    add(done, end, null);
  }
  /** @type {Map<string, Block>} */
  const known = new Map();
  /** @type {Block[]} */
  const blocks = [];
  /** @type {Block|null} */
  let free = null;
  for (const { span, owner } of pieces) {
    if (owner && owner.article !== null && (owner.part === "body" || owner.part === "head")) {
      const key = `${owner.article} ${owner.index}`;
      const block = known.get(key);
      if (block) block.spans.push(span);
      else {
        const fresh = { head: owner.part === "head", spans: [span] };
        known.set(key, fresh);
        blocks.push(fresh);
      }
      free = null;
      continue;
    }
    for (const row of wrapped ? [span] : page.rows(span)) {
      if (wrapped && free) free.spans.push(row);
      else blocks.push((free = { head: false, spans: [row] }));
    }
  }
  return blocks.map((block) => ({ ...block, spans: joined(page, block.spans) }));
}

/**
 * Puts paragraphs into a body, behind the one that stands before them on the page.
 * @param {Block[]} body
 * @param {Block[]} fresh
 */
function placed(body, fresh) {
  const start = fresh[0].spans[0][0];
  let at = -1;
  let nearest = -1;
  body.forEach((block, index) => {
    const end = block.spans[block.spans.length - 1][1];
    if (end <= start && end > nearest) [at, nearest] = [index, end];
  });
  return [...body.slice(0, at + 1), ...fresh, ...body.slice(at + 1)];
}

/**
 * Gives text to a part: of an article ({article, part}), to the page's furniture ({role}), to a series ({series}), or to nothing ({}).
 * Parts are those of the layout file, and "paragraph": the body, in one paragraph.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function give(context, model, { spans, to }) {
  const { page } = context;
  const rows = /** @type {Span[]} */ (spans.flatMap((/** @type {Span} */ span) => page.rows(span)));
  if (!rows.length) return model;
  const blocks = paragraphsIn(context, model, spans);
  const left = release(page, model, spans);
  if (to.role) {
    const furniture = [...left.furniture, { role: to.role, spans: rows }].sort((a, b) => a.spans[0][0] - b.spans[0][0]);
    return tidy({ ...left, furniture });
  }
  if (to.series) {
    const series = left.series.map((one) => (one.id === to.series ? { ...one, title: amongst(one.title, rows) } : one));
    return tidy({ ...left, series });
  }
  if (!to.article) return tidy(left);
  const whole = joined(
    page,
    spans.map((/** @type {Span} */ span) => page.trim(span)).filter((/** @type {Span|null} */ span) => span),
  );
  return tidy(
    withArticle(left, to.article, (article) => {
      if (PARTS.includes(to.part)) return { ...article, [to.part]: amongst(article[/** @type {Part} */ (to.part)], rows) };
      return { ...article, body: placed(article.body, to.part === "body" ? blocks : [{ head: to.part === "head", spans: whole }]) };
    }),
  );
}

/**
 * A new article out of some text; it stands behind the article that had the text, else where the page has it.
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 */
export function begin(context, model, { id, type, parent = null, spans, part }) {
  if (articleOf(model, id) || !spans.length) return model;
  const start = spans[0][0];
  const host = [...ownedSpans(model)].find(({ span, article }) => article && span[0] <= start && start < span[1]);
  let at = model.articles.findIndex((article) => article.id === (parent ?? host?.article));
  if (at < 0) {
    model.articles.forEach((article, index) => {
      if (article.body[0] && article.body[0].spans[0][0] < start) at = index;
    });
  }
  /** @type {Article} */
  const fresh = {
    id,
    type,
    parent,
    package: null,
    kicker: [],
    title: [],
    subtitle: [],
    credit: [],
    byline: [],
    continuation: [],
    body: [],
  };
  const articles = [...model.articles.slice(0, at + 1), fresh, ...model.articles.slice(at + 1)];
  return give(context, { ...model, articles }, { op: "give", spans, to: { article: id, part } });
}
