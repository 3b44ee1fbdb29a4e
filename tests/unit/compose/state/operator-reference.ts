import { exactDigits, type LogicalType } from '../../../../src/columns/logical-type.ts';
import type { OperatorName } from '../../../../src/operators/catalog.ts';
import { nearestDouble } from '../rational.ts';
import { compareTexts } from '../reference.ts';
import type { Cell } from '../table.ts';
import { BINARY_DIGITS } from './arbitrary-rows.ts';

/** A value with what an operator may want to know beside it. */
export interface Sample {
  readonly value: Cell;
  readonly weight: Cell;
  readonly order: Cell;
}

/** What is expected: a cell, or a double within a tolerance of one, or nothing that can be told. */
export type Expected =
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'near'; readonly cell: number; readonly allowed: number };

type Present = Exclude<Cell, null>;

/** The operator over plain samples, with BigInt, ratios and sorting only. */
export function referenceOperator(
  operator: OperatorName,
  samples: readonly Sample[],
  type: LogicalType,
  weightType: LogicalType,
  { q, combine }: { readonly q: number; readonly combine: 'sum' | 'min' | 'max' },
): Expected {
  const present = samples.flatMap(({ value }) => (value === null ? [] : [value]));
  const sorted = present.toSorted(compare);
  const cell = (value: Cell): Expected => ({ kind: 'cell', cell: value });
  switch (operator) {
    case 'SUM':
      return cell(total(present, type));
    case 'COUNT':
      return cell(present.length);
    case 'COUNT(*)':
      return cell(samples.length);
    case 'MIN':
      return cell(sorted[0] ?? null);
    case 'MAX':
      return cell(sorted.at(-1) ?? null);
    case 'AVG':
      return ratio(sumOf(present, type), BigInt(present.length) * unitOf(type));
    case 'VAR_POP':
      return variance(present, type, 0n);
    case 'VAR_SAMP':
      return variance(present, type, 1n);
    case 'STDDEV_POP':
      return root(variance(present, type, 0n));
    case 'STDDEV_SAMP':
      return root(variance(present, type, 1n));
    case 'BOOL_AND':
      return cell(present.length === 0 ? null : !present.includes(false));
    case 'BOOL_OR':
      return cell(present.length === 0 ? null : present.includes(true));
    case 'PRODUCT':
      return product(present, type);
    case 'FIRST':
    case 'LAST':
      return cell(ofPeriod(samples, type, operator, combine));
    case 'MEDIAN':
      return quantile(sorted, type, 0.5);
    case 'QUANTILE':
      return quantile(sorted, type, q);
    case 'MODE':
      return cell(mode(sorted));
    case 'COUNT_DISTINCT':
      return cell(new Set(present).size);
    case 'WEIGHTED_AVG':
      return weighted(samples, type, weightType);
    case 'APPROX_DISTINCT': {
      const count = new Set(present).size;
      // Of so few, only values that share a register are missed.
      return { kind: 'near', cell: count, allowed: count < 2 ? 0 : 3 };
    }
    case 'APPROX_QUANTILE': {
      const value = sorted[Math.floor(q * (sorted.length - 1))];
      if (value === undefined) return cell(null);
      const double = nearestDouble(units(value, type), unitOf(type));
      return { kind: 'near', cell: double, allowed: 0.01 * (1 + 1e-9) * Math.abs(double) };
    }
  }
}

function compare(a: Present, b: Present): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The value as an integer of `1 ÷ unitOf(type)`. */
function units(value: Present, type: LogicalType): bigint {
  return type.kind === 'double' ? BigInt(Number(value) * 2 ** BINARY_DIGITS) : BigInt(value);
}

function unitOf(type: LogicalType): bigint {
  return type.kind === 'double' ? 2n ** BigInt(BINARY_DIGITS) : 10n ** BigInt(exactDigits(type) ?? 0);
}

function sumOf(values: readonly Present[], type: LogicalType): bigint {
  return values.reduce((sum: bigint, value) => sum + units(value, type), 0n);
}

