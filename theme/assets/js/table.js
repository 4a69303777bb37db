// Tools for the table that follows: filter, sort, copy. The table is complete without them.

import { cellText } from "./cells.js";
import { copy, copyButton } from "./clipboard.js";

/** So many rows are seen at one glance. */
const FEW = 12;

const collator = new Intl.Collator("zh-CN-u-co-pinyin", { numeric: true });

/** @param {HTMLElement} tools an empty element before its table; the style sheet keeps its place */
export function start(tools) {
  const table = /** @type {HTMLTableElement|null} */ (tools.nextElementSibling);
  if (!table?.tHead) return;
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  const list = sorting(table, heads);
  const button = copyButton("复制表格", () => copy(button, asText(table, heads), table));
  if (dataRows(table).length > FEW) tools.append(filterBox(table, status));
  if (table.classList.contains("figures")) tools.append(list);
  tools.append(button, status);
}

/** @param {HTMLTableElement} table */
function dataRows(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("group")));
}

/**
 * Hides the rows that do not hold every word typed, and the groups that are left empty.
 * @param {HTMLTableElement} table
 * @param {HTMLElement} status
 */
function filterBox(table, status) {
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = "筛选本表";
  box.setAttribute("aria-label", `筛选：${table.caption?.textContent ?? "本表"}`);
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = dataRows(table);
    for (const row of rows) {
      const text = (row.textContent ?? "").toLowerCase();
      const group = row.parentElement?.querySelector(".group")?.textContent?.toLowerCase() ?? "";
      row.hidden = !words.every((word) => text.includes(word) || group.includes(word));
    }
    for (const body of table.tBodies) {
      const group = /** @type {HTMLElement|null} */ (body.querySelector(".group"));
      if (group) group.hidden = [...body.rows].every((row) => row === group || row.hidden);
    }
    status.textContent = words.length ? `${rows.filter((row) => !row.hidden).length} / ${rows.length} 行` : "";
  });
  return box;
}

/**
 * A button in each head, and a list of them for tables of figures, which show no heads on narrow screens. Groups stay apart; a third press brings the
 * printed order back.
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement[]} heads
 */
function sorting(table, heads) {
  const printed = new Map(dataRows(table).map((row, at) => [row, at]));
  const list = document.createElement("select");
  list.setAttribute("aria-label", "排序");
  list.append(new Option("原来次序", ""));
  const isNumber = (/** @type {number} */ column) => heads[column].classList.contains("n");
  /** @type {[number, 1 | -1 | 0]} */
  let now = [-1, 0];

  /** @param {number} column @param {1 | -1 | 0} way */
  function sort(column, way) {
    now = [column, way];
    const unit = heads[column + 1] && cellText(heads[column + 1]) === "单位" ? column + 1 : -1;
    for (const body of table.tBodies) {
      const rows = [...body.rows].filter((row) => printed.has(row));
      const order = (/** @type {HTMLTableRowElement} */ row) => printed.get(row) ?? 0;
      rows.sort((a, b) => (way && compare(a, b, column, unit, way, isNumber(column))) || order(a) - order(b));
      body.append(...rows);
    }
    heads.forEach((head, at) => {
      if (at === column && way) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    list.value = way ? `${column} ${way}` : "";
  }

  heads.forEach((head, column) => {
    const name = cellText(head);
    if (!name) return;
    list.append(new Option(`按${name}：小到大`, `${column} 1`), new Option(`按${name}：大到小`, `${column} -1`));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column, now[0] !== column || !now[1] ? 1 : now[1] > 0 ? -1 : 0));
    head.append(button);
  });
  list.addEventListener("change", () => {
    const [column, way] = list.value.split(" ").map(Number);
    sort(list.value ? column : -1, /** @type {1 | -1 | 0} */ (list.value ? way : 0));
  });
  return list;
}

/**
 * Numbers by value, and only among those of one unit; texts as a dictionary has them. Unknown cells come last either way.
 * @param {HTMLTableRowElement} a
 * @param {HTMLTableRowElement} b
 * @param {number} column
 * @param {number} unit column of the unit, or -1
 * @param {1 | -1} way
 * @param {boolean} byValue
 */
function compare(a, b, column, unit, way, byValue) {
  const [left, right] = [a, b].map((row) => cellText(row.cells[column]));
  if (!left || !right) return left ? -1 : right ? 1 : 0;
  if (unit >= 0) {
    const units = collator.compare(cellText(a.cells[unit]), cellText(b.cells[unit]));
    if (units) return units;
  }
  const [x, y] = [left, right].map((text) => Number(text.match(/-?\d+(\.\d+)?/)?.[0] ?? NaN));
  return way * (byValue && !isNaN(x - y) ? x - y : collator.compare(left, right));
}

/**
 * What is shown, as a spreadsheet takes it: tabs between cells; last where it comes from.
 * @param {HTMLTableElement} table
 * @param {HTMLTableCellElement[]} heads
 */
function asText(table, heads) {
  const lines = [heads.map(cellText).join("\t")];
  for (const body of [...table.tBodies, ...(table.tFoot ? [table.tFoot] : [])]) {
    for (const row of body.rows) if (!row.hidden) lines.push([...row.cells].map(cellText).join("\t"));
  }
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute("href") ?? location.href.split("#")[0];
  return [...lines, "", `来源：${document.title}\t${new URL(canonical, location.href).href}`].join("\n");
}
