// Marks on an article's page what was searched for (?h=…), with a bar to go from one place to the next and to put the marks away.

import { normalise, Trace } from "./normalise.js";
import { make } from "./view.js";

const BLOCKS = ".story h1, .story__kicker, .story__subtitle, .story__package, .byline, .text p, .text h2, .text .credit, .text blockquote";

const address = new URL(location.href);
const terms = address.searchParams
  .getAll("h")
  .map(normalise)
  .filter((term) => term)
  .slice(0, 12);

/**
 * The text nodes of a block that are the article's own, without links to the printed lines.
 * @param {Element} block
 */
function textNodes(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (!node.parentElement?.closest(".printed, small")) nodes.push(node);
  }
  return nodes;
}

/**
 * Marks every term in one block; a match may run over several nodes, and is then marked in pieces.
 * @param {Element} block
 * @returns {HTMLElement[][]} the marks of each place
 */
function markBlock(block) {
  const nodes = textNodes(block);
  const text = nodes.map((node) => node.data).join("");
  const normal = normalise(text);
  /** @type {[number, number][]} */
  let ranges = [];
  for (const term of terms) {
    for (let at = normal.indexOf(term); at >= 0; at = normal.indexOf(term, at + term.length)) ranges.push([at, at + term.length]);
  }
  if (!ranges.length) return [];
  const trace = new Trace(text);
  ranges = ranges
    .map(([from, to]) => /** @type {[number, number]} */ ([trace.origin(from)[0], trace.origin(to - 1)[1]]))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  /** @type {[number, number][]} */
  const apart = [];
  for (const range of ranges) if (!apart.length || range[0] >= apart[apart.length - 1][1]) apart.push(range);
  /** @type {HTMLElement[][]} */
  const places = apart.map(() => []);
  let offset = 0;
  for (const node of nodes) {
    let rest = node;
    let from = offset;
    const end = offset + node.data.length;
    apart.forEach(([start, stop], number) => {
      if (stop <= from || start >= end) return;
      const first = Math.max(start, from) - from;
      if (first) {
        rest = rest.splitText(first);
        from += first;
      }
      const length = Math.min(stop, end) - from;
      const after = length < rest.data.length ? rest.splitText(length) : null;
      const mark = make("mark", { class: "hit" });
      rest.replaceWith(mark);
      mark.append(rest);
      places[number].push(mark);
      from += length;
      if (after) rest = after;
    });
    offset = end;
  }
  return places;
}

function start() {
  const places = [...document.querySelectorAll(BLOCKS)].flatMap(markBlock);
  let at = -1;
  const status = make("span", { class: "hits__status", role: "status" });
  const previous = make("button", { type: "button" }, "上一处");
  const next = make("button", { type: "button" }, "下一处");
  const off = make("button", { type: "button" }, "关闭标记");
  const bar = make("div", { class: "hits", role: "region", "aria-label": "检索标记" }, status, previous, next, off);

  /** @param {number} number */
  function go(number) {
    places[at]?.forEach((mark) => mark.classList.remove("hit--here"));
    at = (number + places.length) % places.length;
    places[at].forEach((mark) => mark.classList.add("hit--here"));
    places[at][0].scrollIntoView({ block: "center" });
    status.textContent = `“${terms.join("、")}”第${at + 1}处，共${places.length}处`;
  }

  previous.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  off.addEventListener("click", () => {
    for (const mark of places.flat()) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    }
    bar.remove();
    address.searchParams.delete("h");
    history.replaceState(null, "", address);
  });

  previous.disabled = next.disabled = places.length < 2;
  document.body.append(bar);
  if (places.length) go(0);
  else status.textContent = `正文没有“${terms.join("、")}”，可能是原刊所印、本站已订正的文字`;
}

if (terms.length) start();
