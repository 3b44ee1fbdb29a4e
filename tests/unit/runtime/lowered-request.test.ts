import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOOL, DAY, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { FunctionName } from '../../../src/operators/functions.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import type { AggregateRequest } from '../../../src/protocol/request.ts';
import {
  type DistinctValues,
  distinctFrom,
  loweredRequest,
  tabulatedInputs,
} from '../../../src/runtime/lowered-request.ts';
import { BACKENDS } from '../../support/backends.ts';
import {
  and,
  arithmetic,
  ask,
  cases,
  column,
  compare,
  day,
  isNull,
  literal,
  lookup,
  not,
  or,
  own,
  type Row,
  reached,
  request,
  sorted,
  states,
  values,
} from '../backends/requests.ts';
import { loadPlain } from '../backends/tables.ts';

const NAMES = ['Oslo', 'oslo', null, '', "O'Hare", '\u{1f600}x', 'a--b', '\u202eא'] as const;
const DAYS = ['2024-02-29', null, '1969-12-31', '2024-12-30', '2023-01-01', null, '2024-02-29', '1970-01-01'] as const;
const AMOUNTS = [1, 2, 3, null, 5, 6, 7, 8] as const;

const name = own('name', TEXT);
const theDay = own('day', DAY);
const amount = own('amount', INT64);
const region = reached('region', name, lookup('places', 'name', 'region'));
const inputs = [name, theDay, amount, region];

function call(of: FunctionName, type: LogicalType, ...args: readonly Expression[]): Expression {
  return { kind: 'call', function: of, args, type };
}

const text = (value: string) => literal(value, TEXT);
const contains = (part: string) => call('CONTAINS', BOOL, column(name), text(part));
const length = call('LENGTH', INT64, column(name));
const year = call('YEAR', INT64, column(theDay));

