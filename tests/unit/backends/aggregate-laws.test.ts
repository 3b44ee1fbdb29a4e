import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/backends/duckdb/connection.ts';
import { DUCKDB_DIALECT } from '../../../src/backends/duckdb/dialect.ts';
import { DuckdbTables } from '../../../src/backends/duckdb/held-tables.ts';
import { dropTable, loadTable } from '../../../src/backends/duckdb/load-table.ts';
import { generateAggregate } from '../../../src/backends/sql/generate-aggregate.ts';
import type { TableProfile } from '../../../src/backends/sql/table-profile.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../../src/columns/scalar.ts';
import { arithmeticType } from '../../../src/operators/arithmetic.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { resultColumns } from '../../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest, StateRequest } from '../../../src/protocol/request.ts';
import type { Input } from '../../../src/resolution/access.ts';
import { BACKENDS } from '../../support/backends.ts';
import { connectNode } from '../../support/duckdb-node.ts';
import { evaluate } from './reference.ts';
import {
  and,
  arithmetic,
  calendar,
  call,
  cases,
  column,
  compare,
  day,
  isIn,
  isNull,
  literal,
  lookup,
  map,
  not,
  or,
  own,
  type Row,
  reached,
  rowsOf,
  sorted,
  values as valuesOf,
} from './requests.ts';
import { loadRequest, type PlainColumn, type PlainTable } from './tables.ts';

const CITIES = ['Oslo', 'Bergen', "O'Hare", '', 'é', '😀', '～'] as const;
const STATES = ['North', 'South', '--'] as const;
const COUNTRIES = ['NO', 'SE'] as const;

const nullable = <Value extends Scalar>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null, freq: 4 });

const values: Readonly<Record<string, { type: LogicalType; value: fc.Arbitrary<Scalar | null> }>> = {
  city: { type: TEXT, value: nullable(fc.constantFrom(...CITIES, 'nowhere')) },
  tag: { type: TEXT, value: nullable(fc.constantFrom('a', 'B', 'b')) },
  units: {
    type: INT64,
    value: nullable(
      fc.oneof(
        fc.integer({ min: -3, max: 3 }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerScalar),
      ),
    ),
  },
  price: { type: decimal(2), value: nullable(fc.integer({ min: -500, max: 500 })) },
  ratio: { type: DOUBLE, value: nullable(fc.constantFrom(0, 0.5, -2.25, 1e308, 3, 100)) },
  open: { type: BOOL, value: nullable(fc.boolean()) },
  day: { type: DAY, value: nullable(fc.integer({ min: day('1899-12-20'), max: day('2101-01-15') })) },
};

const facts: fc.Arbitrary<PlainTable> = fc
  .integer({ min: 0, max: 12 })
  .chain((rowCount) =>
    fc.record(
      Object.fromEntries(
        Object.entries(values).map(([name, { type, value }]) => [
          name,
          fc
            .array(value, { minLength: rowCount, maxLength: rowCount })
            .map((column): PlainColumn => ({ type, values: column })),
        ]),
      ),
    ),
  );

/** A lookup finer than its edges, with NULL children and NULL parents; city → state and state → country hold. */
const places: fc.Arbitrary<PlainTable> = fc
  .record({
    parents: fc.array(nullable(fc.constantFrom(...STATES)), { minLength: CITIES.length, maxLength: CITIES.length }),
    grandparents: fc.array(nullable(fc.constantFrom(...COUNTRIES)), {
      minLength: STATES.length,
      maxLength: STATES.length,
    }),
    cities: fc.array(nullable(fc.integer({ min: 0, max: CITIES.length - 1 })), { maxLength: 10 }),
  })
  .map(({ parents, grandparents, cities }) => {
    const text = (column: readonly (string | null)[]): PlainColumn => ({ type: TEXT, values: column });
    const states = cities.map((city) => (city === null ? null : (parents[city] ?? null)));
    return {
      city: text(cities.map((city) => (city === null ? null : (CITIES[city] ?? null)))),
      state: text(states),
      country: text(states.map((state) => (state === null ? null : (grandparents[STATES.indexOf(state)] ?? null)))),
    };
  });

