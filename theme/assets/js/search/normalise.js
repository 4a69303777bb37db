// Text as the search compares it. The same as build_scripts/search/normalise.py, which gives the reasons; both run
// tests/cases/search-normalise.json.

const SPACE = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const DROPPED = /[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]/;
const SEPARATOR =
  // eslint-disable-next-line no-control-regex
  /[\x00-\x24\x26-\x2d/:-@[-`{-\x7f\x80-\xb6\xb8-\xbf\xd7\xf7\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ufe10-\ufe6f\uff00-\uff65\ufffd]+/;

/** @type {Map<string, string>} */
const SAME = new Map();
for (const [forms, one] of [
  ["‘’‛′＇", "'"],
  ["“”‟″＂", '"'],
  ["‐‑‒–—―−－", "-"],
  ["·•‧・･", "·"],
  ["○", "〇"],
  ["～〜", "~"],
]) {
  for (const form of forms) SAME.set(form, one);
}

/** @type {Map<string, string>} */
const known = new Map();

/**
 * One character's form: a space for white space, nothing for what has no width.
 * @param {string} char one code point
 * @returns {string}
 */
export function normaliseChar(char) {
  if (char >= "\u4e00" && char <= "\u9fff") return char;
  let form = known.get(char);
  if (form === undefined) {
    form = makeForm(char);
    if (known.size < 5000) known.set(char, form);
  }
  return form;
}

/** @param {string} char */
function makeForm(char) {
  if (SPACE.test(char)) return " ";
  if (DROPPED.test(char)) return "";
  const same = SAME.get(char);
  if (same !== undefined) return same;
  if (char.length === 1 && char >= "\ud800" && char <= "\udfff") return "\ufffd";
  let form = "";
  for (const part of char.normalize("NFKC").toLowerCase()) {
    if (!SPACE.test(part)) form += SAME.get(part) ?? part;
  }
  return form;
}

/**
 * `text` in the form that is searched.
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  let out = "";
  let space = false;
  for (const char of text) {
    const form = normaliseChar(char);
    if (!form) continue;
    if (form === " ") {
      space = true;
      continue;
    }
    if (space && out && needsSpace(out[out.length - 1], form[0])) out += " ";
    space = false;
    out += form;
  }
  return out;
}

/**
 * For each place in the normal form of `text`, where it comes from: `starts[i]` and `ends[i]` are offsets into `text`.
 * @param {string} text
 */
export function trace(text) {
  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const ends = [];
  let last = "";
  let space = false;
  let at = 0;
  for (const char of text) {
    const end = at + char.length;
    const form = normaliseChar(char);
    if (form === " ") {
      space = true;
    } else if (form) {
      if (space && last && needsSpace(last, form[0])) {
        starts.push(at);
        ends.push(at);
      }
      space = false;
      for (let unit = 0; unit < form.length; unit++) {
        starts.push(at);
        ends.push(end);
      }
      last = form[form.length - 1];
    }
    at = end;
  }
  return { starts, ends };
}

/**
 * @param {string} before
 * @param {string} after
 */
function needsSpace(before, after) {
  return (
    (before >= "a" && before <= "z" && after >= "a" && after <= "z") || (before >= "0" && before <= "9" && after >= "0" && after <= "9")
  );
}

/**
 * The stretches of a normal form without punctuation, from which terms are taken.
 * @param {string} normal
 * @returns {string[]}
 */
export function runs(normal) {
  return normal.split(SEPARATOR).filter((run) => run);
}