describe.each(BACKENDS)('a request that is lowered, on $name', ({ start }) => {
  let backend: DataAPIBackend;
  let distinct: DistinctValues;
  beforeAll(async () => {
    backend = await start();
    await loadPlain(backend, 'facts', {
      name: { type: TEXT, values: NAMES },
      day: { type: DAY, values: DAYS.map((iso) => (iso === null ? null : day(iso))) },
      amount: { type: INT64, values: AMOUNTS },
    });
    await loadPlain(backend, 'places', {
      name: { type: TEXT, values: ['Oslo', 'oslo', 'a--b'] },
      region: { type: TEXT, values: ['North', 'north', null] },
    });
    distinct = distinctFrom(backend, 'distinct', 'facts');
  });
  afterAll(() => backend.close());

  const lowered = (asked: Partial<AggregateRequest>) =>
    loweredRequest(request('facts', { inputs, ...asked }), distinct);

  it('computes text and date functions in keys, filters and states', async () => {
    const asked = await lowered({
      values: values(call('UPPER', TEXT, column(name)), year),
      filter: or(compare(length, '>', literal(2, INT64)), isNull(length)),
      states: states(['sum', arithmetic(length, '*', literal(2, INT64))], ['rows', null]),
    });
    const rows: readonly Row[] = [
      ['OSLO', 2024, 8, 1],
      ['OSLO', null, 8, 1],
      [null, 1969, null, 1],
      ["O'HARE", 2023, 12, 1],
      ['A--B', 2024, 8, 1],
    ];
    expect(await ask(backend, asked)).toEqual(sorted(rows));
  });

  it('tells what a function makes of NULL', async () => {
    const known = cases([[isNull(column(name)), text('none')]], call('LOWER', TEXT, column(name)), TEXT);
    const asked = await lowered({ values: values(known), states: states(['rows', null]) });
    const rows: readonly Row[] = [
      ['oslo', 2],
      ['none', 1],
      ['', 1],
      ["o'hare", 1],
      ['\u{1f600}x', 1],
      ['a--b', 1],
      ['\u202eא', 1],
    ];
    expect(await ask(backend, asked)).toEqual(sorted(rows));
  });

  it('reads what is climbed to as it reads a column', async () => {
    const asked = await lowered({
      values: values(call('UPPER', TEXT, column(region))),
      states: states(['sum', column(amount)]),
    });
    expect(await ask(backend, asked)).toEqual(
      sorted([
        ['NORTH', 3],
        [null, 29],
      ]),
    );
  });

  it('keeps three-valued logic for any condition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(conditions, { minLength: 4, maxLength: 4 }), async (asked) => {
        for (const { expression, meaning } of asked) {
          for (const filter of [expression, not(expression), isNull(expression)]) {
            const request = await lowered({ values: values(column(amount)), filter });
            const kept = AMOUNTS.filter((_, row) => {
              const truth = meaning(row);
              return filter === expression ? truth === true : filter.kind === 'not' ? truth === false : truth === null;
            });
            expect(await ask(backend, request)).toEqual(sorted(kept.map((each) => [each])));
          }
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** A condition, and what it is of a row. */
interface Condition {
  readonly expression: Expression;
  readonly meaning: (row: number) => boolean | null;
}

const ofName = (expression: Expression, meaning: (value: string) => boolean): Condition => ({
  expression,
  meaning: (row) => {
    const value = NAMES[row];
    return value === null || value === undefined ? null : meaning(value);
  },
});

const atoms: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('o', 'O', "'", '-', '').map((part) => ofName(contains(part), (value) => value.includes(part))),
  fc
    .constantFrom(0, 1, 4)
    .map((n) => ofName(compare(length, '=', literal(n, INT64)), (value) => [...value].length === n)),
  // Unknown of some values that are not NULL.
  fc.constantFrom('o', 'x').map(
    (part): Condition => ({
      expression: cases([[contains(part), compare(length, '>', literal(3, INT64))]], null, BOOL),
      meaning: (row) => {
        const value = NAMES[row] ?? null;
        return value?.includes(part) === true ? [...value].length > 3 : null;
      },
    }),
  ),
  // TRUE or FALSE of NULL.
  fc.boolean().map((ofNull): Condition => {
    const otherwise = call('STARTS_WITH', BOOL, column(name), text('O'));
    return {
      expression: cases([[isNull(column(name)), literal(ofNull, BOOL)]], otherwise, BOOL),
      meaning: (row) => NAMES[row]?.startsWith('O') ?? ofNull,
    };
  }),
  fc.constantFrom(2023, 2024).map(
    (n): Condition => ({
      expression: compare(year, '=', literal(n, INT64)),
      meaning: (row) => {
        const iso = DAYS[row] ?? null;
        return iso === null ? null : iso.startsWith(String(n));
      },
    }),
  ),
  fc.integer({ min: 0, max: 9 }).map(
    (n): Condition => ({
      expression: compare(column(amount), '>', literal(n, INT64)),
      meaning: (row) => {
        const value = AMOUNTS[row] ?? null;
        return value === null ? null : value > n;
      },
    }),
  ),
);

const { conditions } = fc.letrec<{ conditions: Condition }>((tie) => ({
  conditions: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atoms,
    tie('conditions').map(
      ({ expression, meaning }): Condition => ({
        expression: not(expression),
        meaning: (row) => {
          const truth = meaning(row);
          return truth === null ? null : !truth;
        },
      }),
    ),
    fc.tuple(tie('conditions'), tie('conditions')).map(
      ([a, b]): Condition => ({
        expression: and(a.expression, b.expression),
        meaning: (row) => {
          const truths = [a.meaning(row), b.meaning(row)];
          return truths.includes(false) ? false : truths.includes(null) ? null : true;
        },
      }),
    ),
    fc.tuple(tie('conditions'), tie('conditions')).map(
      ([a, b]): Condition => ({
        expression: or(a.expression, b.expression),
        meaning: (row) => {
          const truths = [a.meaning(row), b.meaning(row)];
          return truths.includes(true) ? true : truths.includes(null) ? null : false;
        },
      }),
    ),
  ),
}));

describe('what lowering leaves', () => {
  const distinct: DistinctValues = async ({ type }) => ({
    form: 'dictionary',
    type,
    codes: Int32Array.of(0, 1, -1),
    values: ['ab', 'c'],
  });
  const lowered = (asked: Partial<AggregateRequest>) => loweredRequest(request('t', { inputs, ...asked }), distinct);
  const operand = { kind: 'column', name: name.name, type: TEXT } as const;

  it('is the request itself where there is no such function', async () => {
    const asked = request('t', { inputs, filter: isNull(operand), states: states(['sum', column(amount)]) });
    expect(tabulatedInputs(asked)).toBeNull();
    expect(await loweredRequest(asked, distinct)).toBe(asked);
  });

  it('is a set of values for a condition, the shorter one', async () => {
    expect((await lowered({ filter: contains('a') })).filter).toEqual({
      kind: 'in',
      operand,
      values: ['ab'],
      type: BOOL,
    });
    const any = await lowered({ filter: contains('') });
    expect(any.filter).toEqual(not({ kind: 'in', operand, values: [], type: BOOL }));
  });

  it('is a table for everything else, of the largest expression that reads one input', async () => {
    const { values: asked } = await lowered({
      values: values(arithmetic(arithmetic(length, '*', length), '+', column(amount))),
    });
    expect(asked[0]?.expression).toEqual(
      arithmetic(
        {
          kind: 'map',
          operand,
          entries: [
            { from: 'ab', to: 4 },
            { from: 'c', to: 1 },
          ],
          type: INT64,
        },
        '+',
        column(amount),
      ),
    );
  });

  it('is a literal for what reads no input, and asks for no values then', async () => {
    const asked = request('t', {
      inputs,
      filter: compare(column(amount), '>', call('LENGTH', INT64, text('abc'))),
      states: states(['rows', null]),
    });
    expect(tabulatedInputs(asked)).toEqual(new Set());
    // A constant beside an input is no reason to list that input's values.
    expect((await loweredRequest(asked, distinct)).filter).toEqual(compare(column(amount), '>', literal(3, INT64)));
  });

  it('refuses a function of two inputs', async () => {
    const both = call('CONCAT', TEXT, column(name), column(region));
    await expect(lowered({ values: values(both) })).rejects.toThrow(RangeError);
    await expect(lowered({ values: values(both) })).rejects.toThrow('lowered: CONCAT reads name, region');
  });
});
