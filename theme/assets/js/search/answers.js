// 一句话答: a query that names a subject and an indicator, and nothing that is not understood, is answered with the printed figure.
// The words and figures come from build_scripts/search/answers.py.

import { runs } from "./normalise.js";
import { lastAtMost } from "./shard.js";

/**
 * @typedef {[string, string, string|null, string|null, string|null, string, string, string, string|null, string|null, string, string,
 *   string, string, string|null]} Row id, indicator, batch, event, approx, run, unit, value, period, status, url, article, place, quote,
 *   scope
 * @typedef {{indicators: Record<string, string[]>, batches: Record<string, string[]>, fillers: string[], firsts: string[]}} Words
 * @typedef {{figure: string, text: string, url: string, article: string, place: string, quote: string,
 *   also: {figure: string, url: string, place: string}[]}} Answer
 */

const NUMERALS = "一二三四五六七八九十";
const MOST = 5;

/**
 * @param {import("./store.js").Store} store
 * @param {string[]} normals the terms of the query
 * @returns {Promise<Answer[]>}
 */
export async function answer(store, normals) {
  const joined = normals.join(" ");
  if (joined.length > 40 || !(await store.manifest()).answers) return [];
  /** @type {Words} */
  const words = await store.json("answers/words.bin");
  const key = readKey(joined, words) ?? readKey(normals.join(""), words);
  if (!key) return [];
  const found = await lookUp(store, words, key.subject);
  return found ? choose(found.subject, found.rows, key) : [];
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
export function readKey(query, words) {
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
  const subject = parts.map((part) => strip(part, words.fillers)).filter((part) => part);
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
 * @param {import("./store.js").Store} store
 * @param {Words} words
 * @param {string} name
 * @returns {Promise<{subject: string, rows: Row[]}|null>}
 */
async function lookUp(store, words, name) {
  const number = lastAtMost(words.firsts, name);
  if (number < 0) return null;
  /** @type {[string, string, Row[]][]} */
  const piece = await store.json(`answers/${number}.bin`);
  const entry = piece.find(([key]) => key === name);
  if (!entry) return null;
  if (entry[1] === name) return { subject: name, rows: entry[2] };
  return lookUp(store, words, entry[1]);
}

/**
 * The figures under the key, the newest event first; figures that say the same stand together.
 * @param {string} subject
 * @param {Row[]} rows
 * @param {Key} key
 * @returns {Answer[]}
 */
function choose(subject, rows, key) {
  const fitting = rows.filter(
    (row) =>
      row[1] === key.indicator &&
      (key.batch === null || row[2] === key.batch) &&
      (!key.year || (row[3] ?? row[8] ?? "").startsWith(key.year)) &&
      (!key.round || (row[3] ?? "").endsWith(`-${key.round}`)),
  );
  const whole = fitting.filter((row) => row[2] === null || row[2] === "合计");
  const wanted = key.batch === null && whole.length ? whole : fitting;
  const newest = wanted.map((row) => row[3] ?? "").reduce((a, b) => (later(a, b) >= 0 ? a : b), "");
  const shown = key.year || key.round || !newest ? wanted : wanted.filter((row) => row[3] === newest);
  /** @type {Map<string, Answer>} */
  const answers = new Map();
  for (const row of [...shown].sort((a, b) => later(b[3] ?? b[8] ?? "", a[3] ?? a[8] ?? ""))) {
    const [figure, indicator, batch, event, approx, run, unit, value, period, status, url, article, place, quote, scope] = row;
    const same = [batch, event, period, status, value, scope].join("|");
    const first = answers.get(same);
    if (first) {
      first.also.push({ figure, url, place });
      continue;
    }
    const [year, round] = (event ?? "").split("-");
    const when = round ? `${year}年第${NUMERALS[Number(round) - 1] ?? round}次“三个一批”` : days(period);
    // A rate names the batch it starts from, not one that it belongs to.
    const whose = indicator.endsWith("率") || !batch ? "" : batch === "合计" ? batch : `${batch}一批`;
    const what = `${whose}${indicator}${scope ? `（${scope}）` : ""}`;
    const plan = status === "planned" ? "（计划数）" : "";
    answers.set(same, {
      figure,
      text: `${subject}${when ? `，${when}` : ""}，${what}：${quantity(approx, run, unit)}${plan}`,
      url,
      article,
      place,
      quote,
      also: [],
    });
  }
  return [...answers.values()].slice(0, MOST);
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

/** @param {string|null} approx @param {string} run @param {string} unit */
function quantity(approx, run, unit) {
  if (!approx) return run + unit;
  return "约近超逾".includes(approx[0]) || approx.startsWith("超过") ? `${approx}${run}${unit}` : `${run}${unit}（${approx}）`;
}

/** Order of events such as 2024-3 and 2024-10. @param {string} a @param {string} b */
function later(a, b) {
  const [yearA, roundA] = a.split("-").map(Number);
  const [yearB, roundB] = b.split("-").map(Number);
  return (yearA || 0) - (yearB || 0) || (roundA || 0) - (roundB || 0);
}
