// Moving paragraphs with the mouse: a paragraph is taken by its left edge, where its name stands.

/** @import {Unit} from "./types.js" */

/** Pixels from a paragraph's left edge by which it is taken hold of. */
const HANDLE = 36;
const BLOCKS = ".unit-body, .unit-head";

/**
 * @param {HTMLElement} box
 * @param {(element: Element) => Unit|null} unitOf
 * @param {(unit: Unit, article: string, at: number) => void} dropped `at`: the place in that article's body without the paragraph itself
 */
export function dragBlocks(box, unitOf, dropped) {
  /** @type {HTMLElement|null} */
  let held = null;
  /** @type {{article: string, at: number, element: Element}|null} */
  let target = null;

  const clear = () => {
    target?.element.classList.remove("drop-above", "drop-below");
    target = null;
  };

  box.addEventListener("pointerdown", (event) => {
    const element = event.target instanceof Element ? event.target.closest(BLOCKS) : null;
    if (!(element instanceof HTMLElement) || event.button !== 0) return;
    if (event.clientX - element.getBoundingClientRect().left > HANDLE) return;
    event.preventDefault();
    element.focus();
    held = element;
  });

  box.addEventListener("pointermove", (event) => {
    if (!held) return;
    const under = document.elementFromPoint(event.clientX, event.clientY)?.closest(BLOCKS);
    const unit = under ? unitOf(under) : null;
    clear();
    if (!under || !unit || under === held) return;
    const { top, height } = under.getBoundingClientRect();
    const below = event.clientY > top + height / 2;
    under.classList.add(below ? "drop-below" : "drop-above");
    target = { article: unit.article, at: unit.index + (below ? 1 : 0), element: under };
  });

  window.addEventListener("pointerup", () => {
    const unit = held && unitOf(held);
    if (unit && target) {
      const { article, at } = target;
      dropped(unit, article, unit.article === article && unit.index < at ? at - 1 : at);
    }
    clear();
    held = null;
  });

  window.addEventListener("pointercancel", () => {
    clear();
    held = null;
  });
}
