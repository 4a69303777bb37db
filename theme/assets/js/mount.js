// The one module that every page loads. It loads what a page's parts ask for by data-component; each module's start() gets the part. Without
// JavaScript the parts stand as they are.

import "./search/search.js";

/** @type {Record<string, (() => Promise<{start: (part: HTMLElement) => void}>) | undefined>} */
const components = {
  cite: () => import("./cite.js"),
  figures: () => import("./cite-figure.js"),
  keys: () => import("./keys.js"),
  report: () => import("./report.js"),
  table: () => import("./table.js"),
};

for (const part of document.querySelectorAll("[data-component]")) {
  for (const name of (part.getAttribute("data-component") ?? "").split(" ")) {
    components[name]?.().then(({ start }) => start(/** @type {HTMLElement} */ (part)));
  }
}
