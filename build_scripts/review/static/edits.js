// The steps that an editor can take: model and step → new model. A step that changes nothing returns the model it was given.

import { merge, order, rename, series, set, split, swap, unseries } from "./articlesteps.js";
import { cut, head, join, move, shift } from "./blocksteps.js";
import { begin, give } from "./giving.js";
import { alias, correct, settle, unalias, uncorrect } from "./notesteps.js";

/** @import {Model, Step} from "./types.js" */
/** @import {RawPage} from "./page.js" */

/**
 * @typedef {{page: RawPage, wrapped: boolean, published: Set<string>}} Context
 * `wrapped`: the page keeps its columns, so that lines without a part between them make one paragraph; `published`: ids that readers'
 * links are made of.
 */

/** @type {Record<string, (context: Context, model: Model, step: Step) => Model>} */
const STEPS = {
  give,
  new: begin,
  split,
  merge,
  join,
  cut,
  move,
  head,
  order,
  swap,
  shift,
  set,
  rename,
  series,
  unseries,
  correct,
  uncorrect,
  settle,
  alias,
  unalias,
};

/**
 * @param {Context} context
 * @param {Model} model
 * @param {Step} step
 * @returns {Model}
 */
export function apply(context, model, step) {
  const change = STEPS[step.op];
  return change ? change(context, model, step) : model;
}
