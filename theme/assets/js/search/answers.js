// 一句话答: a query that names a subject and an indicator, and nothing that is not understood, is answered with the printed figure.
// The words and figures come from build_scripts/search/answers.py.

import { runs } from "./normalise.js";
import { lastAtMost } from "./shard.js";

/**
 * @typedef {[string, string|null, string|null, string|null, string|null, string|null]} Under indicator, batch, event, period, status, scope
 * @typedef {[string|null, string, string]} Quantity hedge, unit, and what one of the unit is
 * @typedef {object} Row a figure
 * @property {Under} under
 * @property {Quantity} quantity
 * @property {string} run
 * @property {number} document
 * @property {number} line
 * @property {number} column
 * @property {[number, number, number]|string} clause segment of the article's text, offset and length in it; or the clause
 * @typedef {{indicators: Record<string, string[]>, batches: Record<string, string[]>, fillers: string[]}} Words
 * @typedef {{figure: string, text: string, url: string, article: string, place: string, quote: string, others: number,
 *   also: {figure: string, url: string, place: string}[]}} Answer `others`: how many places print it too, of which `also` has the first
 */

const NUMERALS = "一二三四五六七八九十";
const MOST = 5;
/** Other places of a figure that are named. */
const ALSO = 12;

/**
 * @param {import("./store.js").Store} store
 * @param {string[]} normals the terms of the query
 * @returns {Promise<Answer[]>}
 */
export async function answer(store, normals) {
  const joined = normals.join(" ");
  if (joined.length > 40 || !(await store.manifest()).answers) return [];
  /** @type {Words} */
  const words = await store.whole("answers.bin");
  const key = readKey(joined, words) ?? readKey(normals.join(""), words);
  if (!key) return [];
  const { segments } = await store.head();
  const found = await Promise.all(segments.map((segment) => lookUp(store, segment, key.subject, key.indicator)));
  const held = found.flatMap((one) => one ?? []);
  const chosen = choose(
    held.flatMap(({ rows }) => rows),
    key,
  );
  return Promise.all(chosen.map((rows) => present(store, held[0].subject, rows)));
}

/**
 * @typedef {{subject: string, indicator: string, batch: string|null, year: string|null, round: string|null}} Key
 */

/**
 * The query taken apart; `null` where something is missing or left over.
 * @param {string} query
 * @param {Words} words
 * @returns {Key|null}
 */
