// The box in the header: it answers while one types. A combobox with a list, as the ARIA practices have it.

import { ask } from "./client.js";
import { addressOf, count, describe, make, marked, notesOf, searchAddress } from "./view.js";

const SHOWN = 6;
/** Milliseconds of rest before a query is sent; short, for a newer one overtakes it. */
const PAUSE = 80;

/** @param {HTMLFormElement} form */
export function start(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const list = make("ul", { class: "seek__list", id: "seek-list", role: "listbox", "aria-label": "检索结果" });
  const status = make("p", { class: "seek__status", role: "status" });
  const panel = make("div", { class: "seek__panel", hidden: true }, status, list);
  form.append(panel);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let active = -1;
  let timer = 0;
  let composing = false;

  const options = () => /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll('[role="option"]')]);

  /** @param {boolean} shown */
  function show(shown) {
    panel.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(-1);
  }

  /** @param {number} number */
  function choose(number) {
    const all = options();
    active = number;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const chosen = all[active];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {string} href
   * @param {...(Node|string|null|false)} children
   */
  function add(href, ...children) {
    const id = `seek-${list.children.length}`;
    const option = make("a", { href, tabindex: "-1", role: "option", id, "aria-selected": "false" }, ...children);
    list.append(make("li", { role: "none" }, option));
  }

  async function search() {
    const text = input.value;
    if (!text.trim()) {
      show(false);
      return;
    }
    const waiting = window.setTimeout(() => {
      status.textContent = "检索中…";
      show(true);
    }, 300);
    try {
      const answered = await ask(text, { limit: SHOWN }, "box");
      if (!answered || input.value !== text) return;
      list.replaceChildren();
      active = -1;
      for (const { text: answer, url, place } of answered.answers.slice(0, 2)) {
        add(addressOf(url), make("span", { class: "seek__answer" }, answer), make("small", {}, place));
      }
      for (const { text: name, url } of answered.suggestions.slice(0, answered.results.length ? 2 : 5)) {
        add(
          url ? addressOf(url) : searchAddress(name),
          make("span", { class: "seek__name" }, name),
          make("small", {}, url.startsWith("cities/") ? "市" : url ? "开发区" : "检索"),
        );
      }
      const literal = answered.tier === "exact" || answered.tier === "all";
      const addAlso = () => {
        for (const result of answered.also.slice(0, 2)) {
          const title = make("span", { class: "seek__title" }, result.title);
          add(addressOf(result.url, [result.via ?? ""]), title, make("small", {}, `另见：${result.via}`));
        }
      };
      if (!literal) addAlso();
      for (const result of answered.results) {
        const title = make("span", { class: "seek__title" }, marked(result.title, result.title_marks));
        const kicker = result.kicker && make("span", { class: "seek__kicker" }, result.kicker);
        const excerpt = result.excerpt ? make("span", { class: "seek__excerpt" }, marked(result.excerpt, result.marks)) : null;
        add(addressOf(result.url, answered.terms), kicker, title, excerpt, make("small", {}, `${result.issue_label} ${result.page}`));
      }
      if (literal) addAlso();
      if (answered.total > answered.results.length || answered.also.length > 2) {
        add(searchAddress(text), make("span", { class: "seek__all" }, `全部结果（${count(answered.total, answered.total_exact)}）`));
      }
      status.textContent = [describe(answered), ...notesOf(answered)].join("；");
      show(true);
    } catch (error) {
      list.replaceChildren();
      status.textContent = error instanceof Error ? error.message : "检索没有成功。";
      show(true);
    } finally {
      window.clearTimeout(waiting);
    }
  }

  function later() {
    window.clearTimeout(timer);
    if (!composing) timer = window.setTimeout(search, PAUSE);
  }

  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    later();
  });
  input.addEventListener("input", later);
  input.addEventListener("focus", () => {
    if (input.value.trim() && list.children.length) show(true);
  });
  input.addEventListener("keydown", (event) => {
    // Enter and the arrows belong to the input method while it composes; Safari tells so by the key code only.
    if (composing || event.isComposing || event.keyCode === 229) return;
    const number = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!number) return;
      event.preventDefault();
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Round and round, with the box itself between the last and the first.
      choose(((active + 1 + step + number + 1) % (number + 1)) - 1);
    } else if (event.key === "Enter") {
      const link = options()[active];
      if (link) {
        event.preventDefault();
        link.click();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (!panel.hidden) show(false);
      else if (input.value) input.value = "";
      else close();
    }
  });

  function close() {
    form.classList.remove("seek--open");
    input.blur();
  }

  form.addEventListener("submit", (event) => {
    if (composing || !input.value.trim()) event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && form.contains(event.relatedTarget)) return;
    window.setTimeout(() => {
      if (form.contains(document.activeElement)) return;
      show(false);
      form.classList.remove("seek--open");
    }, 150);
  });
  if (input.value.trim()) later();
}
