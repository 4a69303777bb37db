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

/** @param {number} code whether the form of this UTF-16 unit is itself; most of a text is made of such */
function isPlain(code) {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a);
}

/**
 * Goes through `text` in pieces: stretches that stay as they are as a whole, other characters one by one. Texts are long and read by the
 * hundred: a string for each character would be most of what a search leaves to be tidied up.
 * @param {string} text
 * @param {(form: string, start: number, end: number) => void} take the piece's form, and where it comes from
 */
function walk(text, take) {
  let last = "";
  let space = false;
  for (let at = 0; at < text.length;) {
    const start = at;
    while (at < text.length && isPlain(text.charCodeAt(at))) at++;
    let form = "";
    if (at > start) {
      form = text.slice(start, at);
    } else {
      const char = String.fromCodePoint(/** @type {number} */ (text.codePointAt(at)));
      at += char.length;
      form = normaliseChar(char);
    }
    if (form === " ") {
      space = true;
    } else if (form) {
      if (space && last && needsSpace(last, form[0])) take(" ", start, start);
      space = false;
      take(form, start, at);
      last = form[form.length - 1];
    }
  }
}

/**
 * `text` in the form that is searched.
 * @param {string} text
 * @returns {string}
 */
export function normalise(text) {
  let out = "";
  walk(text, (form) => (out += form));
  return out;
}

/** For each place in the normal form of a text, where in the text it comes from. */
export class Trace {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {number[]} for each piece: its place in the normal form, and its start and end in the text */
    this.pieces = [];
    let length = 0;
    walk(text, (form, start, end) => {
      this.pieces.push(length, start, end);
      length += form.length;
    });
  }

  /**
   * @param {number} at a place in the normal form
   * @returns {[number, number]} the start and the end of what it comes from
   */
  origin(at) {
    const { pieces } = this;
    let low = 0;
    let high = pieces.length / 3;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[3 * middle] <= at) low = middle + 1;
      else high = middle;
    }
    const [place, start, end] = pieces.slice(3 * (low - 1), 3 * low);
    // In a stretch that stayed as it is each place has its own; a character that became others is the origin of all of them.
    const own = end > start && isPlain(this.text.charCodeAt(start));
    return own ? [start + at - place, start + at - place + 1] : [start, end];
  }
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
