// Other names for what is asked, and names by pinyin.

/**
 * @typedef {import("./store.js").Names} Names
 * @typedef {import("./query.js").Term} Term
 */

const MOST_VARIANTS = 5;

/**
 * The query with another name in the place of one that it holds. Names that hold the one asked for are left out, for whatever has them
 * is found already; so are names that hold another one of those returned.
 * @param {Term[]} terms
 * @param {Names} names
 * @returns {{from: string, to: string, terms: string[]}[]}
 */
export function variants(terms, names) {
  /** @type {{from: string, found: string[], term: number}|null} */
  let best = null;
  terms.forEach(({ normal, quoted }, term) => {
    if (quoted) return;
    for (const [found, asked] of names.aliases) {
      for (const name of [...found, ...asked]) {
        if (normal.includes(name) && (!best || name.length > best.from.length)) best = { from: name, found, term };
      }
    }
  });
  if (!best) return [];
  const { from, found, term } = /** @type {{from: string, found: string[], term: number}} */ (best);
  const whole = terms[term].normal;
  const other = found.filter((name) => name !== from && !name.includes(from) && !whole.includes(name));
  return other
    .filter((name) => !other.some((shorter) => shorter !== name && name.includes(shorter)))
    .slice(0, MOST_VARIANTS)
    .map((to) => ({ from, to, terms: terms.map(({ normal }, at) => (at === term ? normal.replace(from, to) : normal)) }));
}

/**
 * Places whose name, reading or initials begin as `normal` does, the shortest first.
 * @param {string} normal
 * @param {Names} names
 * @returns {{text: string, url: string}[]}
 */
export function suggest(normal, names) {
  const latin = /^[a-z ']{2,}$/.test(normal);
  const typed = latin ? normal.replace(/[ ']/g, "") : normal;
  if (!typed || typed.length > 20) return [];
  return names.suggestions
    .filter(([name, pinyin, initials]) =>
      latin ? `${pinyin} ${initials}`.split(" ").some((reading) => reading.startsWith(typed)) : name.startsWith(typed) && name !== typed,
    )
    .sort((a, b) => a[0].length - b[0].length)
    .slice(0, 5)
    .map(([text, , , url]) => ({ text, url }));
}
