// Runs the tables that Python runs too: node tests/search_cases.mjs. Also prints, with --forms, the form of every code point asked for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { normalise, normaliseChar, Trace } from "../theme/assets/js/search/normalise.js";
import { readQuery } from "../theme/assets/js/search/query.js";
import { queryTerms } from "../theme/assets/js/search/terms.js";

const read = (name) => JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), "utf8"));

if (process.argv.includes("--forms")) {
  const codes = JSON.parse(readFileSync(0, "utf8"));
  process.stdout.write(JSON.stringify(codes.map((code) => normaliseChar(String.fromCodePoint(code)))));
} else {
  for (const { label, in: text, out } of read("search-normalise")) {
    test(`normalise: ${label}`, () => {
      assert.equal(normalise(text), out);
      const trace = new Trace(text);
      let before = 0;
      for (let at = 0; at < out.length; at++) {
        const [start, end] = trace.origin(at);
        assert.ok(before <= start && start <= end && end <= text.length);
        // What a place comes from has the form that stands there; a space between two words comes from nothing.
        assert.ok(start === end ? out[at] === " " : normalise(text.slice(start, end)).includes(out[at]));
        before = start;
      }
    });
  }
  for (const { label, normal, query } of read("search-terms")) {
    test(`terms: ${label}`, () => assert.deepEqual(queryTerms(normal), query));
  }
  for (const { label, in: text, terms } of read("search-queries")) {
    test(`query: ${label}`, () => {
      const found = readQuery(text).terms.map(({ normal, quoted }) => (quoted ? `"${normal}"` : normal));
      assert.deepEqual(found, terms);
    });
  }
}
