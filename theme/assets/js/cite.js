// The citations of an article: a button on each, and the day of access that only the reader knows.

import { copy, copyButton } from "./clipboard.js";

/** What the page has where GB/T 7714—2015 asks for the day of access: ACCESSED in build_scripts/citations.py. */
const ACCESSED = "[引用日期]";

/** @param {HTMLElement} part */
export function start(part) {
  for (const text of part.querySelectorAll("pre")) {
    text.textContent = text.textContent?.replace(ACCESSED, `[${today()}]`) ?? "";
    const name = text.previousElementSibling;
    const button = copyButton("复制", () => copy(button, text.textContent ?? "", text), `${name?.textContent}引文`);
    name?.after(button);
  }
}

/** The reader's own day: 2026-11-20. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
