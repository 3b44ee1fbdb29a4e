import type { Column, DictionaryColumn } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { type ArithmeticOperator, columnsOf, type Expression } from '../operators/expression.ts';
import { chooseRows, chosenBranches } from './case.ts';
import { compareColumns } from './comparison.ts';
import { doubleArithmetic, doubleNegate } from './double-arithmetic.ts';
import { exactArithmetic, exactNegate, exactQuotient } from './exact-arithmetic.ts';
import { constantColumn, type FlatColumn, flatColumn } from './flat-column.ts';
import { functionColumn, mapColumn } from './function-column.ts';
import { membership, nullness } from './membership.ts';
import { sharedParts } from './shared-parts.ts';
import { takeRows } from './take.ts';
import { andTruths, notTruths, orTruths, type Truths, trueMask, truthColumn, truthsOf, UNKNOWN } from './truth.ts';

/** Gives the column of a name; throws where there is none. Every column has the same number of rows. */
export type ColumnLookup = (name: string) => Column;

/**
 * The expression's value in each row. Exact arithmetic stays exact (number form, or bigint form where a value is beyond
 * 2^53 − 1; nothing wraps or overflows here); doubles are finite, and −0 is 0. What reads a single column in dictionary
 * form is computed once per distinct value. Throws `TypeError` on an expression whose types do not fit: a defect of the
 * caller.
 */
export function evaluate(expression: Expression, columns: ColumnLookup, rowCount: number): Column {
  return columnFor(expression, { columns, rowCount, shared: sharedParts(expression), known: new Map() });
}

/** 1 in the rows where the boolean expression is TRUE, 0 where it is FALSE or NULL. */
export function evaluatePredicate(expression: Expression, columns: ColumnLookup, rowCount: number): Uint8Array {
  return trueMask(truthOf(expression, { columns, rowCount, shared: sharedParts(expression), known: new Map() }));
}

interface Rows {
  readonly columns: ColumnLookup;
  readonly rowCount: number;
  /** Parts that stand in several places of the expression (a function is made of several uses of its argument). */
  readonly shared: ReadonlySet<Expression>;
  /** Columns of shared parts, each computed once. */
  readonly known: Map<Expression, Column>;
}

function columnFor(expression: Expression, rows: Rows): Column {
  if (!rows.shared.has(expression)) return freshColumn(expression, rows);
  const column = rows.known.get(expression) ?? freshColumn(expression, rows);
  rows.known.set(expression, column);
  return column;
}

function freshColumn(expression: Expression, rows: Rows): Column {
  switch (expression.kind) {
    case 'column':
      return rows.columns(expression.name);
    case 'literal':
      return constantColumn(expression.value, expression.type, rows.rowCount);
    case 'negate':
    case 'arithmetic':
    case 'case':
    case 'call':
    case 'map': {
      const only = onlyDictionary(expression, rows);
      return only === null
        ? computed(expression, rows)
        : takeRows(computed(expression, distinctRows(only, rows)), distinctPositions(only.column));
    }
    case 'compare':
    case 'and':
    case 'or':
    case 'not':
    case 'isNull':
    case 'in':
      return truthColumn(truthOf(expression, rows));
  }
}

function truthOf(expression: Expression, rows: Rows): Truths {
  const only = onlyDictionary(expression, rows);
  if (only === null) return logic(expression, rows);
  const distinct = logic(expression, distinctRows(only, rows));
  const truths = new Uint8Array(rows.rowCount);
  for (let i = 0; i < truths.length; i++) truths[i] = distinct[(only.column.codes[i] ?? -1) + 1] ?? UNKNOWN;
  return truths;
}

