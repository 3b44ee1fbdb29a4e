import type { DictionaryColumn } from './column.ts';
import { TEXT } from './logical-type.ts';

/** Builds a text column row by row: each distinct text gets a code in order of first occurrence. */
export class TextColumnBuilder {
  readonly #known = new Map<string, number>();
  #codes = new Int32Array(1024);
  #length = 0;

  /** Appends a text, or null for NULL. */
  push(text: string | null): void {
    if (this.#length === this.#codes.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.#codes);
      this.#codes = grown;
    }
    this.#codes[this.#length++] = text === null ? -1 : this.#codeOf(text);
  }

  /** The column of everything pushed so far. */
  column(): DictionaryColumn {
    return {
      form: 'dictionary',
      type: TEXT,
      codes: this.#codes.slice(0, this.#length),
      values: [...this.#known.keys()],
    };
  }

  #codeOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const code = this.#known.size;
    this.#known.set(text, code);
    return code;
  }
}
