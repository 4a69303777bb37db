// The shapes that the modules share; types only.

/** @typedef {[number, number]} Span  A half-open range of offsets into the raw page, in code points. */

/** @typedef {{head: boolean, spans: Span[]}} Block  A paragraph or a section head. */

/** @typedef {"kicker"|"title"|"subtitle"|"credit"|"byline"|"continuation"} Part */

/**
 * @typedef {{
 *   id: string, type: string, parent: string|null, package: string|null,
 *   kicker: Span[], title: Span[], subtitle: Span[], credit: Span[], byline: Span[], continuation: Span[],
 *   body: Block[],
 * }} Article
 */

/** @typedef {{role: string, spans: Span[]}} Furniture */

/** @typedef {{id: string, title: Span[]}} Series */

/**
 * @typedef {{line: number, column: number|null, printed: string, corrected: string|null, kind: string, note: string}} Correction
 */

/** @typedef {{zone: string, alias: string, source: string}} Alias */

/**
 * @typedef {{
 *   furniture: Furniture[], series: Series[], articles: Article[], corrections: Correction[],
 *   settled: number[], aliases: Alias[],
 * }} Model  The layout as it is being made. Never changed in place: each step makes a new one.
 */

/** @typedef {{op: string, [key: string]: any}} Step  One thing that an editor did, as the journal keeps it. */

/**
 * @typedef {{
 *   start: number, end: number, value: string, indicator: string, subject: string|null,
 *   scope: string|null, batch: string|null, planned: boolean, event: string|null, core: boolean, rule: string,
 * }} Figure
 */

/**
 * @typedef {{
 *   text: string, runs: [number, number, number][], repairs: [number, number, string][], figures: Figure[],
 *   zones: [number, number, string][],
 * }} Passage  Running text as readers will see it; see reading.py.
 */

/**
 * @typedef {{
 *   digest: string, kicker: Passage|null, title: Passage|null, subtitle: Passage|null, body: Passage[],
 *   authors: {name: string, role: string}[], event_date: string|null, continued_on: string|null,
 *   cities: string[], zones: string[], proposals: Correction[], blocks: string[],
 * }} Reading  What the program reads of an article; `blocks`: the spans of its paragraphs when it was read.
 */

/** @typedef {{kind: string, line: number, text: string, article: string|null}} Problem */

/** @typedef {{number: number, line: number, doubt: boolean, text: string}} Remark  A comment of the layout file. */

/** @typedef {{line: number, text: string, doubt: boolean}} Note  What the draft says of a line. */

/**
 * @typedef {{
 *   issue: string, page: string, file: string, hash: string, lines: string[], wrapped: boolean, layout: any, events: any[],
 *   set_aside: boolean, remarks: Remark[], notes: Note[], published: string[],
 *   zones: {name: string, aliases: string[]}[],
 * }} State
 */

/**
 * @typedef {{article: string, part: Part|"body", index: number}} Unit  A clause of a headline, a byline, or a block of a body.
 */

export {};