function logic(expression: Expression, rows: Rows): Truths {
  switch (expression.kind) {
    case 'compare': {
      const { left, right } = expression;
      // A literal NULL has whatever type; it makes the comparison unknown before types matter.
      if (isNullLiteral(left) || isNullLiteral(right)) return new Uint8Array(rows.rowCount).fill(UNKNOWN);
      return compareColumns(expression.operator, columnFor(left, rows), columnFor(right, rows));
    }
    case 'and':
      return expression.operands.map((operand) => truthOf(operand, rows)).reduce(andTruths);
    case 'or':
      return expression.operands.map((operand) => truthOf(operand, rows)).reduce(orTruths);
    case 'not':
      return notTruths(truthOf(expression.operand, rows));
    case 'isNull':
      return nullness(columnFor(expression.operand, rows));
    case 'in':
      return membership(columnFor(expression.operand, rows), expression.values);
    case 'column':
    case 'literal':
      return truthsOf(columnFor(expression, rows));
    case 'case':
    case 'call':
    case 'map':
      return truthsOf(computed(expression, rows));
    case 'negate':
    case 'arithmetic':
      throw new TypeError(`expression: ${expression.kind} of type ${expression.type.kind} where a condition stands`);
  }
}

type Computed = Extract<Expression, { kind: 'negate' | 'arithmetic' | 'case' | 'call' | 'map' }>;

/** The value in every row, whatever the columns' forms. */
function computed(expression: Computed, rows: Rows): Column {
  switch (expression.kind) {
    case 'negate':
    case 'arithmetic':
      return arithmetic(expression, rows);
    case 'case': {
      const { branches, otherwise, type } = expression;
      const conditions = branches.map(({ when }) => truthOf(when, rows));
      const values = branches.map((branch) => columnFor(branch.then, rows));
      if (otherwise !== null) values.push(columnFor(otherwise, rows));
      return chooseRows(chosenBranches(conditions, rows.rowCount), values, type);
    }
    case 'call': {
      const args = expression.args.map((argument) => columnFor(argument, rows));
      return functionColumn(expression.function, args, expression.type);
    }
    case 'map':
      return mapColumn(columnFor(expression.operand, rows), expression.entries, expression.type);
  }
}

function arithmetic(expression: Extract<Expression, { kind: 'negate' | 'arithmetic' }>, rows: Rows): Column {
  const { type } = expression;
  if (expression.kind === 'negate') {
    if (isNullLiteral(expression.operand)) return constantColumn(null, type, rows.rowCount);
    const operand = flatColumn(columnFor(expression.operand, rows));
    return type.kind === 'double' ? doubleNegate(operand) : exactNegate(operand);
  }
  const { left, right, operator } = expression;
  if (isNullLiteral(left) || isNullLiteral(right)) return constantColumn(null, type, rows.rowCount);
  return combine(operator, flatColumn(columnFor(left, rows)), flatColumn(columnFor(right, rows)), type);
}

function combine(operator: ArithmeticOperator, left: FlatColumn, right: FlatColumn, type: LogicalType): Column {
  if (left.type.kind === 'double' || right.type.kind === 'double') return doubleArithmetic(operator, left, right);
  // A product of more digits than a decimal may have.
  if (type.kind === 'double' && operator === '*') return doubleArithmetic(operator, left, right);
  return operator === '/' ? exactQuotient(left, right) : exactArithmetic(operator, left, right, type);
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

/** The one dictionary column that a compound expression reads, where it has fewer distinct values than rows; else null. */
function onlyDictionary(expression: Expression, rows: Rows): { name: string; column: DictionaryColumn } | null {
  if (expression.kind === 'column' || expression.kind === 'literal') return null;
  const [name, ...others] = columnsOf(expression);
  if (name === undefined || others.length > 0) return null;
  const column = rows.columns(name);
  return column.form === 'dictionary' && column.values.length + 1 < rows.rowCount ? { name, column } : null;
}

/** Each distinct value of the column in a row of its own, after a first row with NULL. */
function distinctRows(only: { readonly name: string; readonly column: DictionaryColumn }, { shared }: Rows): Rows {
  const codes = Int32Array.from({ length: only.column.values.length + 1 }, (_, position) => position - 1);
  const distinct: Column = { ...only.column, codes };
  return { columns: () => distinct, rowCount: codes.length, shared, known: new Map() };
}

/** Where each row's value stands among the distinct rows. */
function distinctPositions(column: DictionaryColumn): Int32Array {
  return column.codes.map((code) => code + 1);
}