const city = own('city', TEXT);
const state = reached('state', city, lookup('places', 'city', 'state'));
const country = reached('country', state, lookup('places', 'state', 'country'));
const theDay = own('day', DAY);
const month = reached('month', theDay, calendar('month'));
const quarter = reached('quarter', month, calendar('quarter', 'month'));
const week = reached('week', theDay, calendar('week'));
const year = reached('year', quarter, calendar('year', 'quarter'));
const units = own('units', INT64);
const price = own('price', decimal(2));
const ratio = own('ratio', DOUBLE);
const open = own('open', BOOL);
const tag = own('tag', TEXT);
const INPUTS: readonly Input[] = [
  city,
  state,
  country,
  theDay,
  month,
  quarter,
  week,
  year,
  units,
  price,
  ratio,
  open,
  tag,
];
const KEYS = [city, state, country, theDay, month, quarter, week, year, open, tag, price].map(({ name }) => name);

const numberLeaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(units, price, ratio).map(column),
  fc.integer({ min: -5, max: 5 }).map((value) => literal(value, INT64)),
  fc.integer({ min: -500, max: 500 }).map((value) => literal(value, decimal(2))),
  fc.integer({ min: -50, max: 50 }).map((value) => literal(value, decimal(1))),
  fc.constantFrom(0, -0.5, 2).map((value) => literal(value, DOUBLE)),
);

/** Tables of functions, with values that no row has, and some listed twice; the names would break a quoting. */
const ODD_TEXTS = ["'); DROP TABLE facts; --", '"a" /* b */', 'a\0b', '\u202eא', "''", '\\', '$1', '%s'] as const;
const mapFrom = (input: Input, from: readonly Scalar[], to: LogicalType, value: fc.Arbitrary<Scalar>) =>
  fc
    .array(fc.tuple(nullable(fc.constantFrom(...from)), nullable(value)), { maxLength: 6 })
    .map((entries) => map(input, entries, to));
const mapInputs = [
  [city, [...CITIES, 'unlisted', ...ODD_TEXTS]],
  [state, STATES],
  [tag, ['a', 'B', 'b']],
  [theDay, [day('2024-02-29'), 0, -1]],
  [month, [day('2024-02-01'), day('1970-01-01')]],
  [units, [-2, 0, 1, 2n ** 63n - 1n, 2n ** 64n]],
  [open, [true, false]],
  [ratio, [0, 0.5, -2.25, 1e308]],
] as const;
const mapTo = (to: LogicalType, value: fc.Arbitrary<Scalar>) =>
  fc.oneof(...mapInputs.map(([input, from]) => mapFrom(input, from, to, value)));
const mappedNumber = fc.oneof(
  mapTo(INT64, fc.integer({ min: -9, max: 9 })),
  mapTo(decimal(2), fc.oneof(fc.integer({ min: -999, max: 999 }), fc.constant(2n ** 62n))),
  mapTo(DOUBLE, fc.constantFrom(0.25, -0, 7)),
);

/** Arithmetic, functions and choices some levels deep: products of exact numbers stay within 127 bits. */
const plainNumber: fc.Arbitrary<Expression> = fc.oneof(
  numberLeaf,
  mappedNumber,
  numberLeaf.map((operand): Expression => ({ kind: 'negate', operand, type: operand.type })),
  fc
    .tuple(numberLeaf, fc.constantFrom<ArithmeticOperator>('+', '-', '*', '/'), numberLeaf)
    .filter(([a, operator, b]) => arithmeticType(operator, a.type, b.type) !== undefined)
    // The sum of squares of the largest integers would pass 127 bits, where DuckDB refuses to go on.
    .filter(([a, operator, b]) => operator !== '*' || a.kind !== 'column' || b.kind !== 'column' || a.name !== b.name)
    .map(([a, operator, b]) => arithmetic(a, operator, b)),
  fc
    .tuple(numberLeaf, numberLeaf, fc.constantFrom<ArithmeticOperator>('+', '-', '/'), numberLeaf)
    .map(([a, b, operator, c]) => arithmetic(arithmetic(a, '/', b), operator, c)),
  fc.tuple(numberLeaf, numberLeaf, numberLeaf).map(([a, b, c]) => arithmetic(a, '/', arithmetic(b, '-', c))),
);
const isExact = ({ type }: Expression) => type.kind === 'int64' || type.kind === 'decimal';
const called: fc.Arbitrary<Expression> = fc.oneof(
  plainNumber.map((x) => call('FLOOR', x)),
  fc
    .tuple(plainNumber.filter(isExact), fc.oneof(numberLeaf, mappedNumber).filter(isExact))
    .map(([x, y]) => call('MOD', x, y)),
  plainNumber.map((x) => call('SQRT', x)),
  // Larger powers would differ by more than a relative tolerance of their exponents.
  fc.constantFrom(ratio, price).map((input) => call('EXP', column(input))),
  plainNumber.map((x) => call('LN', x)),
  plainNumber.map((x) => call('LOG10', x)),
  fc
    .tuple(
      fc.constantFrom(ratio, price, own('units', INT64)).map(column),
      fc.constantFrom(0, -1, 2, 0.5, 1 / 3).map((value) => literal(value, DOUBLE)),
    )
    .map(([x, y]) => call('POWER', x, y)),
);

