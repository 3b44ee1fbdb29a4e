import { exactDigits } from '../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import type { Expression } from '../operators/expression.ts';
import { larger } from './magnitudes.ts';

/** A function that is given by its table. */
export type MapExpression = Extract<Expression, { kind: 'map' }>;

/** The table of a function, each value once: of entries for one value the first stands. */
export interface FunctionTable {
  /** What each value becomes; a value that is not here becomes NULL. */
  readonly of: ReadonlyMap<Scalar, Scalar>;
  readonly ofNull: Scalar | null;
  /** The largest magnitude among its results, of exact numbers; else 0. */
  readonly largest: bigint;
}

const INT64_BOUND = 2n ** 63n;

/** The table of a `map`. Values that its column cannot hold are left out. */
export function functionTable({ operand, entries, type }: MapExpression): FunctionTable {
  const seen = new Set<Scalar | null>();
  const of = new Map<Scalar, Scalar>();
  let ofNull: Scalar | null = null;
  let largest = 0n;
  const isExact = exactDigits(type) !== undefined;
  for (const entry of entries) {
    const from = entry.from === null ? null : plain(entry.from);
    if (seen.has(from)) continue;
    seen.add(from);
    if (entry.to === null || (from !== null && !isHeld(from, operand))) continue;
    const to = plain(entry.to);
    if (typeof to === 'number' && !Number.isFinite(to)) continue;
    if (from === null) ofNull = to;
    else of.set(from, to);
    if (isExact && (typeof to === 'number' || typeof to === 'bigint')) {
      const units = BigInt(to);
      largest = larger(largest, units < 0n ? -units : units);
    }
  }
  return { of, ofNull, largest };
}

/** The value in its one form: −0 is 0, an integer is a number while it is safe. */
function plain(value: Scalar): Scalar {
  if (typeof value === 'bigint') return integerScalar(value);
  return typeof value === 'number' ? value + 0 : value;
}

function isHeld(value: Scalar, { type }: MapExpression['operand']): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'bigint' || exactDigits(type) === undefined) return true;
  return value < INT64_BOUND && value >= -INT64_BOUND;
}
