// Runs before a page is painted, so that nothing moves or changes colour afterwards. The only script that a page waits for.

(() => {
  const KEY = "kfq-archive.palette";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  root.classList.replace("no-js", "js");
  // The search page is painted with room for what it was asked for.
  if (new URLSearchParams(location.search).has("q")) root.classList.add("asked");

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function isDark() {
    const chosen = stored();
    return chosen ? chosen === "dark" : system.matches;
  }

  function apply() {
    document.body.setAttribute("data-md-color-scheme", isDark() ? "slate" : "default");
    document.querySelector(".palette")?.setAttribute("aria-label", isDark() ? "切换到浅色" : "切换到深色");
  }

  apply();
  // The button comes after this script, which stands first so that no part of the page is painted, and then moves, while it loads.
  document.addEventListener("DOMContentLoaded", apply);
  system.addEventListener?.("change", apply);
  document.addEventListener("click", (event) => {
    if (!(/** @type {Element} */ (event.target).closest(".palette"))) return;
    try {
      localStorage.setItem(KEY, isDark() ? "light" : "dark");
    } catch {
      return;
    }
    apply();
  });
})();
