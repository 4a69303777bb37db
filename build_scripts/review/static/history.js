// What was done, undone and done again. The journal keeps the steps; replaying them gives the same models.

/** @import {Model, Step} from "./types.js" */

export class History {
  /**
   * @param {Model} base
   * @param {(model: Model, step: Step) => Model} apply
   */
  constructor(base, apply) {
    this.apply = apply;
    this.models = [base];
    /** @type {Step[]} */
    this.steps = [];
    this.at = 0;
    /** Where in the history the file on the disk stands; null where that state can no longer be reached. @type {number|null} */
    this.savedAt = 0;
  }

  get model() {
    return this.models[this.at];
  }

  get isSaved() {
    return this.savedAt === this.at;
  }

  /** The step that undo takes back. */
  get last() {
    return this.at ? this.steps[this.at - 1] : null;
  }

  /** The step that redo takes again. */
  get next() {
    return this.steps[this.at] ?? null;
  }

  /**
   * Takes a step; false where it changes nothing, and is then no step.
   * @param {Step} step
   */
  take(step) {
    const model = this.apply(this.model, step);
    if (model === this.model || JSON.stringify(model) === JSON.stringify(this.model)) return false;
    if (this.savedAt !== null && this.savedAt > this.at) this.savedAt = null;
    this.models.splice(this.at + 1, Infinity, model);
    this.steps.splice(this.at, Infinity, step);
    this.at += 1;
    return true;
  }

  undo() {
    if (!this.at) return false;
    this.at -= 1;
    return true;
  }

  redo() {
    if (this.at >= this.steps.length) return false;
    this.at += 1;
    return true;
  }

  saved() {
    this.savedAt = this.at;
  }

  /**
   * Goes once more through what the journal holds.
   * @param {any[]} events
   */
  replay(events) {
    for (const event of events) {
      if (event.do) this.take(event.do);
      else if (event.undo) this.undo();
      else if (event.redo) this.redo();
      else if (event.saved) this.saved();
    }
  }
}
