import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/columns/column.ts';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  exactDigits,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { evaluate, evaluatePredicate } from '../../../src/compose/evaluate.ts';
import { arithmeticType, commonType } from '../../../src/operators/arithmetic.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import type { FunctionName } from '../../../src/operators/functions.ts';
import { referenceValue } from './reference.ts';
import { type Cell, cellsOf, coded, flat } from './table.ts';

/** The columns of the generated tables: name → type, whether in dictionary form, and what its cells may be. */
const SHAPE: readonly { name: string; type: LogicalType; isCoded: boolean; cells: fc.Arbitrary<Scalar> }[] = [
  { name: 'small', type: INT64, isCoded: false, cells: fc.integer({ min: -20, max: 20 }) },
  {
    name: 'large',
    type: INT64,
    isCoded: false,
    cells: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(whole),
  },
  { name: 'money', type: decimal(2), isCoded: false, cells: fc.integer({ min: -100_000, max: 100_000 }) },
  { name: 'edge', type: decimal(3), isCoded: false, cells: fc.maxSafeInteger() },
  {
    name: 'double',
    type: DOUBLE,
    isCoded: false,
    cells: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  },
  { name: 'flag', type: BOOL, isCoded: false, cells: fc.boolean() },
  { name: 'region', type: TEXT, isCoded: true, cells: fc.constantFrom('East', 'West', '', '～', '😀', 'east') },
  { name: 'code', type: INT64, isCoded: true, cells: fc.constantFrom<Scalar>(1, 2, 3, 9007199254740993n) },
  { name: 'word', type: TEXT, isCoded: true, cells: fc.constantFrom('st', ' e ', '😀😀', 'e', 'S') },
  { name: 'day', type: DAY, isCoded: true, cells: fc.integer({ min: 19_000, max: 19_004 }) },
  { name: 'date', type: DAY, isCoded: false, cells: fc.integer({ min: -30_000, max: 60_000 }) },
  { name: 'month', type: period('month'), isCoded: false, cells: fc.constantFrom<Scalar>(-31, 0, 31, 59, 19_723) },
];

function whole(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

const operator = fc.constantFrom<ArithmeticOperator>('+', '-', '*', '/');
const comparison = fc.constantFrom<ComparisonOperator>('=', '<>', '<', '<=', '>', '>=');

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(...SHAPE).map(({ name, type }): Expression => ({ kind: 'column', name, type })),
  fc
    .constantFrom(...SHAPE)
    .chain(({ type, cells }) =>
      fc.option(cells, { freq: 8 }).map((value): Expression => ({ kind: 'literal', value, type })),
    ),
);
const numericLeaf = leaf.filter(
  ({ type }) => type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double',
);

const called = (
  name: FunctionName,
  args: readonly fc.Arbitrary<Expression>[],
  typeOf: (args: readonly Expression[]) => LogicalType,
): fc.Arbitrary<Expression> =>
  fc.tuple(...args).map((given): Expression => ({ kind: 'call', function: name, args: given, type: typeOf(given) }));

const toInteger = () => INT64;
const toDouble = () => DOUBLE;
const toText = () => TEXT;
const toBool = () => BOOL;
const sameAsFirst = ([first]: readonly Expression[]) => first?.type ?? INT64;

interface Parts {
  numeric: Expression;
  exact: Expression;
  text: Expression;
  date: Expression;
  condition: Expression;
}

const LEVELS = ['week', 'month', 'quarter', 'year'] as const;

