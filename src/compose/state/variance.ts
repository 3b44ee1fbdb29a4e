import type { NumberColumn } from '../../columns/column.ts';
import { DOUBLE } from '../../columns/logical-type.ts';
import { doubleColumn, finiteColumn } from '../double-arithmetic.ts';
import { digitsOf } from '../exact-arithmetic.ts';
import type { FlatColumn } from '../flat-column.ts';
import { quotient } from '../quotient.ts';

/** Whether the squares are divided by the number of values or by one less. */
export type Divisor = 'pop' | 'samp';

/**
 * (n × Σx² − (Σx)²) ÷ (n × n), or ÷ (n × (n − 1)): exact integers, divided once, the scale of decimals being part of the
 * divisor. NULL of no value, and of one where the divisor would be 0.
 */
export function exactVariance(count: FlatColumn, sum: FlatColumn, squares: FlatColumn, divisor: Divisor): NumberColumn {
  const scale = 10 ** (2 * digitsOf(sum.type));
  return variances(count, divisor, (row, n, less) => {
    const s = sum.values[row] ?? 0;
    const q = squares.values[row] ?? 0;
    if (typeof s === 'number' && typeof q === 'number') {
      const a = n * q;
      const b = s * s;
      const under = n * less * scale;
      // A rounded product is never safe where the true one is not.
      if (Math.max(a, b, under) <= Number.MAX_SAFE_INTEGER) return (a - b) / under;
    }
    const numerator = BigInt(n) * BigInt(q) - BigInt(s) * BigInt(s);
    return quotient(numerator, BigInt(n) * BigInt(less) * 10n ** BigInt(2 * digitsOf(sum.type)));
  });
}

/** The squares of `moments` divided once; NULL as above. */
export function momentVariance(count: FlatColumn, squares: FlatColumn, divisor: Divisor): NumberColumn {
  const doubles = doubleColumn(squares);
  const { values, valid } = variances(count, divisor, (row, _, less) => (doubles.values[row] ?? 0) / less);
  if (valid === null && doubles.valid === null) return { form: 'number', type: DOUBLE, values, valid };
  const both = Uint8Array.from(values, (_, row) => (valid?.[row] === 0 || doubles.valid?.[row] === 0 ? 0 : 1));
  return {
    form: 'number',
    type: DOUBLE,
    values: values.map((value, row) => (both[row] === 1 ? value : 0)),
    valid: both,
  };
}

/** The square root of each variance. */
export function deviation(variance: NumberColumn): NumberColumn {
  return { ...variance, values: variance.values.map(Math.sqrt) };
}

/** `variance(row, n, divisor)` where there are enough values; never below 0, and NULL where it is not finite. */
function variances(
  count: FlatColumn,
  divisor: Divisor,
  variance: (row: number, n: number, less: number) => number,
): NumberColumn {
  const values = new Float64Array(count.values.length);
  const valid = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const n = count.valid?.[row] === 0 ? 0 : Number(count.values[row] ?? 0);
    const less = divisor === 'pop' ? n : n - 1;
    if (less < 1) continue;
    valid[row] = 1;
    values[row] = Math.max(variance(row, n, less), 0);
  }
  return finiteColumn(values, valid.includes(0) ? valid : null);
}
