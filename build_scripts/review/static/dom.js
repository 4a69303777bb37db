// Elements without innerHTML: whatever a page prints stays text.

/**
 * An element. `class` and `dataset` as they are named; a value of true or false sets or leaves out an attribute; functions are listeners.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string|null|false|undefined)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "dataset") Object.assign(element.dataset, value);
    else if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  for (const child of children) if (child || child === "") element.append(child);
  return element;
}

/**
 * The one element that a selector names.
 * @template {Element} [Kind=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [parent]
 * @returns {Kind}
 */
export function find(selector, parent = document) {
  const element = parent.querySelector(selector);
  if (!element) throw new Error(`no ${selector}`);
  return /** @type {Kind} */ (element);
}

/**
 * Puts `wanted` into `parent` in this order and nothing else; what stands there already is not touched.
 * @param {Element} parent
 * @param {Node[]} wanted
 */
export function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/**
 * Scrolls `box` until `element` is in sight. What is out of sight has no certain height before it is drawn, so it looks once more then.
 * @param {HTMLElement} box
 * @param {Element} element
 * @param {ScrollLogicalPosition} block where it comes to stand
 * @param {number} tries
 */
export function reveal(box, element, block, tries = 3) {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const seen = block === "start" ? top >= frame.top && top <= frame.bottom - 120 : top >= frame.top + 8 && bottom <= frame.bottom - 8;
  const fills = block !== "start" && top <= frame.top && bottom >= frame.bottom;
  if (!tries || seen || fills || !element.isConnected) return;
  element.scrollIntoView({ block });
  requestAnimationFrame(() => reveal(box, element, block, tries - 1));
}

/**
 * Options of a select.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options value and words
 * @param {string} value
 */
export function fill(select, options, value) {
  const key = JSON.stringify(options);
  if (select.dataset.key !== key) {
    select.replaceChildren(...options.map(([value, words]) => make("option", { value }, words)));
    select.dataset.key = key;
  }
  select.value = value;
}
