// The only script of the search that a page loads without being asked. It waits for somebody to search.

const box = /** @type {HTMLFormElement|null} */ (document.querySelector('[data-component="search-box"]'));
const link = document.querySelector(".seek-link");

/** Lets other scripts, and readers at the console, search: see client.js. */
Object.assign(window, {
  archiveSearch: {
    /** @param {string} text @param {import("./engine.js").Options} [options] */
    query: async (text, options) => (await import("./client.js")).query(text, options),
  },
});

/** Readers may switch the key off: see keys.js. */
function switchedOff() {
  try {
    return localStorage.getItem("kfq-archive.keys") === "off";
  } catch {
    return false;
  }
}

function openBox() {
  if (!box) return;
  box.classList.add("seek--open");
  const input = box.querySelector("input");
  input?.focus();
  input?.select();
}

if (box) {
  for (const [name, value] of Object.entries({ autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" })) {
    box.querySelector("input")?.setAttribute(name, value);
  }
  box.addEventListener("focusin", () => import("./box.js").then(({ start }) => start(box)), { once: true });
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    openBox();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || switchedOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = /** @type {HTMLElement|null} */ (event.target);
    if (target?.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const own = /** @type {HTMLInputElement|null} */ (document.querySelector('[data-component="search-page"] #find'));
    if (own) {
      own.focus();
      own.select();
    } else openBox();
  });
}

const summary = document.querySelector('[data-component="search-page"] [data-part="summary"]');
if (summary) {
  import("./page.js").catch(() => (summary.textContent = "检索程序没有取全，可能是网络中断。请刷新本页，或按期、按市浏览。"));
} else if (new URLSearchParams(location.search).has("h")) import("./highlight.js");