const { numeric, text, date, condition } = fc.letrec<Parts>((tie: fc.LetrecTypedTie<Parts>) => {
  const leafOf = (kind: LogicalType['kind']) => leaf.filter(({ type }) => type.kind === kind);
  const small = fc.oneof(
    fc.constant<Expression>({ kind: 'column', name: 'small', type: INT64 }),
    fc.integer({ min: -4, max: 9 }).map((value): Expression => ({ kind: 'literal', value, type: INT64 })),
  );
  const floored = ([first]: readonly Expression[]) => (first?.type.kind === 'double' ? DOUBLE : INT64);
  /** CASE over values that have a common type. */
  const cases = (values: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc
      .tuple(fc.array(fc.tuple(tie('condition'), values), { minLength: 1, maxLength: 3 }), fc.option(values))
      .map(([pairs, otherwise]): Expression => {
        const [first] = pairs;
        const found = [...pairs.map(([, value]) => value.type), ...(otherwise === null ? [] : [otherwise.type])];
        const type = commonType(found);
        if (type === undefined || first === undefined)
          return first?.[1] ?? { kind: 'literal', value: null, type: INT64 };
        const branches = pairs.map(([when, then]) => ({ when, then }));
        return { kind: 'case', branches, otherwise, type };
      });
  const map: fc.Arbitrary<Expression> = fc
    .array(fc.tuple(fc.constantFrom('East', 'West', '', '😀', null), fc.option(fc.integer())), { maxLength: 4 })
    .map((pairs) => {
      const entries = [...new Map(pairs)].map(([from, to]) => ({ from, to }));
      return { kind: 'map', operand: { kind: 'column', name: 'region', type: TEXT }, entries, type: INT64 };
    });
  return {
    numeric: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      numericLeaf,
      tie('numeric').map((operand): Expression => ({ kind: 'negate', operand, type: operand.type })),
      fc.tuple(operator, tie('numeric'), tie('numeric')).map(([symbol, left, right]): Expression => {
        const type = arithmeticType(symbol, left.type, right.type);
        // Products with more than 18 digits are not typed, so no statement has them.
        return type === undefined ? left : { kind: 'arithmetic', operator: symbol, left, right, type };
      }),
      cases(tie('numeric')),
      tie('exact'),
      called('FLOOR', [tie('numeric')], floored),
      fc
        .constantFrom<FunctionName>('SQRT', 'EXP', 'LN', 'LOG10')
        .chain((name) => called(name, [tie('numeric')], toDouble)),
      called('POWER', [tie('numeric'), tie('numeric')], toDouble),
      called('LENGTH', [tie('text')], toInteger),
      fc
        .constantFrom<FunctionName>('YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'WEEKDAY', 'PERIOD_INDEX')
        .chain((name) => called(name, [tie('date')], toInteger)),
      map,
    ),
    exact: called(
      'MOD',
      [tie('numeric'), tie('numeric')].map((each) =>
        each.map(
          (value): Expression =>
            exactDigits(value.type) === undefined ? { kind: 'column', name: 'money', type: decimal(2) } : value,
        ),
      ),
      (args) => commonType(args.map((each) => each.type)) ?? INT64,
    ),
    text: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leafOf('text'),
      fc.constantFrom<FunctionName>('UPPER', 'LOWER', 'TRIM').chain((name) => called(name, [tie('text')], toText)),
      called('SUBSTR', [tie('text'), small, small], toText),
      called('SUBSTR', [tie('text'), small], toText),
      called('REPLACE', [tie('text'), tie('text'), tie('text')], toText),
      called('CONCAT', [tie('text'), tie('text')], toText),
      cases(tie('text')),
    ),
    date: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leafOf('date'),
      called('SHIFT', [tie('date'), small], sameAsFirst),
      fc.constantFrom(...LEVELS).chain((level) => called('PERIOD', [tie('date')], () => period(level))),
      cases(tie('date')),
    ),
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc
        .tuple(comparison, tie('numeric'), tie('numeric'))
        .map(([symbol, left, right]): Expression => ({ kind: 'compare', operator: symbol, left, right, type: BOOL })),
      fc
        .tuple(comparison, leaf, leaf)
        .filter(([, left, right]) => left.type.kind === right.type.kind)
        .map(([symbol, left, right]): Expression => ({ kind: 'compare', operator: symbol, left, right, type: BOOL })),
      fc
        .tuple(comparison, tie('text'), tie('text'))
        .map(([symbol, left, right]): Expression => ({ kind: 'compare', operator: symbol, left, right, type: BOOL })),
      fc
        .constantFrom<FunctionName>('CONTAINS', 'STARTS_WITH', 'ENDS_WITH')
        .chain((name) => called(name, [tie('text'), tie('text')], toBool)),
      fc
        .constantFrom(...SHAPE)
        .chain(({ name, type, cells }) =>
          fc
            .array(cells, { maxLength: 4 })
            .map((values): Expression => ({ kind: 'in', operand: { kind: 'column', name, type }, values, type: BOOL })),
        ),
      fc
        .oneof(leaf, tie('numeric'), tie('text'), tie('date'))
        .map((operand): Expression => ({ kind: 'isNull', operand, type: BOOL })),
      fc.constant<Expression>({ kind: 'column', name: 'flag', type: BOOL }),
      cases(tie('condition')),
      tie('condition').map((operand): Expression => ({ kind: 'not', operand, type: BOOL })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
        )
        .map(([kind, operands]): Expression => ({ kind, operands, type: BOOL })),
    ),
  };
});

