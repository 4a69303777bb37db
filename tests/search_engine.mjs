// Runs the search engine in node, as a worker would: a JSON array of requests on standard input, the replies on standard output.
//
//   node tests/search_engine.mjs FOLDER < requests.json
//
// FOLDER is a folder search/ of a built site. A request is {text, options}; "fresh": true empties the caches first, as a reader's first
// query finds them. Each reply also tells how many bytes of the index were read for it, and how long it took.

import { readFileSync } from "node:fs";
import path from "node:path";

import { makeHandler } from "../theme/assets/js/search/handler.js";

const folder = path.resolve(process.argv[2]);
let bytes = 0;
let files = 0;

async function load(base, name) {
  const data = readFileSync(path.join(folder, name));
  bytes += data.length;
  files += 1;
  return new Uint8Array(data);
}

let handle = makeHandler(load);
const replies = [];
for (const [id, { text, options, fresh }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  if (fresh) handle = makeHandler(load);
  bytes = files = 0;
  const start = performance.now();
  const reply = await handle({ id, text, options, base: "node:" });
  replies.push({ ...reply, bytes, files, ms: performance.now() - start });
}
process.stdout.write(JSON.stringify(replies));
