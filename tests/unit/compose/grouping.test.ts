import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEXT } from '../../../src/columns/logical-type.ts';
import { dictionaryKey, type Grouping, type GroupingKey, groupRows, isDirect } from '../../../src/compose/grouping.ts';
import { coded } from './table.ts';

/** For each row, the first row of its group: one text for one partition of the rows. */
function partition({ groupOf }: Grouping): readonly number[] {
  return Array.from(groupOf, (group) => (group < 0 ? -1 : groupOf.indexOf(group)));
}

/** The same by comparing rows with each other. */
function expectedPartition(
  keys: readonly GroupingKey[],
  rowCount: number,
  mask: readonly number[] | null,
): readonly number[] {
  const texts = Array.from({ length: rowCount }, (_, row) =>
    keys.map((key) => key.slots[(key.codes[row] ?? -1) + 1]).join(),
  );
  return texts.map((text, row) =>
    mask !== null && mask[row] !== 1 ? -1 : texts.findIndex((each, i) => each === text && mask?.[i] !== 0),
  );
}

function check(keys: readonly GroupingKey[], rowCount: number, mask: readonly number[] | null): Grouping {
  const grouping = groupRows(keys, rowCount, mask === null ? null : Uint8Array.from(mask));
  expect(partition(grouping)).toEqual(expectedPartition(keys, rowCount, mask));
  const occurring = new Set([...grouping.groupOf].filter((group) => group >= 0));
  expect(new Set(grouping.groups)).toEqual(keys.length === 0 ? new Set([0]) : occurring);
  expect(grouping.groups.every((group) => group < grouping.size)).toBe(true);
  grouping.rows.forEach((row, i) => {
    if (row >= 0) expect(grouping.groupOf[row]).toBe(grouping.groups[i]);
    else expect(occurring.size).toBe(0);
  });
  return grouping;
}

describe('groupRows', () => {
  it('puts groups in the order of their slots, the first key leading, NULL last', () => {
    const first = coded(TEXT, ['b', null, 'a', 'a', 'b'], ['a', 'b']);
    const second = coded(TEXT, ['x', 'x', null, 'y', 'x'], ['x', 'y']);
    const { rows } = check([first, second].map(dictionaryKey), 5, null);
    expect([...rows].map((row) => [first.codes[row], second.codes[row]])).toEqual([
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ]);
  });

  it('is one group without keys, with rows and without', () => {
    expect(check([], 3, null).rows.length).toBe(1);
    expect(check([], 3, [0, 0, 0]).rows).toEqual(Int32Array.of(-1));
    expect(check([], 0, null).rows).toEqual(Int32Array.of(-1));
  });

  it('is no group with keys and without rows', () => {
    expect(check([dictionaryKey(coded(TEXT, [], ['a']))], 0, null).groups.length).toBe(0);
  });

  it('agrees with a comparison of every two rows: few slots, many, and more than a double counts exactly', () => {
    const shape = fc.record({
      rowCount: fc.integer({ min: 0, max: 30 }),
      cardinalities: fc.array(fc.constantFrom(1, 3, 40, 2 ** 20), { minLength: 1, maxLength: 6 }),
      hasMask: fc.boolean(),
    });
    let directs = 0;
    let hashes = 0;
    fc.assert(
      fc.property(
        shape,
        fc.infiniteStream(fc.nat({ max: 2 ** 20 })),
        ({ rowCount, cardinalities, hasMask }, numbers) => {
          const next = () => numbers.next().value;
          const keys = cardinalities.map((cardinality) => {
            // A few far-apart values of each key, so that rows do meet.
            const values = [-1, 0, cardinality - 1, Math.floor(cardinality / 2)];
            return keyOf(
              Array.from({ length: rowCount }, () => values[next() % 4] ?? 0),
              cardinality,
            );
          });
          const mask = hasMask ? Array.from({ length: rowCount }, () => next() % 2) : null;
          if (isDirect(keys, rowCount)) directs++;
          else hashes++;
          check(keys, rowCount, mask);
        },
      ),
      { numRuns: 600 },
    );
    expect(Math.min(directs, hashes)).toBeGreaterThan(50);
  });
});

/** A key with slots for `cardinality` values and NULL, over a dictionary of only those that occur. */
function keyOf(values: readonly number[], cardinality: number): GroupingKey {
  const used = [-1, ...new Set(values.filter((value) => value >= 0))];
  return {
    codes: Int32Array.from(values, (value) => used.indexOf(value) - 1),
    slots: Int32Array.from(used, (value) => (value < 0 ? cardinality : value)),
    size: cardinality + 1,
  };
}
