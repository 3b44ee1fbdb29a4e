import { secondsText } from './figures.mjs';

/**
 * Prints numbered steps with their seconds, each on one line unless something is printed in between:
 *
 *     [2/5] fixtures … 523,023 rows, 7.4 MB, 6 s
 *     [4/5] browser …
 *           $ apt-get install -y chromium
 *     [4/5] browser … Chromium 156, 41 s
 */
export class Steps {
  #total;
  #write;
  #now;
  #done = 0;
  /** The beginning of a line that waits for its end. */
  #open = '';

  /**
   * @param {number} total how many steps there will be
   * @param {{ write?: (text: string) => void, now?: () => number }} [io] default: standard output and the clock
   */
  constructor(total, { write = (text) => void process.stdout.write(text), now = () => performance.now() } = {}) {
    this.#total = total;
    this.#write = write;
    this.#now = now;
  }

  /**
   * Runs one step. What `work` returns is printed before the seconds when it is text.
   * @template T
   * @param {string} name
   * @param {() => Promise<T> | T} work
   * @param {(result: T) => string} [describe] the text for a result that is not text
   * @returns {Promise<T>}
   * @throws what `work` throws, after the line says `failed`
   */
  async run(name, work, describe = (result) => (typeof result === 'string' ? result : '')) {
    this.#done += 1;
    const head = `[${this.#done}/${this.#total}] ${name} … `;
    const started = this.#now();
    const end = (/** @type {string} */ text) => {
      this.#write(`${this.#open === '' ? head : ''}${text}${secondsText(this.#now() - started)}\n`);
      this.#open = '';
    };
    this.#write(head);
    this.#open = head;
    try {
      const result = await work();
      const text = describe(result);
      end(text === '' ? '' : `${text}, `);
      return result;
    } catch (error) {
      end('failed, ');
      throw error;
    }
  }

  /** Ends a line that a step left open; call it before a child process prints. */
  break() {
    if (this.#open === '') return;
    this.#write('\n');
    this.#open = '';
  }

  /**
   * Prints a line below the current step.
   * @param {string} line
   */
  log = (line) => {
    this.break();
    this.#write(`      ${line}\n`);
  };
}
