/** Exit codes of a process that a signal ends: 128 and the signal's number. */
const SIGNALS = /** @type {const} */ ({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 });

/**
 * Ends what was started (servers, browsers, folders), last first, once: when the work is done, when it fails, and when a
 * signal comes.
 */
export class Lifetime {
  /** @type {(() => Promise<unknown>)[]} */
  #endings = [];
  /** @type {[NodeJS.Signals, () => void][]} */
  #listeners = [];

  /**
   * Makes signals end everything before the process exits.
   * @param {{ exit?: (code: number) => void }} [io]
   */
  constructor({ exit = (code) => process.exit(code) } = {}) {
    for (const [signal, code] of /** @type {[NodeJS.Signals, number][]} */ (Object.entries(SIGNALS))) {
      const listener = () => void this.end().finally(() => exit(code));
      process.once(signal, listener);
      this.#listeners.push([signal, listener]);
    }
  }

  /**
   * @template T
   * @param {T} thing that was started
   * @param {(thing: T) => Promise<unknown>} end stops it
   * @returns {T}
   */
  add(thing, end) {
    this.#endings.push(() => end(thing));
    return thing;
  }

  /** @throws the first error of an ending, after all endings ran */
  async end() {
    for (const [signal, listener] of this.#listeners.splice(0)) process.off(signal, listener);
    /** @type {unknown[]} */
    const errors = [];
    for (const end of this.#endings.splice(0).reverse()) await end().catch((error) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}
