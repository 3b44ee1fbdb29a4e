import { isDeepStrictEqual } from 'node:util';

/** Collects what was checked, prints it as it goes, and counts. */
export class Checklist {
  #log;
  passed = 0;
  failed = 0;

  /** @param {(line: string) => void} log */
  constructor(log) {
    this.#log = log;
  }

  /**
   * Announces what the next checks are about.
   * @param {number} step
   * @param {string} title
   */
  step(step, title) {
    this.#log(`${step}  ${title}`);
  }

  /**
   * Prints something that was found.
   * @param {string} text
   */
  note(text) {
    this.#log(`   ${text}`);
  }

  /**
   * @param {string} what is checked
   * @param {unknown} found
   * @param {unknown} expected
   */
  equal(what, found, expected) {
    if (isDeepStrictEqual(found, expected)) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    this.#log(`   ✗ ${what}: expected ${brief(expected)}, found ${brief(found)}`);
  }

  /**
   * Runs a part of the walkthrough; what it throws is one failed check, and the next part still runs.
   * @param {string} what is attempted
   * @param {() => Promise<void>} part
   * @returns {Promise<boolean>} whether it ran to its end
   */
  async attempt(what, part) {
    try {
      await part();
      return true;
    } catch (error) {
      this.failed += 1;
      const [line] = String(error instanceof Error ? error.message : error).split('\n');
      this.#log(`   ✗ ${what}: ${line}`);
      return false;
    }
  }
}

/** @param {unknown} value */
function brief(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
