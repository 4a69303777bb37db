// The page /search/: query and filters stand in the address, so that a search can be shared and gone back to.

import { ask } from "./client.js";
import { FACETS, renderFacets } from "./facets.js";
import { addressOf, count, describe, hitsLabel, make, marked, notesOf, searchAddress } from "./view.js";

/**
 * @typedef {import("./engine.js").Answered} Answered
 * @typedef {import("./engine.js").Result} Result
 */

const STEP = 10;

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.querySelector(`[data-component="search-page"] [data-part="${name}"]`));

const form = /** @type {HTMLFormElement} */ (part("form"));
const within = /** @type {HTMLFormElement} */ (part("within"));
const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
const inner = /** @type {HTMLInputElement} */ (within.elements.namedItem("in"));
const facets = /** @type {HTMLDetailsElement} */ (part("facets"));

let limit = STEP;
let composing = false;
let timer = 0;

/** What the address asks for. */
function state() {
  const params = new URLSearchParams(location.search);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const { name } of FACETS) {
    const values = params.getAll(name).filter((value) => value);
    if (values.length) filters[name] = values;
  }
  /** @type {"date"|"relevance"} */
  const sort = params.get("sort") === "date" ? "date" : "relevance";
  return { q: params.get("q") ?? "", in: params.get("in") ?? "", sort, filters };
}

/**
 * @param {(params: URLSearchParams) => void} change
 * @param {boolean} [replace] typing replaces the entry in the history; a step adds one
 */
function go(change, replace) {
  const address = new URL(location.href);
  change(address.searchParams);
  for (const [name, value] of [...address.searchParams]) if (!value) address.searchParams.delete(name);
  address.hash = "";
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  limit = STEP;
  void show();
}

async function show() {
  const wanted = state();
  if (document.activeElement !== input) input.value = wanted.q;
  if (document.activeElement !== inner) inner.value = wanted.in;
  const text = [wanted.q, wanted.in].filter((one) => one.trim()).join(" ");
  document.title = document.title.replace(/^(.*? - )?检索/, `${wanted.q ? `${wanted.q.slice(0, 30)} - ` : ""}检索`);
  part("help").hidden = Boolean(text.trim());
  if (!text.trim()) {
    clear();
    return;
  }
  const waiting = window.setTimeout(() => (part("summary").textContent = "检索中…"), 300);
  try {
    const answered = await ask(text, { limit, sort: wanted.sort, facets: true, ...wanted.filters }, "page");
    if (answered) render(answered, wanted);
  } catch (error) {
    clear();
    part("summary").textContent = error instanceof Error ? error.message : "检索没有成功。";
    part("help").hidden = false;
  } finally {
    window.clearTimeout(waiting);
  }
}

function clear() {
  for (const name of ["summary", "answers", "results", "more", "also"]) part(name).replaceChildren();
  part("tools").hidden = true;
  facets.hidden = true;
}

/**
 * @param {Answered} answered
 * @param {ReturnType<typeof state>} wanted
 */
function render(answered, wanted) {
  part("summary").replaceChildren(make("b", {}, describe(answered)), ...notesOf(answered).map((note) => make("span", {}, note)));
  part("results").replaceChildren(...answered.results.map((result) => resultItem(result, answered.terms)));
  renderAnswers(answered);
  renderAlso(answered);
  renderMore(answered);
  const any = answered.results.length > 0;
  part("tools").hidden = !any && !wanted.in;
  const sort = /** @param {"date"|"relevance"} value @param {string} label */ (value, label) => {
    const button = make("button", { type: "button", "aria-pressed": String(wanted.sort === value) }, label);
    button.addEventListener("click", () => go((params) => params.set("sort", value === "date" ? "date" : "")));
    return button;
  };
  part("sort").replaceChildren(sort("relevance", "按相关度"), sort("date", "按时间"));
  const shown = renderFacets(part("facet-list"), answered.facets ?? {}, answered.total_exact, wanted.filters, (name, value, on) =>
    go((params) => {
      const values = params.getAll(name).filter((one) => one !== value);
      params.delete(name);
      for (const one of on ? [...values, value] : values) params.append(name, one);
    }),
  );
  facets.hidden = !shown;
}

/**
 * @param {Result} result
 * @param {string[]} terms
 */
function resultItem(result, terms) {
  const title = make("b", result.untitled ? { class: "untitled" } : {}, marked(result.title, result.title_marks));
  const meta = [result.type, result.issue_label, result.page, hitsLabel(result), result.via ? `按“${result.via}”` : ""];
  return make(
    "li",
    {},
    make("a", { href: addressOf(result.url, result.via ? [result.via] : terms) }, result.kicker && make("span", {}, result.kicker), title),
    result.excerpt && make("p", { class: "results__excerpt" }, marked(result.excerpt, result.marks)),
    make("p", {}, meta.filter((one) => one).join(" · ")),
  );
}