function readKey(query, words) {
  let rest = ` ${query} `;
  /** @param {RegExp} pattern whose first group is what stands before the words taken */
  const take = (pattern) => {
    const match = pattern.exec(rest);
    if (match) rest = `${rest.slice(0, match.index)}${match[1]} ${rest.slice(match.index + match[0].length)}`;
    return match;
  };
  const event = take(/([^0-9.])(20[0-9]{2})-([0-9]{1,2})(?![0-9])/);
  const year = event?.[2] ?? take(/([^0-9.])(20[0-9]{2})年?(?![0-9.])/)?.[2] ?? null;
  const round = take(/()第([一二三四五六七八九十]|[0-9]{1,2})次(?:三个一批)?(?:活动)?/)?.[2] ?? null;
  const indicator = takeName(rest, words.indicators);
  if (!indicator) return null;
  rest = indicator.rest;
  const batch = takeName(rest, words.batches);
  if (batch) rest = batch.rest;
  rest = rest.replace(/["“”'?？!,，。:：]/g, " ");
  const parts = rest.split(" ").filter((part) => part && !words.fillers.includes(part));
  const subject = parts.map((part) => strip(part, words.fillers)).filter((part) => !words.fillers.includes(part));
  if (subject.length !== 1 || !runs(subject[0]).length) return null;
  return {
    subject: subject[0],
    indicator: indicator.name,
    batch: batch ? batch.name : null,
    year,
    round: event ? event[3] : round && (NUMERALS.includes(round) ? String(NUMERALS.indexOf(round) + 1) : round),
  };
}

/**
 * Takes the longest wording that stands in `text`.
 * @param {string} text
 * @param {Record<string, string[]>} names
 */
function takeName(text, names) {
  let best = "";
  let name = "";
  for (const [one, wordings] of Object.entries(names)) {
    for (const wording of wordings) {
      if (wording.length > best.length && text.includes(wording)) [best, name] = [wording, one];
    }
  }
  if (!best) return null;
  const at = text.lastIndexOf(best);
  return { name, rest: `${text.slice(0, at)} ${text.slice(at + best.length)}` };
}

/**
 * Without the words that only ask, at the end: 大同的 → 大同.
 * @param {string} part
 * @param {string[]} fillers
 */
function strip(part, fillers) {
  const asking = fillers.filter((filler) => !["市", "开发区", "个"].includes(filler));
  for (let again = true; again;) {
    again = false;
    for (const filler of asking) {
      if (part.length > filler.length && part.endsWith(filler)) {
        part = part.slice(0, -filler.length);
        again = true;
      }
    }
  }
  return part;
}

/**
 * The figures that a segment has of a subject, by its full or another name.
 * @param {import("./store.js").Store} store
 * @param {import("./store.js").IndexSegment} segment
 * @param {string} name
 * @param {string} indicator
 * @returns {Promise<{subject: string, rows: Row[]}|null>}
 */
async function lookUp(store, segment, name, indicator) {
  const find = async (/** @type {string} */ key) => {
    const number = lastAtMost(segment.answers, key);
    if (number < 0) return null;
    const piece = await store.json(`${segment.folder}/answers/${number}.bin`);
    const row = piece.rows.find((/** @type {[string]} */ [one]) => one === key);
    return row ? { piece, row } : null;
  };
  const found = await find(`${name}\t${indicator}`);
  if (!found) {
    const full = await find(`${name}\t`);
    return full && lookUp(store, segment, full.row[1], indicator);
  }
  const { piece, row } = found;
  const [, subject, under, quantities, runs, steps, lines, columns, clauses] = row;
  let document = segment.start;
  const rows = runs.map((/** @type {string} */ run, /** @type {number} */ at) => {
    document += steps[at];
    const quantity = piece.quantities[quantities[at]];
    return { under: piece.keys[under[at]], quantity, run, document, line: lines[at], column: columns[at], clause: clauses[at] };
  });
  return { subject, rows };
}

/**
 * The figures under the key, the newest event first; figures that say the same stand together.
 * @param {Row[]} rows
 * @param {Key} key
 * @returns {Row[][]}
 */
function choose(rows, key) {
  const fitting = rows.filter(
    ({ under: [, batch, event, period] }) =>
      (key.batch === null || batch === key.batch) &&
      (!key.year || (event ?? period ?? "").startsWith(key.year)) &&
      (!key.round || (event ?? "").endsWith(`-${key.round}`)),
  );
  const whole = fitting.filter(({ under }) => under[1] === null || under[1] === "合计");
  const wanted = key.batch === null && whole.length ? whole : fitting;
  const newest = wanted.map(({ under }) => under[2] ?? "").reduce((a, b) => (later(a, b) >= 0 ? a : b), "");
  const shown = key.year || key.round || !newest ? wanted : wanted.filter(({ under }) => under[2] === newest);
  const when = (/** @type {Row} */ { under }) => under[2] ?? under[3] ?? "";
  /** @type {Map<string, Row[]>} */
  const answers = new Map();
  for (const row of [...shown].sort((a, b) => later(when(b), when(a)))) {
    // Twelve digits are more than the paper prints, and less than a product of decimals is off by.
    const value = (Number(row.run) * Number(row.quantity[2])).toPrecision(12);
    const same = JSON.stringify([...row.under, value]);
    answers.set(same, [...(answers.get(same) ?? []), row]);
  }
  return [...answers.values()].slice(0, MOST);
}

/**
 * @param {import("./store.js").Store} store
 * @param {string} subject
 * @param {Row[]} rows figures that say the same
 * @returns {Promise<Answer>}
 */
async function present(store, subject, rows) {
  const [first] = rows;
  const shown = rows.slice(0, 1 + ALSO);
  const texts = await store.texts(shown.map(({ document }) => document));
  const places = shown.map(({ line, column }, at) => {
    const { issue, issue_label, page, page_id, url } = texts[at];
    const anchor = `l${line}c${column}`;
    return { figure: `${issue}.${page_id}.${anchor}`, url: `${url}#${anchor}`, place: `${issue_label}${page}第${line}行` };
  });
  const { clause } = first;
  const quote = typeof clause === "string" ? clause : texts[0].segments[clause[0]].text.slice(clause[1], clause[1] + clause[2]);
  const [indicator, batch, event, period, status, scope] = first.under;
  const [year, round] = (event ?? "").split("-");
  const when = round ? `${year}年第${NUMERALS[Number(round) - 1] ?? round}次“三个一批”` : days(period);
  // A rate names the batch it starts from, not one that it belongs to. A “批” is one of an event: elsewhere the paper tells of all that
  // was signed in some years.
  const whose = indicator.endsWith("率") || !batch ? "" : batch === "合计" || !event ? batch : `${batch}一批`;
  const what = `${whose}${indicator}${scope ? `（${scope}）` : ""}`;
  const plan = status === "planned" ? "（计划数）" : "";
  const text = `${subject}${when ? `，${when}` : ""}，${what}：${quantity(first.quantity, first.run)}${plan}`;
  return { ...places[0], text, article: texts[0].id, quote, also: places.slice(1), others: rows.length - 1 };
}

/**
 * 2024-07 → 2024年7月; from A/B, both.
 * @param {string|null} period
 */
function days(period) {
  const day = (/** @type {string} */ iso) => {
    const [year, month, date] = iso.split("-").map(Number);
    return `${year}年${month ? `${month}月` : ""}${date ? `${date}日` : ""}`;
  };
  return (period ?? "")
    .split("/")
    .filter((iso) => /^[0-9]{4}/.test(iso))
    .map(day)
    .join("至");
}

/** @param {Quantity} quantity @param {string} run */
function quantity([approx, unit], run) {
  if (!approx) return run + unit;
  return "约近超逾".includes(approx[0]) || approx.startsWith("超过") ? `${approx}${run}${unit}` : `${run}${unit}（${approx}）`;
}

/** Order of events such as 2024-3 and 2024-10. @param {string} a @param {string} b */
function later(a, b) {
  const [yearA, roundA] = a.split("-").map(Number);
  const [yearB, roundB] = b.split("-").map(Number);
  return (yearA || 0) - (yearB || 0) || (roundA || 0) - (roundB || 0);
}