const rows = fc.array(fc.tuple(...SHAPE.map(({ cells }) => fc.option(cells, { freq: 6 }))), { maxLength: 12 });

/** The rows as columns, and as a map of cells each. */
function table(cells: readonly (readonly Cell[])[]): {
  columns: ReadonlyMap<string, Column>;
  maps: readonly ReadonlyMap<string, Cell>[];
} {
  const columns = new Map(
    SHAPE.map(({ name, type, isCoded }, i) => {
      const column = cells.map((row) => row[i] ?? null);
      return [name, isCoded ? coded(type, column) : flat(type, column)] as const;
    }),
  );
  return { columns, maps: cells.map((row) => new Map(SHAPE.map(({ name }, i) => [name, row[i] ?? null]))) };
}

function lookUp(columns: ReadonlyMap<string, Column>): (name: string) => Column {
  return (name) => {
    const column = columns.get(name);
    if (column === undefined) throw new RangeError(name);
    return column;
  };
}

describe('evaluate agrees with a reference that goes row by row through ratios of integers', () => {
  it('for numbers', () => {
    fc.assert(
      fc.property(numeric, rows, (expression, cells) => {
        const { columns, maps } = table(cells);
        const column = evaluate(expression, lookUp(columns), cells.length);
        const found = cellsOf(column);
        if (column.form !== 'dictionary') {
          expect(found.every((cell, row) => cell !== null || Number(column.values[row]) === 0)).toBe(true);
        }
        const expected = maps.map((row) => referenceValue(expression, row));
        // toStrictEqual tells 0 from −0 and numbers from bigints.
        expect(found).toStrictEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['texts', text],
    ['dates', date],
  ])('for %s', (_, expressions) => {
    fc.assert(
      fc.property(expressions, rows, (expression, cells) => {
        const { columns, maps } = table(cells);
        const column = evaluate(expression, lookUp(columns), cells.length);
        if (column.form === 'dictionary') expect(new Set(column.values).size).toBe(column.values.length);
        expect(cellsOf(column)).toStrictEqual(maps.map((row) => referenceValue(expression, row)));
      }),
      { numRuns: 2000 },
    );
  });

  it('for conditions', () => {
    fc.assert(
      fc.property(condition, rows, (expression, cells) => {
        const { columns, maps } = table(cells);
        const expected = maps.map((row) => referenceValue(expression, row));
        expect(cellsOf(evaluate(expression, lookUp(columns), cells.length))).toStrictEqual(expected);
        const mask = evaluatePredicate(expression, lookUp(columns), cells.length);
        expect([...mask]).toEqual(expected.map((truth) => (truth === true ? 1 : 0)));
      }),
      { numRuns: 3000 },
    );
  });
});
