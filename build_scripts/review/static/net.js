// Asking the program on this machine. Steps are kept one after the other, each before the next is sent.

export class Refused extends Error {
  /**
   * @param {number} status
   * @param {any} answer
   */
  constructor(status, answer) {
    super(answer?.error ?? `HTTP ${status}`);
    this.status = status;
    this.changed = Boolean(answer?.changed);
  }
}

/**
 * @param {string} path
 * @param {any} [body] nothing: GET
 * @returns {Promise<any>}
 */
export async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`api/${path}`, options);
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** Sends what the editor does to the journal, in order, and knows what is not yet kept. */
export class Keeper {
  /**
   * @param {number} kept how many steps the journal holds
   * @param {(waiting: number, error: Error|null) => void} tell
   */
  constructor(kept, tell) {
    this.kept = kept;
    this.tell = tell;
    /** @type {any[]} */
    this.waiting = [];
    /** @type {Promise<void>|null} */
    this.sending = null;
    this.stopped = false;
    /** Why steps are no longer kept. @type {Error|null} */
    this.error = null;
  }

  /** @param {any} event */
  add(event) {
    this.waiting.push(event);
    this.tell(this.waiting.length, this.error);
    if (!this.sending && !this.stopped) this.sending = this.send().finally(() => (this.sending = null));
  }

  async send() {
    while (this.waiting.length && !this.stopped) {
      const steps = this.waiting.slice();
      try {
        await ask("steps", { from: this.kept, steps });
      } catch (error) {
        // Another window, or a program that has ended: the page says it, and takes no more steps that nobody keeps.
        this.stopped = true;
        this.error = /** @type {Error} */ (error);
        this.tell(this.waiting.length, this.error);
        return;
      }
      this.kept += steps.length;
      this.waiting.splice(0, steps.length);
      this.tell(this.waiting.length, null);
    }
  }

  /** Until everything is kept. */
  async flush() {
    while (this.sending) await this.sending;
    if (this.stopped) throw new Error("改动还没有记下");
  }

  /**
   * Sends nothing while the program writes into the journal itself; afterwards {@link again} goes on.
   * @template Answer
   * @param {Promise<Answer>} work
   * @returns {Promise<Answer>}
   */
  async hold(work) {
    this.stopped = true;
    try {
      return await work;
    } catch (error) {
      this.again();
      throw error;
    }
  }

  /** Sends what is waiting; the program knows which steps it has already. */
  again() {
    this.stopped = false;
    this.error = null;
    if (this.waiting.length && !this.sending) this.sending = this.send().finally(() => (this.sending = null));
  }
}
