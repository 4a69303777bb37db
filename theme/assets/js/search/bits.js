// Sets of documents as bits. Loops go by index: an iterator leaves an object behind for each number, and these run for every term of a query.

/** @typedef {Uint32Array} Bits */

/**
 * @param {number} size
 * @param {ArrayLike<number>} [documents]
 * @returns {Bits}
 */
export function bitsOf(size, documents = []) {
  const bits = new Uint32Array((size + 31) >>> 5);
  for (let i = 0; i < documents.length; i++) bits[documents[i] >>> 5] |= 1 << (documents[i] & 31);
  return bits;
}

/**
 * @param {Bits} a
 * @param {Bits} b
 * @returns {Bits}
 */
export function both(a, b) {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i] & b[i];
  return out;
}

/**
 * @param {Bits} a
 * @param {Bits} b
 * @returns {Bits}
 */
export function either(a, b) {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i] | b[i];
  return out;
}

/**
 * @param {Bits} a
 * @param {Bits} b
 * @returns {Bits}
 */
export function without(a, b) {
  const out = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i] & ~b[i];
  return out;
}

/** @param {Bits} bits */
export function countBits(bits) {
  let count = 0;
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i];
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/**
 * @param {Bits} bits
 * @param {number} document
 */
export function hasBit(bits, document) {
  return ((bits[document >>> 5] >>> (document & 31)) & 1) === 1;
}

/**
 * @param {Bits} bits
 * @returns {number[]}
 */
export function listBits(bits) {
  /** @type {number[]} */
  const out = new Array(countBits(bits));
  let at = 0;
  for (let i = 0; i < bits.length; i++) {
    let word = bits[i];
    while (word) {
      const bit = 31 - Math.clz32(word & -word);
      out[at++] = i * 32 + bit;
      word &= word - 1;
    }
  }
  return out;
}
