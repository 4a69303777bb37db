// lunr's scores by the browser's code: node tests/search_scores.mjs FOLDER < [[["大同", 1], …], …] prints one list of scores a query.

import { readFileSync } from "node:fs";
import path from "node:path";

import { score } from "../theme/assets/js/search/score.js";
import { Store } from "../theme/assets/js/search/store.js";

const store = new Store(async (name) => new Uint8Array(readFileSync(path.join(process.argv[2], name))));
const head = await store.head();
const out = [];
for (const words of JSON.parse(readFileSync(0, "utf8"))) {
  const postings = await store.postings(words.map(([word]) => word));
  out.push([
    ...score(
      head,
      words.filter(([word]) => postings.has(word)).map(([word, boost]) => [postings.get(word), boost]),
    ),
  ]);
}
process.stdout.write(JSON.stringify(out));
