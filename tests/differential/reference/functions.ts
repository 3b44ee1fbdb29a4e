import { digitsOf, levelOf } from '../logical-type.ts';
import type { Level, Type } from '../world.ts';
import { climbPeriod, partOfPeriod, periodNumber, shifted } from './calendar.ts';
import {
  type Approximate,
  approximate,
  compareNumbers,
  doubleOf,
  type Exact,
  isExact,
  type Numeric,
  negated,
  unitsAt,
  whole,
} from './number.ts';
import { BEYOND_YEARS, LAST_BITS, Undecided } from './undecided.ts';
import type { Value } from './value.ts';

const RELATIVE = 1e-9;
/** From here on every double is whole, and from twice as much on even. */
const WHOLE = 2 ** 53;

/** The value of a scalar function of values that are not NULL; `type` is that of its value, `types` of its arguments. */
export function functionValue(
  name: string,
  args: readonly Exclude<Value, null>[],
  types: readonly Type[],
  type: Type,
): Value {
  const [first, second, third] = args;
  const [from] = types;
  switch (name) {
    case 'ABS':
    case 'SIGN':
    case 'FLOOR':
    case 'CEIL':
    case 'ROUND':
    case 'TRUNC':
    case 'MOD':
    case 'SQRT':
    case 'EXP':
    case 'LN':
    case 'LOG10':
    case 'POWER':
      return numberValue(name, numeric(first), second === undefined ? null : numeric(second), type);
    case 'UPPER':
      return text(first).toUpperCase();
    case 'LOWER':
      return text(first).toLowerCase();
    case 'TRIM':
      return text(first).trim();
    case 'LENGTH':
      return whole([...text(first)].length);
    case 'SUBSTR':
      return part(text(first), integer(second), third === undefined ? null : integer(third));
    case 'LEFT':
      return integer(second) < 0 ? null : [...text(first)].slice(0, integer(second)).join('');
    case 'RIGHT':
      return integer(second) < 0 ? null : [...text(first)].reverse().slice(0, integer(second)).reverse().join('');
    case 'REPLACE':
      return text(second) === '' ? text(first) : text(first).replaceAll(text(second), () => text(third));
    case 'CONCAT':
      return args.map(text).reduce((joined, each) => joined + each);
    case 'CONTAINS':
      return text(first).indexOf(text(second)) >= 0;
    case 'STARTS_WITH':
      return text(first).slice(0, text(second).length) === text(second);
    case 'ENDS_WITH':
      return text(second) === '' || text(first).slice(-text(second).length) === text(second);
    case 'DATE_TRUNC': {
      const source = types[1];
      return climbPeriod(text(second), dateLevel(source), levelOf(text(first)) ?? 'day');
    }
    case 'DATE_ADD':
      return laterBy(text(first), dateLevel(from), integer(second));
    case 'DATE_DIFF':
      return periodsBetween(text(first), text(second), dateLevel(from));
    default:
      return whole(partOfPeriod(name, text(first), dateLevel(from)));
  }
}

/** The date n periods of its level later; NULL where it does not exist. */
export function laterBy(date: string, level: Level, count: number): Value {
  const found = shifted(date, level, level, count);
  if (found === undefined) throw new Undecided(BEYOND_YEARS);
  return found;
}

export function periodsBetween(later: string, earlier: string, level: Level): Value {
  return whole(periodNumber(later, level) - periodNumber(earlier, level));
}

export function dateLevel(type: Type | undefined): Level {
  if (type?.kind === 'date') return type.level;
  throw new TypeError(`reference: ${type?.kind} where a date stands`);
}

