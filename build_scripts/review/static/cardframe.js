// The frame of an article's card: its number, type, place and id, each a way to change it.

import { fill, make } from "./dom.js";
import { TYPE } from "./words.js";

/** @import {Article} from "./types.js" */
/** @import {Handlers} from "./cardview.js" */

/**
 * @typedef {{
 *   card: HTMLElement, badge: HTMLButtonElement, type: HTMLSelectElement, under: HTMLButtonElement, id: HTMLButtonElement,
 *   facts: HTMLElement, units: HTMLElement, notes: HTMLElement, elements: Map<string, HTMLElement>, key: string,
 * }} Card
 */

/**
 * An empty card.
 * @param {string} id
 * @param {Pick<Handlers, "activate"|"set"|"under"|"rename">} handlers
 * @returns {Card}
 */
export function makeCard(id, handlers) {
  const badge = make("button", { type: "button", class: "badge", "aria-pressed": "false", click: () => handlers.activate(id) });
  const type = make("select", { "aria-label": "体裁", change: () => handlers.set(id, "type", type.value) });
  const under = make("button", { type: "button", click: () => handlers.under(id) });
  const name = make("button", { type: "button", class: "id", click: () => handlers.rename(id) });
  const facts = make("p", { class: "facts" });
  const units = make("div", { class: "units" });
  const notes = make("div", { class: "notes" });
  const head = make("header", {}, badge, type, under, name);
  const card = make("article", { class: "card", dataset: { article: id }, "aria-label": "稿件" }, head, facts, units, notes);
  return { card, badge, type, under, id: name, facts, units, notes, elements: new Map(), key: "" };
}

/**
 * What stands in the frame.
 * @param {Card} card
 * @param {Article} article
 * @param {{number: number, hue: string, under: string}} shown `under`: what it belongs to, in words
 * @param {Set<string>} published
 */
export function dressCard(card, article, { number, hue, under }, published) {
  card.card.className = `card ${hue}${card.card.classList.contains("active") ? " active" : ""}`;
  card.card.setAttribute("aria-label", `稿件${number}`);
  card.badge.textContent = String(number);
  card.badge.title = `稿件${number}：选为所选文字的去处`;
  card.badge.setAttribute("aria-label", `稿件${number}，选为去处`);
  fill(card.type, Object.entries(TYPE), article.type);
  card.under.textContent = under;
  card.id.textContent = article.id;
  card.id.disabled = published.has(article.id);
  card.id.title = card.id.disabled ? "编号已经发布，读者的链接靠它，不能再改" : "改编号";
}
