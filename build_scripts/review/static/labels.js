// The number and colour by which the page calls an article while it is worked on: they stay when the order changes.

const HUES = 12;

export class Labels {
  constructor() {
    /** @type {Map<string, number>} */
    this.numbers = new Map();
  }

  /** @param {string} id */
  number(id) {
    let number = this.numbers.get(id);
    if (number === undefined) {
      number = this.numbers.size + 1;
      this.numbers.set(id, number);
    }
    return number;
  }

  /**
   * The class of its colour; in the style sheet neighbours are far apart.
   * @param {string} id
   */
  hue(id) {
    return `hue-${(this.number(id) - 1) % HUES}`;
  }

  /**
   * Another id for the same article.
   * @param {string} id
   * @param {string} to
   */
  rename(id, to) {
    if (!this.numbers.has(to)) this.numbers.set(to, this.number(id));
  }
}
