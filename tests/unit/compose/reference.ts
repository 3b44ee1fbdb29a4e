import { exactDigits, type LogicalType } from '../../../src/columns/logical-type.ts';
import type { ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import { nearestDouble } from './rational.ts';
import { referenceFunction } from './reference-functions.ts';
import type { Cell } from './table.ts';

/** An expression over one row, cell by cell, with BigInt and ratios only: what columns of any form must agree with. */
export function referenceValue(expression: Expression, row: ReadonlyMap<string, Cell>): Cell {
  switch (expression.kind) {
    case 'column':
      return row.get(expression.name) ?? null;
    case 'literal':
      return expression.value;
    case 'negate': {
      const value = referenceValue(expression.operand, row);
      if (value === null) return null;
      return expression.type.kind === 'double' ? finite(0 - Number(value)) : whole(-BigInt(value));
    }
    case 'arithmetic':
      return arithmetic(expression, row);
    case 'compare': {
      const left = referenceValue(expression.left, row);
      const right = referenceValue(expression.right, row);
      if (left === null || right === null) return null;
      return holds(expression.operator, threeWay([left, expression.left.type], [right, expression.right.type]));
    }
    case 'and': {
      const values = expression.operands.map((operand) => referenceValue(operand, row));
      return values.includes(false) ? false : values.includes(null) ? null : true;
    }
    case 'or': {
      const values = expression.operands.map((operand) => referenceValue(operand, row));
      return values.includes(true) ? true : values.includes(null) ? null : false;
    }
    case 'not': {
      const value = referenceValue(expression.operand, row);
      return value === null ? null : value === false;
    }
    case 'isNull':
      return referenceValue(expression.operand, row) === null;
    case 'in': {
      const value = referenceValue(expression.operand, row);
      return value === null ? null : expression.values.some((each) => each === value);
    }
    case 'case': {
      const chosen = expression.branches.find(({ when }) => referenceValue(when, row) === true)?.then;
      const value = chosen ?? expression.otherwise;
      return value === null ? null : converted(referenceValue(value, row), value.type, expression.type);
    }
    case 'call': {
      const args = expression.args.map((argument) => referenceValue(argument, row));
      const values = args.filter((value) => value !== null);
      return values.length < args.length ? null : referenceFunction(expression, values);
    }
    case 'map': {
      const value = referenceValue(expression.operand, row);
      return expression.entries.find(({ from }) => from === value)?.to ?? null;
    }
  }
}

/** A branch's value in the type of the whole. */
function converted(value: Cell, from: LogicalType, to: LogicalType): Cell {
  const [digits, wanted] = [exactDigits(from), exactDigits(to)];
  if (value === null || digits === undefined) return value;
  return wanted === undefined ? double(value, from) : whole(BigInt(value) * 10n ** BigInt(wanted - digits));
}

function holds(operator: ComparisonOperator, side: number): boolean {
  switch (operator) {
    case '=':
      return side === 0;
    case '<>':
      return side !== 0;
    case '<':
      return side < 0;
    case '<=':
      return side <= 0;
    case '>':
      return side > 0;
    case '>=':
      return side >= 0;
  }
}

/** Code points one by one. */
export function compareTexts(a: string, b: string): number {
  const left = [...a].map((character) => character.codePointAt(0) ?? 0);
  const right = [...b].map((character) => character.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function arithmetic(expression: Extract<Expression, { kind: 'arithmetic' }>, row: ReadonlyMap<string, Cell>): Cell {
  const left = referenceValue(expression.left, row);
  const right = referenceValue(expression.right, row);
  if (left === null || right === null) return null;
  const leftDigits = exactDigits(expression.left.type);
  const rightDigits = exactDigits(expression.right.type);
  if (leftDigits === undefined || rightDigits === undefined) {
    const a = double(left, expression.left.type);
    const b = double(right, expression.right.type);
    switch (expression.operator) {
      case '+':
        return finite(a + b);
      case '-':
        return finite(a - b);
      case '*':
        return finite(a * b);
      case '/':
        return finite(a / b);
    }
  }
  const a = BigInt(left) * 10n ** BigInt(rightDigits);
  const b = BigInt(right) * 10n ** BigInt(leftDigits);
  if (expression.operator === '/') return b === 0n ? null : nearestDouble(a, b);
  if (expression.operator === '*') return whole(BigInt(left) * BigInt(right));
  const sum = expression.operator === '+' ? a + b : a - b;
  // Both sides are in units of 10^−(leftDigits + rightDigits); the result has the larger number of digits.
  return whole(sum / 10n ** BigInt(Math.min(leftDigits, rightDigits)));
}

function threeWay(
  [a, aType]: readonly [Exclude<Cell, null>, LogicalType],
  [b, bType]: readonly [Exclude<Cell, null>, LogicalType],
): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  const aDigits = exactDigits(aType);
  const bDigits = exactDigits(bType);
  if (aDigits !== undefined && bDigits !== undefined) {
    const difference = BigInt(a) * 10n ** BigInt(bDigits) - BigInt(b) * 10n ** BigInt(aDigits);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  return double(a, aType) - double(b, bType);
}

function double(value: Exclude<Cell, null>, type: LogicalType): number {
  const digits = exactDigits(type);
  return digits === undefined ? Number(value) : nearestDouble(BigInt(value), 10n ** BigInt(digits));
}

function finite(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Object.is(value, -0) ? 0 : value;
}

function whole(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) && BigInt(number) === value ? number : value;
}
