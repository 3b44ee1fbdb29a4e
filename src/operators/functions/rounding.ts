import { DOUBLE, decimal, exactDigits, INT64 } from '../../columns/logical-type.ts';
import { integerScalar } from '../../columns/scalar.ts';
import type { Expression } from '../expression.ts';
import { allHold, arithmetic, branch, call, choice, compared, integer, literal, negated } from './build.ts';

/** From here on every double is whole. */
const WHOLE = 2 ** 53;

/** Largest whole number that is at most x. */
export function floor(x: Expression): Expression {
  if (x.type.kind === 'int64') return x;
  return call('FLOOR', [x], x.type.kind === 'double' ? DOUBLE : INT64);
}

/** Smallest whole number that is at least x. */
export function ceiling(x: Expression): Expression {
  return x.type.kind === 'int64' ? x : negated(floor(negated(x)));
}

/** x rounded to n digits after the point, half away from zero; an exact number stays exact. */
export function rounded(x: Expression, n: number): Expression {
  return exactDigits(x.type) === undefined ? roundedDouble(x, n) : cutExact(x, n, 'nearest');
}

/** x without its digits after the n-th, towards zero. */
export function truncated(x: Expression, n: number): Expression {
  return exactDigits(x.type) === undefined ? truncatedDouble(x, n) : cutExact(x, n, 'towards zero');
}

/**
 * Of y = x·10^n, whose units are 10^−digits: ⌊y + ½⌋ for y ≥ 0 and ⌈y − ½⌉ = ⌊y + ½ − unit⌋ below; towards zero ⌊y⌋, and
 * ⌈y⌉ = ⌊y + 1 − unit⌋ below.
 */
function cutExact(x: Expression, n: number, to: 'nearest' | 'towards zero'): Expression {
  const digits = exactDigits(x.type) ?? 0;
  if (n >= digits) return x;
  const type = decimal(digits);
  const one = 10n ** BigInt(digits);
  const atOrAbove = to === 'nearest' ? one / 2n : 0n;
  const below = to === 'nearest' ? one / 2n - 1n : one - 1n;
  const units = (value: bigint) => literal(integerScalar(value), type);
  const shift = choice([branch(compared('<', x, integer(0)), units(below))], units(atOrAbove), type);
  const scaled = n === 0 ? x : arithmetic('*', x, integer(10n ** BigInt(n)));
  const whole = call('FLOOR', [arithmetic('+', scaled, shift)], INT64);
  return n === 0 ? whole : arithmetic('*', whole, literal(1, decimal(n)));
}

/**
 * ⌊2y⌋ − ⌊y⌋ is ⌊y + ½⌋ (Hermite's identity) without the addition, which rounds: 2y and both floors are exact, and so is
 * their difference.
 */
function roundedDouble(x: Expression, n: number): Expression {
  const y = scaledDouble(x, 10 ** n);
  const twice = scaledDouble(x, 2 * 10 ** n);
  const nearest = (once: Expression, doubled: Expression) => arithmetic('-', floor(doubled), floor(once));
  return cutDouble(x, twice, nearest(y, twice), nearest(negated(y), negated(twice)), n);
}

function truncatedDouble(x: Expression, n: number): Expression {
  const y = scaledDouble(x, 10 ** n);
  return cutDouble(x, y, floor(y), floor(negated(y)), n);
}

/** `positive` and `negative` are of y and of −y; a double without digits after the n-th is given as it is. */
function cutDouble(x: Expression, y: Expression, positive: Expression, negative: Expression, n: number): Expression {
  const unscaled = (whole: Expression) => (n === 0 ? whole : arithmetic('/', whole, literal(10 ** n, DOUBLE)));
  const zero = literal(0, DOUBLE);
  const fromZero = allHold([compared('>=', y, zero), compared('<', y, literal(WHOLE, DOUBLE))]);
  const belowZero = allHold([compared('<', y, zero), compared('>', y, literal(-WHOLE, DOUBLE))]);
  return choice([branch(fromZero, unscaled(positive)), branch(belowZero, negated(unscaled(negative)))], x, DOUBLE);
}

function scaledDouble(x: Expression, factor: number): Expression {
  return factor === 1 ? x : arithmetic('*', x, literal(factor, DOUBLE));
}
