// Steps beside the text: corrections, remarks of the draft, names of zones.

/** @import {Model, Step} from "./types.js" */
/** @import {Context} from "./edits.js" */

/**
 * Adds a correction where its line belongs, or puts it in the place of number `index`.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function correct(_, model, { correction, index = null }) {
  const corrections = [...model.corrections];
  if (index !== null) corrections[index] = correction;
  else {
    const later = corrections.findIndex((one) => one.line > correction.line);
    corrections.splice(later < 0 ? corrections.length : later, 0, correction);
  }
  return { ...model, corrections };
}

/**
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function uncorrect(_, model, { index }) {
  return model.corrections[index] ? { ...model, corrections: model.corrections.filter((_, at) => at !== index) } : model;
}

/**
 * Remarks of the draft that an editor has dealt with; `numbers` are lines of the layout file.
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function settle(_, model, { numbers, on }) {
  const settled = model.settled.filter((number) => !numbers.includes(number));
  return { ...model, settled: on ? [...settled, ...numbers].sort((a, b) => a - b) : settled };
}

/**
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function alias(_, model, { zone, alias, source }) {
  if (model.aliases.some((one) => one.alias === alias)) return model;
  return { ...model, aliases: [...model.aliases, { zone, alias, source }] };
}

/**
 * @param {Context} _
 * @param {Model} model
 * @param {Step} step
 */
export function unalias(_, model, { alias }) {
  const aliases = model.aliases.filter((one) => one.alias !== alias);
  return aliases.length === model.aliases.length ? model : { ...model, aliases };
}
