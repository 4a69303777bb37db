// Runs the tables that Python runs too: node tests/search_cases.mjs. Also prints, with --forms, the form of every code point asked for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { normalise, normaliseChar, trace } from "../theme/assets/js/search/normalise.js";
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
      const { starts, ends } = trace(text);
      assert.equal(starts.length, out.length);
      for (let i = 0; i < out.length; i++) assert.ok(starts[i] <= ends[i] && ends[i] <= text.length);
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
