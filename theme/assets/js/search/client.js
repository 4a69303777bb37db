// The page's side of the engine: it runs in a worker, so that typing never waits for it.

/**
 * @typedef {import("./engine.js").Options} Options
 * @typedef {import("./engine.js").Answered} Answered
 * @typedef {import("./handler.js").Request} Request
 * @typedef {import("./handler.js").Reply} Reply
 */

/** The site's base, whatever folder it is in. */
export const site = new URL("../../../", import.meta.url);
const base = new URL("search/", site).href;

/** @type {Map<number, (reply: Reply) => void>} */
const waiting = new Map();
let last = 0;
/** @type {Promise<(request: Request) => void>|null} */
let engine = null;

/** Starts the worker; where there can be none (old browsers, files opened from a disk), the engine runs in the page. */
function start() {
  engine ??= new Promise((resolve) => {
    /** @param {Reply} reply */
    const receive = (reply) => {
      waiting.get(reply.id)?.(reply);
      waiting.delete(reply.id);
    };
    const inPage = async () => {
      /** @type {(request: Request) => void} */
      let send;
      try {
        const { handler } = await import("./handler.js");
        send = (request) => void handler(request).then(receive);
      } catch {
        // The next query tries anew.
        engine = null;
        send = ({ id }) => receive({ id, error: "检索程序没有取全，可能是网络中断。请刷新本页，或按期、按市浏览。" });
      }
      pending.forEach(send);
      pending.clear();
      return send;
    };
    /** Requests that a worker has not answered: it may turn out not to start at all. @type {Map<number, Request>} */
    const pending = new Map();
    try {
      const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }) => {
        pending.delete(data.id);
        receive(data);
      });
      worker.addEventListener("error", () => {
        worker.terminate();
        engine = inPage();
      });
      resolve((request) => {
        pending.set(request.id, request);
        worker.postMessage(request);
      });
    } catch {
      resolve(inPage());
    }
  });
  return engine;
}

/**
 * @param {string} text
 * @param {Options} [options]
 * @param {string} [channel] a newer query of the same channel overtakes this one, which then resolves to `null`
 * @returns {Promise<Answered|null>}
 */
export async function ask(text, options, channel) {
  const id = ++last;
  const send = await start();
  /** @type {Reply} */
  const reply = await new Promise((resolve) => {
    waiting.set(id, resolve);
    send({ id, text, options, channel, base });
  });
  if (reply.error !== undefined) throw new Error(reply.error);
  return reply.stale ? null : (reply.answered ?? null);
}

/**
 * Searches the archive. `options` may have `limit` (10), `offset`, `sort` ("relevance" or "date"), `facets`, and filters: `city`, `issue`,
 * `zone`, `page`, `type`, `author`, `batch`, `indicator`, each one value or several.
 * @param {string} text
 * @param {Options} [options]
 * @returns {Promise<Answered>}
 */
export async function query(text, options = {}) {
  return /** @type {Answered} */ (await ask(String(text ?? ""), { ...options }));
}
