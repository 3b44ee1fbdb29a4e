import type { LogicalType } from '../../columns/logical-type.ts';
import { commonType } from '../arithmetic.ts';
import type { ComparisonOperator, Expression } from '../expression.ts';
import { absent, allHold, branch, choice, compared, literal, opposite } from './build.ts';
import { argument, functionsOf, type ScalarFunction, VALUE } from './scalar-function.ts';

/** Functions that choose one of their arguments. */
export const CHOICE_ROWS: readonly ScalarFunction[] = functionsOf('choice', [
  {
    name: 'COALESCE',
    signature: 'COALESCE(a, b, …)',
    doc: 'The first value that is not NULL.',
    example: 'COALESCE(NULL, 2) = 2',
    parameters: [VALUE],
    repeats: true,
    alike: true,
    build: (args) => {
      const values = args.slice(0, -1);
      const last = argument(args, args.length - 1);
      if (values.length === 0) return last;
      const branches = values.map((value) => branch(opposite(absent(value)), value));
      return choice(branches, last, typeOf(args));
    },
  },
  {
    name: 'NULLIF',
    signature: 'NULLIF(a, b)',
    doc: 'NULL where a equals b, else a.',
    example: 'NULLIF(2, 3) = 2',
    parameters: [VALUE, VALUE],
    alike: true,
    build: (args) => {
      const [a, b] = [argument(args, 0), argument(args, 1)];
      return choice([branch(compared('=', a, b), literal(null, a.type))], a, a.type);
    },
  },
  {
    name: 'GREATEST',
    signature: 'GREATEST(a, b, …)',
    doc: 'The largest value; NULL where one is NULL.',
    example: 'GREATEST(2, 3.5) = 3.5',
    parameters: [VALUE],
    repeats: true,
    alike: true,
    build: (args) => extreme('>=', args),
  },
  {
    name: 'LEAST',
    signature: 'LEAST(a, b, …)',
    doc: 'The smallest value; NULL where one is NULL.',
    example: 'LEAST(2, 3.5) = 2.0',
    parameters: [VALUE],
    repeats: true,
    alike: true,
    build: (args) => extreme('<=', args),
  },
]);

/** Each argument that compares so with all others; with a NULL among them no such comparison is TRUE. */
function extreme(operator: ComparisonOperator, args: readonly Expression[]): Expression {
  if (args.length === 1) return argument(args, 0);
  const branches = args.map((value, at) => {
    const others = args.filter((_, other) => other !== at);
    return branch(allHold(others.map((other) => compared(operator, value, other))), value);
  });
  return choice(branches, null, typeOf(args));
}

function typeOf(values: readonly Expression[]): LogicalType {
  const type = commonType(values.map((value) => value.type));
  if (type === undefined) throw new TypeError('function: arguments without a common type');
  return type;
}