function numberValue(name: string, x: Numeric, second: Numeric | null, type: Type): Value {
  switch (name) {
    case 'ABS':
      return sign(x) < 0 ? negated(x) : x;
    case 'SIGN':
      return whole(sign(x));
    case 'FLOOR':
      return isExact(x) ? floorOf(x) : stepped(x, Math.floor);
    case 'CEIL':
      return isExact(x) ? negated(floorOf(exact(negated(x)))) : stepped(x, Math.ceil);
    case 'ROUND':
    case 'TRUNC': {
      const n = second === null ? 0 : Number(exact(second).units);
      return isExact(x) ? cutExact(x, n, name === 'ROUND') : cutDouble(x, n, name === 'ROUND');
    }
    case 'MOD': {
      if (second === null || !isExact(x) || !isExact(second)) throw new Undecided(LAST_BITS);
      const digits = digitsOf(type) ?? 0;
      const divisor = unitsAt(second, digits);
      return divisor === 0n ? null : { units: unitsAt(x, digits) % divisor, digits };
    }
    case 'SQRT':
      return through(x, Math.sqrt);
    case 'EXP':
      return through(x, Math.exp);
    case 'LN':
      return through(x, Math.log);
    case 'LOG10':
      return through(x, Math.log10);
    default: {
      const power = second === null ? 1 : doubleOf(second);
      if (second !== null && !isExact(second) && second.slack > 0) throw new Undecided(LAST_BITS);
      return through(x, (base) => base ** power);
    }
  }
}

function sign(x: Numeric): number {
  const order = compareNumbers(x, isExact(x) ? whole(0) : { double: 0, slack: 0 });
  if (order === undefined) throw new Undecided(LAST_BITS);
  return order;
}

function floorOf({ units, digits }: Exact): Exact {
  const scale = 10n ** BigInt(digits);
  const rest = ((units % scale) + scale) % scale;
  return whole((units - rest) / scale);
}

/** Half away from zero, or towards zero. */
function cutExact(x: Exact, n: number, toNearest: boolean): Exact {
  if (n >= x.digits) return x;
  const scale = 10n ** BigInt(x.digits - n);
  const size = x.units < 0n ? -x.units : x.units;
  const kept = (toNearest ? size + scale / 2n : size) / scale;
  return { units: x.units < 0n ? -kept : kept, digits: n };
}

function cutDouble(x: Approximate, n: number, toNearest: boolean): Value {
  const scale = 10 ** n;
  const scaled = Math.abs(x.double) * scale;
  // Every double of this size is whole.
  if (scaled >= WHOLE * 2) return x;
  const nearest = (value: number) => {
    const below = Math.floor(value);
    return toNearest && value - below >= 0.5 ? below + 1 : below;
  };
  // Multiplying has rounded, unless it is by 1.
  const isSure = n === 0 && x.slack === 0;
  const room = isSure ? 0 : RELATIVE * (scaled + 1) + x.slack * scale;
  if (!isSure && nearest(scaled - room) !== nearest(scaled + room)) throw new Undecided(LAST_BITS);
  return approximate((x.double < 0 ? -nearest(scaled) : nearest(scaled)) / scale);
}

function stepped(x: Approximate, step: (value: number) => number): Value {
  const room = x.slack === 0 ? 0 : x.slack + RELATIVE * Math.abs(x.double);
  if (step(x.double - room) !== step(x.double + room)) throw new Undecided(LAST_BITS);
  return approximate(step(x.double));
}

/** A function of doubles, whose last bits are an engine's own; what its argument leaves open it leaves open too. */
function through(x: Numeric, of: (value: number) => number): Value {
  const double = doubleOf(x);
  const value = of(double);
  const isSure = isExact(x) || x.slack === 0;
  if (isSure) return Number.isFinite(value) ? { double: value + 0, slack: Math.abs(value) * 1e-14 } : null;
  const room = x.slack + RELATIVE * Math.abs(double);
  const ends = [of(double - room), of(double + room)];
  if (![value, ...ends].every(Number.isFinite)) return { double: 0, slack: Number.POSITIVE_INFINITY };
  return { double: value + 0, slack: Math.max(...ends.map((end) => Math.abs(end - value))) + Math.abs(value) * 1e-14 };
}

/** The code points at positions start to start + length − 1, counted from 1, of those that exist. */
function part(from: string, start: number, length: number | null): string | null {
  if (length !== null && length < 0) return null;
  return [...from].filter((_, at) => at + 1 >= start && (length === null || at + 1 < start + length)).join('');
}

function exact(value: Numeric): Exact {
  if (isExact(value)) return value;
  throw new Undecided(LAST_BITS);
}

function text(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`reference: ${typeof value} where a text stands`);
}

function numeric(value: Value | undefined): Numeric {
  if (typeof value === 'object' && value !== null) return value;
  throw new TypeError(`reference: ${typeof value} where a number stands`);
}

function integer(value: Value | undefined): number {
  const { units } = exact(numeric(value));
  return Number(units);
}