/** @param {Answered} answered */
function renderAnswers(answered) {
  const section = make("section", { class: "answers", "aria-labelledby": "answers" });
  if (answered.answers.length) section.append(make("h2", { class: "rubric", id: "answers" }, "一句话答"));
  for (const { text, url, place, quote, also, others: number } of answered.answers) {
    const others = also.map((one) => make("a", { href: addressOf(one.url) }, one.place));
    section.append(
      make(
        "div",
        { class: "answer" },
        make("p", { class: "answer__text" }, text),
        quote && make("blockquote", {}, quote),
        make(
          "p",
          { class: "answer__place" },
          "出处：",
          make("a", { href: addressOf(url) }, place),
          others.length > 0 && "又见：",
          ...others,
          number > others.length && `等${number}处`,
        ),
      ),
    );
  }
  part("answers").replaceChildren(...(answered.answers.length ? [section] : []));
}

/** @param {Answered} answered */
function renderAlso(answered) {
  const items = answered.also.map((result) => resultItem(result, []));
  // Where the query itself is in no article, another name for the same thing comes first.
  const literal = answered.tier === "exact" || answered.tier === "all";
  if (literal) part("more").after(part("also"));
  else part("results").before(part("also"));
  const heading = make("h2", { class: "rubric", id: "also" }, "另见", make("small", {}, "以别名、全称或简称相合"));
  part("also").replaceChildren(
    ...(items.length ? [make("section", { "aria-labelledby": "also" }, heading, make("ol", { class: "items" }, ...items))] : []),
    ...(items.length && !literal && answered.results.length
      ? [make("h2", { class: "rubric" }, answered.tier === "cut" ? "拆开检索所得" : "部分相符")]
      : []),
  );
}

/** @param {Answered} answered */
function renderMore(answered) {
  /** @type {Node[]} */
  const out = [];
  if (answered.total > answered.results.length && answered.results.length >= limit) {
    const button = make("button", { type: "button", class: "more-results" }, "再显示一些");
    button.addEventListener("click", async () => {
      const before = answered.results.length;
      limit += answered.results.length >= 50 ? 50 : STEP;
      await show();
      const item = part("results").children[before]?.querySelector("a");
      item?.focus();
    });
    out.push(button);
  }
  if (answered.tier === "none" || answered.tier === "partial") out.push(emptyState(answered));
  part("more").replaceChildren(...out);
}

/** @param {Answered} answered */
function emptyState(answered) {
  const { filters, q } = state();
  /** @type {HTMLElement[]} */
  const ways = [];
  if (Object.keys(filters).length) {
    const button = make("button", { type: "button" }, "去掉全部筛选");
    button.addEventListener("click", () => go((params) => FACETS.forEach(({ name }) => params.delete(name))));
    ways.push(make("li", {}, button));
  }
  for (const { text, url } of answered.suggestions) {
    ways.push(make("li", {}, "您要找的是不是 ", make("a", { href: url ? addressOf(url) : searchAddress(text) }, text)));
  }
  for (const { term, total, exact } of answered.counts) {
    ways.push(
      make("li", {}, total ? make("a", { href: searchAddress(term) }, `只检索“${term}”（${count(total, exact)}）`) : `“${term}”没有出现过`),
    );
  }
  if (!ways.length && Array.from(q).length > 4) ways.push(make("li", {}, "试用更短的词，或用空格把词隔开"));
  for (const [label, url] of [
    ["按期", "issues/"],
    ["按市", "cities/"],
    ["按作者", "authors/"],
  ]) {
    ways.push(make("li", {}, make("a", { href: addressOf(url) }, `${label}浏览`)));
  }
  return make("div", { class: "empty" }, make("p", {}, answered.tier === "none" ? "可以这样试：" : "还可以："), make("ul", {}, ...ways));
}

/** @param {HTMLInputElement} field @param {string} name */
function listen(field, name) {
  const type = () => {
    window.clearTimeout(timer);
    if (!composing) timer = window.setTimeout(() => go((params) => params.set(name, field.value.trim()), true), 150);
  };
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    type();
  });
  field.addEventListener("input", type);
}

listen(input, "q");
listen(inner, "in");
for (const [one, field, name] of /** @type {const} */ ([
  [form, input, "q"],
  [within, inner, "in"],
])) {
  one.addEventListener("submit", (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    if (!composing) go((params) => params.set(name, field.value.trim()));
  });
}
window.addEventListener("popstate", () => void show());
facets.open = window.matchMedia("(min-width: 60em)").matches;
void show();