const plainText = fc.oneof(
  fc.constantFrom(city, state, country, tag).map(column),
  fc.constantFrom(...CITIES, ...STATES, ...ODD_TEXTS, 'a').map((value) => literal(value, TEXT)),
  mapTo(TEXT, fc.constantFrom('Oslo', 'a', '', ...ODD_TEXTS)),
);
const plainDate = fc.oneof(
  fc.constantFrom(theDay, month, week, year).map(column),
  fc.constantFrom(day('1970-01-01'), day('2024-02-29'), day('1900-01-01')).map((value) => literal(value, DAY)),
  mapTo(DAY, fc.constantFrom(day('1970-01-01'), day('2024-02-29'))),
);
const comparison = fc.constantFrom<ComparisonOperator>('=', '<>', '<', '<=', '>', '>=');

const { truth, number, textual, dated } = fc.letrec<
  Record<'truth' | 'term' | 'number' | 'textual' | 'dated', Expression>
>((tie) => {
  const choice = (values: fc.Arbitrary<Expression>, type: (values: readonly Expression[]) => LogicalType) =>
    fc
      .tuple(fc.array(fc.tuple(tie('truth'), values), { maxLength: 2 }), fc.option(values, { nil: null }))
      .map(([branches, otherwise]) =>
        cases(
          branches,
          otherwise,
          type([...branches.map(([, value]) => value), ...(otherwise === null ? [] : [otherwise])]),
        ),
      );
  const decided = { depthSize: 'small', withCrossShrink: true } as const;
  return {
    number: fc.oneof(decided, plainNumber, called, choice(plainNumber, numberType)),
    textual: fc.oneof(
      decided,
      plainText,
      choice(plainText, () => TEXT),
    ),
    dated: fc.oneof(
      decided,
      plainDate,
      choice(plainDate, () => DAY),
    ),
    term: fc.oneof(
      fc.tuple(tie('number'), comparison, tie('number')).map(([a, operator, b]) => compare(a, operator, b)),
      fc.tuple(tie('textual'), comparison, tie('textual')).map(([a, operator, b]) => compare(a, operator, b)),
      fc.tuple(tie('dated'), comparison, tie('dated')).map(([a, operator, b]) => compare(a, operator, b)),
      fc.tuple(tie('textual'), fc.subarray([...CITIES, ...STATES, ...ODD_TEXTS, 'a'])).map(([a, of]) => isIn(a, of)),
      fc.tuple(tie('number').filter(isExact), fc.subarray([-2, 0, 1, 250])).map(([a, of]) => isIn(a, of)),
      fc.oneof(tie('number'), tie('textual'), tie('dated')).map(isNull),
      fc.constant(column(open)),
      mapTo(BOOL, fc.boolean()),
    ),
    truth: fc.oneof(
      decided,
      tie('term'),
      tie('truth').map(not),
      fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => and(a, b)),
      fc.tuple(tie('truth'), tie('truth')).map(([a, b]) => or(a, b)),
      choice(tie('truth'), () => BOOL),
    ),
  };
});

/** What the values of a CASE are brought to. */
function numberType(values: readonly Expression[]): LogicalType {
  if (values.some(({ type }) => type.kind === 'double')) return DOUBLE;
  if (values.every(({ type }) => type.kind === 'int64')) return INT64;
  return decimal(Math.max(...values.map(({ type }) => (type.kind === 'decimal' ? type.digits : 0))));
}

const stateOver: fc.Arbitrary<Omit<StateRequest, 'name'>> = fc.oneof(
  fc
    .tuple(fc.constantFrom('sum' as const, 'median' as const, 'min' as const, 'count' as const), number)
    .map(([each, input]) => ({ state: each, input, inputType: input.type })),
  fc
    .tuple(
      fc.constantFrom('min' as const, 'max' as const, 'count' as const, 'distinct' as const),
      fc.constantFrom(city, state, theDay, month, units, price, ratio).map(column),
    )
    .map(([each, input]) => ({ state: each, input, inputType: input.type })),
  fc.constantFrom<Omit<StateRequest, 'name'>>(
    { state: 'rows', input: null, inputType: null },
    { state: 'coordinates', input: null, inputType: null },
  ),
);

