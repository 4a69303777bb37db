// The filters of the search page, with counts.

import { make } from "./view.js";

export const FACETS = [
  { name: "issue", label: "期次" },
  { name: "city", label: "城市" },
  { name: "zone", label: "开发区" },
  { name: "page", label: "版次" },
  { name: "type", label: "体裁" },
  { name: "author", label: "作者" },
  { name: "batch", label: "批次" },
  { name: "indicator", label: "指标" },
];

/** Values of a facet that are shown at once. */
const SHOWN = 8;

/**
 * @param {HTMLElement} place
 * @param {NonNullable<import("./engine.js").Answered["facets"]>} counted
 * @param {boolean} exact whether the counts are, or estimates
 * @param {Record<string, string[]>} chosen
 * @param {(name: string, value: string, on: boolean) => void} change
 * @returns {boolean} whether there is anything to choose
 */
export function renderFacets(place, counted, exact, chosen, change) {
  const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-facet")));
  const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.id : "";
  place.replaceChildren(
    ...FACETS.filter(({ name }) => counted[name]?.length).map(({ name, label }) => {
      const values = [...counted[name]].sort((a, b) => b.count - a.count);
      const picked = chosen[name] ?? [];
      const items = values.map(({ value, label: text, count }, at) => {
        const id = `facet-${name}-${at}`;
        const box = make("input", { type: "checkbox", id, checked: picked.includes(value) || picked.includes(text) });
        box.addEventListener("change", () => change(name, picked.includes(text) ? text : value, box.checked));
        return make("li", {}, box, make("label", { for: id }, text, make("small", {}, `${exact ? "" : "约"}${count}`)));
      });
      const more = items.splice(SHOWN);
      const rest = make(
        "details",
        { "data-facet": name, open: open.has(name) },
        make("summary", {}, `其余${more.length}项`),
        make("ul", {}, ...more),
      );
      return make("fieldset", { class: "facet" }, make("legend", {}, label), make("ul", {}, ...items), more.length > 0 && rest);
    }),
  );
  if (focused.startsWith("facet-")) document.getElementById(focused)?.focus();
  return place.children.length > 0;
}
