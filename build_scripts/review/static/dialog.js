// Questions to the editor, each a dialog with a form.

import { make } from "./dom.js";

/**
 * @typedef {{
 *   name: string, label: string, kind: "text"|"area"|"select"|"check"|"checks", value?: any, options?: [string, string][],
 *   hint?: string, required?: boolean, list?: string[],
 * }} Field
 */

let count = 0;

/**
 * Asks for the fields' values; null where the editor thinks better of it.
 * @param {string} title
 * @param {Field[]} fields
 * @param {{submit?: string, text?: string[], extra?: string, check?: (values: Record<string, any>) => string,
 *   later?: Promise<string[]>}} [options]
 *   `extra`: a second way to answer, which gives {extra: true}; `check`: what is wrong with the values, in words, or ""; `later`: words
 *   that take the place of the last of `text` when they are known.
 * @returns {Promise<Record<string, any>|null>}
 */
export function askFor(title, fields, { submit = "确定", text = [], extra = "", check = () => "", later } = {}) {
  count += 1;
  const id = `dialog-${count}`;
  const inputs = fields.map((field, index) => ({ field, ...fieldOf(field, `${id}-${index}`) }));
  const wrong = make("p", { class: "problem", role: "alert" });
  const form = make(
    "form",
    { method: "dialog" },
    make("h2", { id }, title),
    make("div", { role: "status" }, ...text.map((words) => make("p", {}, words))),
    ...inputs.map(({ element }) => element),
    wrong,
    make(
      "p",
      { class: "buttons" },
      fields.length > 0 && make("button", { type: "submit", class: "primary" }, submit),
      extra && make("button", { type: "button", class: "extra" }, extra),
      make("button", { type: "button", class: "cancel" }, fields.length || extra ? "取消" : "关闭"),
    ),
  );
  const dialog = make("dialog", { "aria-labelledby": id }, form);
  document.body.append(dialog);
  void later?.then((words) => form.querySelector("[role=status] p:last-child")?.replaceWith(...words.map((one) => make("p", {}, one))));
  const before = document.activeElement;
  return new Promise((resolve) => {
    /** @param {Record<string, any>|null} values */
    const end = (values) => {
      dialog.close();
      dialog.remove();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      resolve(values);
    };
    form.querySelector(".cancel")?.addEventListener("click", () => end(null));
    form.querySelector(".extra")?.addEventListener("click", () => end({ extra: true }));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(null);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const values = Object.fromEntries(inputs.map(({ field, read }) => [field.name, read()]));
      wrong.textContent = check(values);
      if (!wrong.textContent) end(values);
    });
    // In a select, Enter does nothing by itself: two keys are to be enough to choose what is offered first.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
      event.preventDefault();
      form.requestSubmit();
    });
    dialog.showModal();
    if (!fields.length) form.querySelector("button")?.focus();
  });
}

/**
 * @param {Field} field
 * @param {string} id
 * @returns {{element: HTMLElement, read: () => any}}
 */
function fieldOf(field, id) {
  const hint = field.hint ? make("small", { id: `${id}-hint` }, field.hint) : null;
  const described = hint ? { "aria-describedby": hint.id } : {};
  const label = make("label", { for: id }, field.label);
  if (field.kind === "check") {
    const input = make("input", { id, type: "checkbox", ...described });
    input.checked = Boolean(field.value);
    return { element: make("p", { class: "field check" }, input, label, hint), read: () => input.checked };
  }
  if (field.kind === "checks") {
    const boxes = (field.options ?? []).map(([value, words], index) => {
      const input = make("input", { id: `${id}-${index}`, type: "checkbox", value });
      input.checked = field.value.includes(value);
      return { input, element: make("p", { class: "check" }, input, make("label", { for: input.id }, words)) };
    });
    const legend = make("legend", {}, field.label);
    const element = make("fieldset", {}, legend, ...boxes.map(({ element }) => element));
    return { element, read: () => boxes.filter(({ input }) => input.checked).map(({ input }) => input.value) };
  }
  if (field.kind === "select") {
    const options = (field.options ?? []).map(([value, words]) => make("option", { value }, words));
    const input = make("select", { id, ...described }, ...options);
    input.value = field.value ?? field.options?.[0]?.[0] ?? "";
    return { element: make("p", { class: "field" }, label, input, hint), read: () => input.value };
  }
  const list = field.list ? make("datalist", { id: `${id}-list` }, ...field.list.map((value) => make("option", { value }))) : null;
  const input =
    field.kind === "area"
      ? make("textarea", { id, rows: 3, required: Boolean(field.required), ...described })
      : make("input", { id, type: "text", autocomplete: "off", list: list?.id, required: Boolean(field.required), ...described });
  input.value = field.value ?? "";
  return { element: make("p", { class: "field" }, label, input, list, hint), read: () => input.value.trim() };
}