/** Doubles of which each engine gives the same bits, so that they group alike. */
const steadyDoubles: readonly Expression[] = [
  column(ratio),
  { kind: 'negate', operand: column(ratio), type: DOUBLE },
  call('FLOOR', column(ratio)),
  call('SQRT', column(ratio)),
  arithmetic(column(ratio), '*', literal(-0, DOUBLE)),
  arithmetic(column(price), '/', literal(4, INT64)),
  cases([[column(open), column(ratio)]], column(price), DOUBLE),
];

const requests: fc.Arbitrary<AggregateRequest> = fc.record({
  table: fc.constant('facts'),
  inputs: fc.constant(INPUTS),
  keys: fc.subarray(KEYS, { maxLength: 4 }),
  values: fc
    .array(fc.oneof(number.filter(isExact), fc.oneof(textual, dated, truth), fc.constantFrom(...steadyDoubles)), {
      maxLength: 2,
    })
    .map((expressions) => valuesOf(...expressions)),
  filter: fc.option(truth, { nil: null }),
  states: fc
    .array(stateOver, { maxLength: 3 })
    .map((asked) => asked.map((each, position): StateRequest => ({ name: `s${position}`, ...each }))),
});

/** A profile that makes every request that can be grouped twice be grouped twice. */
const CROWDED: TableProfile = { rowCount: Number.MAX_SAFE_INTEGER, distinctBound: () => 1 };

describe.each(BACKENDS)('on $name an aggregate means what plain loops over the rows mean', ({ start }) => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await start();
  });
  afterAll(() => backend.close());

  it('for any small tables', async () => {
    await fc.assert(
      fc.asyncProperty(facts, places, fc.array(requests, { minLength: 6, maxLength: 6 }), async (root, via, asked) => {
        await backend.load(loadRequest('facts', root));
        await backend.load(loadRequest('places', via));
        try {
          for (const request of asked) {
            const { ipc, statement } = await backend.aggregate('law', request);
            const expected = sorted(evaluate({ facts: root, places: via }, request));
            expectRows(request, root, rowsOf(request, ipc), expected, statement);
          }
        } finally {
          for (const table of await backend.listTables()) await backend.drop(table);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('an aggregate of one grouping is the same in two', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectNode();
  });
  afterAll(() => connection.close());

  it('for any small tables', async () => {
    await fc.assert(
      fc.asyncProperty(facts, places, fc.array(requests, { minLength: 6, maxLength: 6 }), async (root, via, asked) => {
        const held = new DuckdbTables();
        await loadTable(connection, held, loadRequest('facts', root));
        await loadTable(connection, held, loadRequest('places', via));
        try {
          for (const request of asked) {
            const expected = sorted(evaluate({ facts: root, places: via }, request));
            const sql = generateAggregate(request, DUCKDB_DIALECT, { names: held.names, profile: CROWDED });
            const ipc = await connection.query(sql, new AbortController().signal);
            expectRows(request, root, rowsOf(request, ipc), expected, sql);
          }
        } finally {
          for (const table of held.list()) await dropTable(connection, held, table);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

/** Equal bit for bit, but doubles: those within 1e-9 relative, or 1e-12 of the largest magnitudes that may have cancelled. */
function expectRows(
  request: AggregateRequest,
  root: PlainTable,
  found: readonly Row[],
  expected: readonly Row[],
  sql: string,
) {
  const isDouble = resultColumns(request).map(({ type }) => type.kind === 'double');
  // 1e308 stands alone: nothing cancels it.
  const sizes = Object.values(root).flatMap(({ values: cells }) =>
    cells.flatMap((cell) =>
      typeof cell === 'string' || cell === null || Number(cell) > 1e300 ? [] : Math.abs(Number(cell)),
    ),
  );
  const allowed = 1e-12 * 1e3 * Math.max(1, ...sizes);
  const settle = (value: Scalar | null, wanted: Scalar | null) => {
    if (typeof value !== 'number' || typeof wanted !== 'number') return value;
    return Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted) + allowed ? wanted : value;
  };
  const close = found.map((row, at) =>
    row.map((value, place) => (isDouble[place] ? settle(value, expected[at]?.[place] ?? null) : value)),
  );
  expect(close, sql).toEqual(expected);
}
