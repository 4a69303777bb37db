// The keyboard: commands by their keys, articles by their numbers, the selection by arrows.

import { linesInView } from "./rawview.js";

/** @import {App} from "./app.js" */
/** @import {Command} from "./commands.js" */

/** Milliseconds within which a second digit belongs to the first: 1, 2 is article 12. */
const DIGITS = 700;

/** @param {KeyboardEvent} event */
function keyOf(event) {
  // An input method that is switched on says only "Process": then the key's place on the board counts.
  const plain = event.key === "Process" || event.key === "Unidentified" ? event.code.replace(/^(Key|Digit)/, "") : event.key;
  const letter = plain.length === 1 && /[a-z]/i.test(plain);
  const shift = event.shiftKey && (letter || plain.length > 1) ? "Shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift}${letter ? plain.toLowerCase() : plain}`;
}

/** @param {App} app @param {Command[]} commands */
export function makeKeys(app, commands) {
  const byKey = new Map(commands.map((command) => [command.key, command]));
  const also = { Backspace: "Delete", u: "Delete", "Ctrl+Shift+z": "Ctrl+y", "？": "?" };
  let digits = "";
  let last = 0;
  document.addEventListener("keydown", (event) => {
    let target = /** @type {Element} */ (event.target);
    // What had the focus may be gone with the step: keys go on as on the left side.
    if (target === document.body && event.key !== "Tab") {
      app.raw.box.focus({ preventScroll: true });
      target = app.raw.box;
    }
    if (document.querySelector("dialog[open]") || target.closest("input, textarea")) return;
    const key = keyOf(event);
    const command = byKey.get(also[/** @type {"u"} */ (key)] ?? key);
    const onSide = target.closest("#raw, #cards") !== null && !target.closest("select");
    if (command && (command.anywhere || onSide)) {
      event.preventDefault();
      command.run();
    } else if (onSide && /^[0-9]$/.test(key)) {
      const now = performance.now();
      /** @param {string} number */
      const named = (number) => app.model.articles.find(({ id }) => app.labels.number(id) === Number(number))?.id;
      digits = now - last < DIGITS && named(digits + key) ? digits + key : key;
      last = now;
      const id = named(digits);
      if (id) app.activate(id);
    } else if (onSide && moveSelection(app, event)) event.preventDefault();
  });
}

/**
 * The keys that move the selection, on either side.
 * @param {App} app
 * @param {KeyboardEvent} event
 * @returns {boolean} whether it was one
 */
function moveSelection(app, event) {
  const { selection, page } = app;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const inRaw = app.raw.box.contains(document.activeElement);
  if (!inRaw) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
    app.cards.step(event.key === "ArrowDown" ? 1 : -1);
    return true;
  }
  const far = linesInView(app.raw.box);
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: far, PageUp: -far }[event.key];
  const line = selection.line;
  if (by) app.chooseLines(event.shiftKey ? 0 : Math.min(Math.max(1, line + by), page.lines.length), line + by);
  else if (event.key === "Home") app.chooseLines(event.shiftKey ? 0 : 1, 1);
  else if (event.key === "End") app.chooseLines(event.shiftKey ? 0 : page.lines.length, page.lines.length);
  else if (event.key === "Escape") app.chooseLines(line, line);
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    selection.step(event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    app.chooseChars(selection.anchor, selection.focus);
  } else return false;
  app.raw.show(selection.line);
  return true;
}
