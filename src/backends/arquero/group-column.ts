import type { DictionaryColumn } from '../../columns/column.ts';
import { dictionaryKey, groupRows } from '../../compose/grouping.ts';

/** What `groupby` takes from a column that knows its groups, as Arquero's own dictionary columns do. */
interface Groups {
  readonly keys: Uint32Array;
  readonly get: readonly ((row: number) => number)[];
  readonly names: readonly string[];
  readonly rows: Uint32Array;
  readonly size: number;
}

/**
 * The coordinates of rows as one column to group by. Arquero would print each row's keys into one text, in which NULL
 * is the same as a text that reads so and quotes are not told from those inside; this column gives it groups of codes.
 * A group's value is one of its rows.
 */
export class GroupColumn implements Iterable<number> {
  readonly length: number;
  readonly #keys: Uint32Array;
  readonly #rows: Uint32Array;

  /** `keys`: at least one, all of one length. */
  constructor(keys: readonly DictionaryColumn[], rowCount: number) {
    const { groupOf, size, groups, rows } = groupRows(keys.map(dictionaryKey), rowCount, null);
    const position = new Uint32Array(size);
    for (let group = 0; group < groups.length; group++) position[groups[group] ?? 0] = group;
    this.length = rowCount;
    this.#keys = new Uint32Array(rowCount);
    for (let row = 0; row < rowCount; row++) this.#keys[row] = position[groupOf[row] ?? 0] ?? 0;
    this.#rows = new Uint32Array(rows);
  }

  at(row: number): number {
    return this.#keys[row] ?? 0;
  }

  groups(names: readonly string[]): Groups {
    return { keys: this.#keys, get: [(row) => row], names, rows: this.#rows, size: this.#rows.length };
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#keys.values();
  }
}
