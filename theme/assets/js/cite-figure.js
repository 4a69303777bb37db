// 引用到数: one figure as a reader takes it along, with its sentence, value, place, citation and permanent link.

import { cellText } from "./cells.js";
import { copy, copyButton } from "./clipboard.js";

const SENTENCE_END = /[。！？；]/;

/**
 * Each row's details get their button when they are opened, or at once where a reader was quicker than this script.
 * @param {HTMLElement} part the table under an article
 */
export function start(part) {
  for (const said of part.querySelectorAll("td > span")) foldable(said);
  part.addEventListener("toggle", (event) => offer(/** @type {HTMLDetailsElement} */ (event.target)), true);
  for (const details of part.querySelectorAll("details")) offer(details);
}

/** @param {HTMLDetailsElement} details */
function offer(details) {
  const row = details.closest("tr");
  if (!row || !details.open || details.querySelector(".copy")) return;
  const line = document.createElement("p");
  const button = copyButton("引用这个数", () => copy(button, describe(row)));
  line.append(button);
  details.append(line);
}

/**
 * Where the page has nothing more to unfold, there is the citation.
 * @param {Element} said
 */
function foldable(said) {
  const [details, summary] = [document.createElement("details"), document.createElement("summary")];
  summary.append(...said.childNodes);
  details.append(summary);
  said.replaceWith(details);
}

/**
 * @param {HTMLTableRowElement} row
 * @returns {string} four lines
 */
function describe(row) {
  const anchor = row.querySelector('a[href^="#l"]')?.getAttribute("href")?.slice(1) ?? row.id;
  const mark = document.getElementById(anchor);
  const printed = mark?.localName === "data" ? mark : null;
  const [value, unit, subject] = [1, 2, 3].map((at) => cellText(row.cells[at]));
  const place = (document.querySelector("[data-page]")?.getAttribute("data-page") ?? "") + cellText(row.cells[6]);
  const about = [subject, cellText(row.cells[4]), cellText(row.cells[0]), place].filter(Boolean).join("，");
  return [
    printed ? `“${sentenceOf(printed)}”` : "",
    `${printed?.textContent ?? value + unit}（${about}）`,
    document.querySelector(".cite pre")?.textContent ?? "",
    permalink(anchor),
  ]
    .filter(Boolean)
    .join("\n");
}

/**
 * The sentence that a figure stands in, as the page shows it.
 * @param {HTMLElement} mark
 */
function sentenceOf(mark) {
  const block = mark.closest("p, h1, h2, h3") ?? mark;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEndBefore(mark);
  const text = block.textContent ?? "";
  const from = before.toString().length;
  let start = from;
  while (start > 0 && !SENTENCE_END.test(text[start - 1])) start--;
  const rest = text.slice(from).search(SENTENCE_END);
  return text.slice(start, rest < 0 ? text.length : from + rest + 1).trim();
}

/**
 * At the archive's own address where the page knows it, so that a mirror's reader cites the original.
 * @param {string} anchor
 */
function permalink(anchor) {
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
  const url = new URL(canonical ?? location.href, location.href);
  url.hash = anchor;
  url.search = "";
  return url.href;
}
