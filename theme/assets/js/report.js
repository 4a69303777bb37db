// A report of an error tells what the reader has selected, and on which printed line it stands.

/** @param {HTMLElement} part */
export function start(part) {
  for (const link of part.querySelectorAll("a.report__way")) {
    const href = link.getAttribute("href") ?? "";
    // Before the click, so that opening in another tab or copying the link carries it too.
    for (const kind of ["pointerenter", "touchstart", "focus"]) {
      link.addEventListener(kind, () => link.setAttribute("href", withSelection(href)), { passive: true });
    }
  }
}

/**
 * @param {string} href with a parameter `body` whose text has a line 所见：
 * @returns {string}
 */
function withSelection(href) {
  const selection = getSelection();
  const text = selection?.toString().trim().slice(0, 200) ?? "";
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const block = element?.closest(".text [id], .story__head [id]");
  if (!text || !element?.closest("article")) return href;
  const line = block?.id.match(/^l(\d+)/)?.[1];
  const seen = `所见：${text}${line ? `（第${line}行）` : ""}`;
  return href.replace(encodeURIComponent("所见："), encodeURIComponent(seen));
}