function total(values: readonly Present[], type: LogicalType): Cell {
  if (values.length === 0) return null;
  const sum = sumOf(values, type);
  if (type.kind === 'double') return nearestDouble(sum, unitOf(type));
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
}

/** Exact where nothing was added up in doubles, which round along the way. */
function ratio(numerator: bigint, denominator: bigint): Expected {
  return { kind: 'cell', cell: denominator === 0n ? null : nearestDouble(numerator, denominator) };
}

function variance(values: readonly Present[], type: LogicalType, less: bigint): Expected {
  const n = BigInt(values.length);
  if (n <= less) return { kind: 'cell', cell: null };
  const sum = sumOf(values, type);
  const squares = values.reduce((all: bigint, value) => all + units(value, type) ** 2n, 0n);
  const exact = nearestDouble(n * squares - sum * sum, n * (n - less) * unitOf(type) ** 2n);
  if (type.kind !== 'double') return { kind: 'cell', cell: exact };
  return { kind: 'near', cell: exact, allowed: 1e-9 * exact };
}

function root(expected: Expected): Expected {
  if (expected.cell === null) return expected;
  const deviation = Math.sqrt(Number(expected.cell));
  return expected.kind === 'cell'
    ? { kind: 'cell', cell: deviation }
    : { kind: 'near', cell: deviation, allowed: 1e-9 * deviation };
}

function product(values: readonly Present[], type: LogicalType): Expected {
  if (values.length === 0) return { kind: 'cell', cell: null };
  const numerator = values.reduce((all: bigint, value) => all * units(value, type), 1n);
  const denominator = unitOf(type) ** BigInt(values.length);
  const exact = nearestDouble(numerator, denominator);
  if (!Number.isFinite(exact)) return { kind: 'cell', cell: null };
  return { kind: 'near', cell: exact, allowed: 1e-12 * Math.abs(exact) };
}

function ofPeriod(
  samples: readonly Sample[],
  type: LogicalType,
  operator: 'FIRST' | 'LAST',
  combine: 'sum' | 'min' | 'max',
): Cell {
  const whole = samples.filter(({ value, order }) => value !== null && order !== null);
  const orders = whole.map(({ order }) => Number(order)).toSorted((a, b) => a - b);
  const wanted = operator === 'FIRST' ? orders[0] : orders.at(-1);
  const values = whole.flatMap(({ value, order }) => (value !== null && order === wanted ? [value] : []));
  if (combine === 'sum') return total(values, type);
  const sorted = values.toSorted(compare);
  return (combine === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}

function quantile(sorted: readonly Present[], type: LogicalType, q: number): Expected {
  const position = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (low === undefined || high === undefined) return { kind: 'cell', cell: null };
  const [a, b] = [units(low, type), units(high, type)];
  // Sixty bits of the fraction: more than a position from 1 on has.
  const fraction = BigInt(Math.floor((position - Math.floor(position)) * 2 ** 60));
  const exact = nearestDouble(a * 2n ** 60n + (b - a) * fraction, unitOf(type) * 2n ** 60n);
  const scale = Math.abs(Number(low)) + Math.abs(Number(high));
  return { kind: 'near', cell: exact, allowed: 1e-15 * scale };
}

function mode(sorted: readonly Present[]): Cell {
  const counts = new Map<Present, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return sorted.find((value) => counts.get(value) === most) ?? null;
}

function weighted(samples: readonly Sample[], type: LogicalType, weightType: LogicalType): Expected {
  let sum = 0n;
  let weights = 0n;
  let magnitude = 0;
  for (const { value, weight } of samples) {
    if (value === null || weight === null) continue;
    sum += units(value, type) * units(weight, weightType);
    weights += units(weight, weightType);
    magnitude += Math.abs(Number(value) * Number(weight));
  }
  const expected = ratio(sum, weights * unitOf(type));
  if (type.kind !== 'double' || expected.cell === null) return expected;
  return { kind: 'near', cell: Number(expected.cell), allowed: 1e-12 * magnitude };
}
