import { DOUBLE, exactDigits, INT64, type LogicalType } from '../../columns/logical-type.ts';
import type { Expression } from '../expression.ts';
import { arithmetic, branch, call, choice, compared, integer, literal, negated } from './build.ts';
import { ceiling, floor, rounded, truncated } from './rounding.ts';
import { argument, DIGITS, EXACT, functionsOf, NUMBER, type ScalarFunction } from './scalar-function.ts';

/** Functions of numbers. */
export const NUMBER_ROWS: readonly ScalarFunction[] = functionsOf('numbers', [
  {
    name: 'ABS',
    signature: 'ABS(x)',
    doc: 'The number without its sign; keeps the type.',
    example: 'ABS(-2.50) = 2.50',
    parameters: [NUMBER],
    build: (args) => {
      const x = argument(args, 0);
      return choice([branch(compared('<', x, integer(0)), negated(x))], x, x.type);
    },
  },
  {
    name: 'SIGN',
    signature: 'SIGN(x)',
    doc: '−1, 0 or 1.',
    example: 'SIGN(-2.50) = -1',
    parameters: [NUMBER],
    build: (args) => {
      const x = argument(args, 0);
      const branches = [
        branch(compared('<', x, integer(0)), integer(-1)),
        branch(compared('=', x, integer(0)), integer(0)),
        branch(compared('>', x, integer(0)), integer(1)),
      ];
      return choice(branches, null, INT64);
    },
  },
  {
    name: 'FLOOR',
    signature: 'FLOOR(x)',
    doc: 'Largest whole number that is at most x: int64 of an exact number, else double.',
    example: 'FLOOR(-2.50) = -3',
    parameters: [NUMBER],
    build: (args) => floor(argument(args, 0)),
  },
  {
    name: 'CEIL',
    signature: 'CEIL(x)',
    doc: 'Smallest whole number that is at least x: int64 of an exact number, else double.',
    example: 'CEIL(-2.50) = -2',
    parameters: [NUMBER],
    build: (args) => ceiling(argument(args, 0)),
  },
  {
    name: 'ROUND',
    signature: 'ROUND(x[, n])',
    doc: 'Rounded to n digits after the point (0 where left out), half away from zero; exact numbers stay exact.',
    example: 'ROUND(-2.345, 2) = -2.35',
    parameters: [NUMBER, DIGITS],
    required: 1,
    build: (args) => rounded(argument(args, 0), digitsIn(args)),
  },
  {
    name: 'TRUNC',
    signature: 'TRUNC(x[, n])',
    doc: 'Cut to n digits after the point (0 where left out), towards zero; exact numbers stay exact.',
    example: 'TRUNC(-2.345, 2) = -2.34',
    parameters: [NUMBER, DIGITS],
    required: 1,
    build: (args) => truncated(argument(args, 0), digitsIn(args)),
  },
  {
    name: 'MOD',
    signature: 'MOD(x, y)',
    doc: 'Remainder of exact numbers, with the sign of x; NULL where y is 0.',
    example: 'MOD(-7, 3) = -1',
    parameters: [EXACT, EXACT],
    build: (args) => {
      const [x, y] = [argument(args, 0), argument(args, 1)];
      const { type } = arithmetic('+', x, y);
      return call('MOD', [rescaled(x, type), rescaled(y, type)], type);
    },
  },
  {
    name: 'SQRT',
    signature: 'SQRT(x)',
    doc: 'Square root, as a double; NULL below 0.',
    example: 'SQRT(2.25) = 1.5',
    parameters: [NUMBER],
    build: (args) => call('SQRT', [double(argument(args, 0))], DOUBLE),
  },
  {
    name: 'EXP',
    signature: 'EXP(x)',
    doc: 'e to the power x, as a double.',
    example: 'EXP(0) = 1',
    parameters: [NUMBER],
    build: (args) => call('EXP', [double(argument(args, 0))], DOUBLE),
  },
  {
    name: 'LN',
    signature: 'LN(x)',
    doc: 'Natural logarithm, as a double; NULL of 0 and below.',
    example: 'LN(1) = 0',
    parameters: [NUMBER],
    build: (args) => call('LN', [double(argument(args, 0))], DOUBLE),
  },
  {
    name: 'LOG10',
    signature: 'LOG10(x)',
    doc: 'Logarithm to base 10, as a double; NULL of 0 and below.',
    example: 'LOG10(1000) = 3',
    parameters: [NUMBER],
    build: (args) => call('LOG10', [double(argument(args, 0))], DOUBLE),
  },
  {
    name: 'POWER',
    signature: 'POWER(x, y)',
    doc: 'x to the power y, as a double; NULL where that is no real number.',
    example: 'POWER(2, 10) = 1024',
    parameters: [NUMBER, NUMBER],
    build: (args) => call('POWER', [double(argument(args, 0)), double(argument(args, 1))], DOUBLE),
  },
]);

/** n of ROUND and TRUNC: a literal. */
function digitsIn(args: readonly Expression[]): number {
  const n = args[1];
  return n?.kind === 'literal' ? Number(n.value) : 0;
}

/** An exact number with the digits of a type. */
function rescaled(x: Expression, type: LogicalType): Expression {
  return exactDigits(x.type) === exactDigits(type) ? x : arithmetic('+', x, literal(0, type));
}

/** A number as the nearest double: what one correctly rounded division gives. */
function double(x: Expression): Expression {
  return x.type.kind === 'double' ? x : arithmetic('/', x, integer(1));
}
