// Pieces that the box and the page both show. Text goes in as text, never as HTML.

import { site } from "./client.js";

/**
 * @typedef {import("./engine.js").Answered} Answered
 * @typedef {import("./engine.js").Result} Result
 */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string|boolean|null|undefined>} [attributes]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * `text` with the characters in `ranges` marked.
 * @param {string} text
 * @param {[number, number][]} ranges
 */
export function marked(text, ranges) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const [start, end] of ranges) {
    out.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  out.append(text.slice(at));
  return out;
}

/**
 * The address of a page of the site; `terms` are marked there.
 * @param {string} url
 * @param {string[]} [terms]
 */
export function addressOf(url, terms = []) {
  const address = new URL(url, site);
  for (const term of terms) address.searchParams.append("h", term);
  return address.href;
}

/**
 * The address of the search page for a query.
 * @param {string} text
 */
export function searchAddress(text) {
  const address = new URL("search/", site);
  address.searchParams.set("q", text);
  return address.href;
}

/**
 * @param {number} total
 * @param {boolean} exact
 */
export function count(total, exact) {
  return `${exact ? "" : "约"}${total}篇`;
}

/**
 * Which tier answered, in words.
 * @param {Answered} answered
 */
export function describe(answered) {
  const { tier, total, total_exact, terms } = answered;
  const number = count(total, total_exact);
  const quoted = terms.map((term) => `“${term}”`);
  if (tier === "exact") return `${number}含有${quoted.join("")}`;
  if (tier === "all") return `${number}同时含有${quoted.join("、")}`;
  if (tier === "cut") return `没有连写的，拆开检索：${number}同时含有${quoted.join("、")}`;
  if (tier === "partial") return `没有完全相符的，以下${number}部分相符`;
  return "没有检索到相符的稿件";
}

/**
 * What was done to the query, in words.
 * @param {Answered} answered
 * @returns {string[]}
 */
export function notesOf(answered) {
  const simplified = answered.notes.filter(({ kind }) => kind === "simplified").map(({ to }) => `已按“${to}”检索`);
  const alias = answered.notes.filter(({ kind }) => kind === "alias").map(({ to }) => `“${to}”`);
  const long = answered.notes.some(({ kind }) => kind === "long") ? ["检索词过长，只用了开头部分"] : [];
  return [...simplified, ...(alias.length ? [`已按${alias.join("、")}检索，列在“另见”`] : []), ...long];
}

/** @param {Result} result */
export function hitsLabel(result) {
  return result.hits ? `命中${result.hits}处${result.printed ? "（原刊所印，本站已订正）" : ""}` : "";
}
