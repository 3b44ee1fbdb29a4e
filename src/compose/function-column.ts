import { type Column, columnLength, type NumberColumn, valueAt } from '../columns/column.ts';
import { toDictionary } from '../columns/dictionary.ts';
import { exactDigits, type LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import type { Expression } from '../operators/expression.ts';
import { applyFunction, type FunctionName } from '../operators/functions.ts';
import { doubleColumn, finiteColumn } from './double-arithmetic.ts';
import { bothValid, flatColumn, withZeros } from './flat-column.ts';
import { scalarColumn } from './scalar-column.ts';
import { takeRows } from './take.ts';

type MapEntries = Extract<Expression, { kind: 'map' }>['entries'];

/** A function of the core, row by row: NULL where an argument is, or where the function is not defined. */
export function functionColumn(name: FunctionName, args: readonly Column[], type: LogicalType): Column {
  return fastColumn(name, args, type) ?? eachRow(name, args, type);
}

/** A function given by its table: NULL of what is not listed. */
export function mapColumn(operand: Column, entries: MapEntries, type: LogicalType): Column {
  const table = new Map<Scalar | null, Scalar | null>(entries.map(({ from, to }) => [from, to]));
  const { codes, values } = toDictionary(operand);
  const mapped = [null, ...values].map((value) => table.get(value) ?? null);
  return takeRows(
    scalarColumn(type, mapped),
    codes.map((code) => code + 1),
  );
}

function eachRow(name: FunctionName, args: readonly Column[], type: LogicalType): Column {
  const types = args.map((column) => column.type);
  const [first] = args;
  const length = first === undefined ? 0 : columnLength(first);
  const values = Array.from({ length }, (_, row) =>
    applyFunction(
      name,
      args.map((column) => valueAt(column, row)),
      types,
      type,
    ),
  );
  return scalarColumn(type, values);
}

/** Functions of numbers in typed arrays; undefined where there is no such way. */
function fastColumn(name: FunctionName, args: readonly Column[], type: LogicalType): Column | undefined {
  switch (name) {
    case 'FLOOR':
      return type.kind === 'double' ? ofDoubles(args, Math.floor) : safeFloor(args, type);
    case 'MOD':
      return safeRemainder(args, type);
    case 'SQRT':
      return ofDoubles(args, Math.sqrt);
    case 'EXP':
      return ofDoubles(args, Math.exp);
    case 'LN':
      return ofDoubles(args, Math.log);
    case 'LOG10':
      return ofDoubles(args, Math.log10);
    case 'POWER':
      return ofDoubles(args, Math.pow);
    default:
      return undefined;
  }
}

/** `compute` of each row's doubles; what is not finite is NULL. */
function ofDoubles(args: readonly Column[], compute: (a: number, b: number) => number): NumberColumn {
  const [first, second] = args.map((column) => doubleColumn(flatColumn(column)));
  if (first === undefined) throw new TypeError('function: no argument; expected one');
  const values = first.values.map((value, row) => compute(value, second?.values[row] ?? 0));
  const valid = second === undefined ? first.valid : bothValid(first.valid, second.valid);
  return finiteColumn(withZeros(values, valid), valid);
}

/** FLOOR of exact numbers that are safe integers of units: every step is exact. */
function safeFloor(args: readonly Column[], type: LogicalType): NumberColumn | undefined {
  const [column] = args.map(flatColumn);
  if (column?.form !== 'number') return undefined;
  const scale = 10 ** (exactDigits(column.type) ?? 0);
  const values = column.values.map((units) => {
    const rest = units % scale;
    return (units - rest) / scale - (rest < 0 ? 1 : 0) + 0;
  });
  return { form: 'number', type, values, valid: column.valid };
}

/** MOD of safe integers of the same units. */
function safeRemainder(args: readonly Column[], type: LogicalType): NumberColumn | undefined {
  const [left, right] = args.map(flatColumn);
  if (left?.form !== 'number' || right?.form !== 'number') return undefined;
  if (exactDigits(left.type) !== exactDigits(right.type)) return undefined;
  const valid = bothValid(left.valid, right.valid)?.slice() ?? new Uint8Array(left.values.length).fill(1);
  const values = left.values.map((value, row) => {
    const divisor = right.values[row] ?? 0;
    if (divisor === 0) valid[row] = 0;
    return valid[row] === 0 ? 0 : (value % divisor) + 0;
  });
  return { form: 'number', type, values, valid: valid.includes(0) ? valid : null };
}
