// Copying, with a way out where the browser forbids it: the text is selected, and the reader copies it by hand.

const COPIED = "已复制";
const BY_HAND = "未能复制，文字已选中";
const SHOWN = 4000;

/**
 * Copies a text and says so on the button.
 * @param {HTMLButtonElement} button
 * @param {string} text
 * @param {HTMLElement} [source] where the text stands on the page; without it a copy is shown beneath the button if need be
 */
export async function copy(button, text, source) {
  const done = (await written(text)) || byCommand(text);
  if (!done) select(source ?? shown(button, text));
  say(button, done ? COPIED : BY_HAND);
}

/**
 * A button, as every copying part has it.
 * @param {string} label
 * @param {() => void} act
 * @param {string} [what] for those who hear the button apart from what stands beside it
 */
export function copyButton(label, act, what = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = label;
  if (what) {
    const more = document.createElement("span");
    more.className = "sr-only";
    more.textContent = what;
    button.append(more);
  }
  button.addEventListener("click", act);
  return button;
}

/** @param {string} text */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The old way, which also works over plain HTTP and in browsers inside other programs.
 * @param {string} text
 */
function byCommand(text) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr-only";
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    // Some browsers throw instead of answering.
  }
  area.remove();
  focused?.focus();
  return done;
}

/** @param {HTMLElement} element */
function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * @param {HTMLButtonElement} button
 * @param {string} text
 */
function shown(button, text) {
  const old = button.parentElement?.querySelector("pre");
  const block = old ?? document.createElement("pre");
  block.textContent = text;
  if (!old) button.after(block);
  return block;
}

/** @type {WeakMap<HTMLButtonElement, {label: ChildNode[], timer: number}>} */
const saying = new WeakMap();

/**
 * The button's own words change for a while; a live region says them to those who do not see them.
 * @param {HTMLButtonElement} button
 * @param {string} message
 */
function say(button, message) {
  const before = saying.get(button);
  if (before) clearTimeout(before.timer);
  const label = before?.label ?? [...button.childNodes];
  button.textContent = message;
  let status = document.getElementById("copy-status");
  if (!status) {
    status = document.createElement("div");
    status.id = "copy-status";
    status.className = "sr-only";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = message;
  const timer = setTimeout(() => {
    button.replaceChildren(...label);
    saying.delete(button);
  }, SHOWN);
  saying.set(button, { label, timer });
}
