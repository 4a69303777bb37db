// Messages to the engine and back. Pure but for what the store loads, so that node can run it as a browser's worker does.

import { Engine, SearchError, Stale } from "./engine.js";
import { Store } from "./store.js";

/**
 * @typedef {{id: number, text: string, options?: import("./engine.js").Options, channel?: string, base: string}} Request
 * `channel`: a newer request of the same channel overtakes this one; `base`: the address of the folder search/
 * @typedef {{id: number, answered?: import("./engine.js").Answered, stale?: boolean, error?: string}} Reply
 */

/** Milliseconds after which a download is given up. */
const PATIENCE = 20000;

/**
 * Loads a file below `base`.
 * @param {string} base
 * @param {string} path
 * @param {boolean} [fresh]
 */
async function download(base, path, fresh) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const response = await fetch(new URL(path, base), { signal: abort.signal, cache: fresh ? "no-store" : "default" });
    if (!response.ok) throw new Missing(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (abort.signal.aborted) throw new SearchError("检索所需的文件迟迟没有取到，网络可能太慢。请稍后再试，或按期、按市浏览。");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The server has no such file. */
class Missing extends Error {}

/**
 * @param {(base: string, path: string, fresh?: boolean) => Promise<Uint8Array>} [load]
 * @returns {(request: Request) => Promise<Reply>}
 */
export function makeHandler(load = download) {
  /** @type {Map<string, {store: Store, engine: Engine}>} */
  const engines = new Map();
  /** @type {Map<string, number>} */
  const newest = new Map();

  /** @param {string} base */
  function open(base) {
    let one = engines.get(base);
    if (!one) {
      const store = new Store((path, fresh) => load(base, path, fresh));
      one = { store, engine: new Engine(store) };
      engines.set(base, one);
    }
    return one;
  }

  return async function handle({ id, text, options, channel, base }) {
    if (channel) newest.set(channel, id);
    const isStale = () => channel !== undefined && newest.get(channel) !== id;
    const { store, engine } = open(base);
    try {
      try {
        return { id, answered: await engine.query(text, options, isStale) };
      } catch (error) {
        if (error instanceof Stale || error instanceof SearchError) throw error;
        // A piece that is gone or damaged: the site may have been published anew since the manifest was read. Once more, from the start.
        if (isStale()) throw new Stale();
        store.renew();
        return { id, answered: await engine.query(text, options, isStale) };
      }
    } catch (error) {
      if (error instanceof Stale) return { id, stale: true };
      if (error instanceof SearchError) return { id, error: error.message };
      return { id, error: "检索所需的文件没有取全，可能是网络中断。请稍后再试，或按期、按市浏览。" };
    }
  };
}

export const handler = makeHandler();
