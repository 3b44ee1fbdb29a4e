import { printPeriod } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { printUnits, type Scalar } from '../columns/scalar.ts';
import type { CallExpression, Expression } from '../operators/expression.ts';

/** A typed expression as a person would write it: for messages and the Engine page, not for parsing again. */
export function printTerm(expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return expression.name.replace(/^#/, '');
    case 'literal':
      return expression.value === null ? 'NULL' : printValue(expression.value, expression.type);
    case 'negate':
      return `-${printTerm(expression.operand)}`;
    case 'arithmetic':
    case 'compare':
      return `${printTerm(expression.left)} ${expression.operator} ${printTerm(expression.right)}`;
    case 'and':
    case 'or':
      return `(${expression.operands.map(printTerm).join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT ${printTerm(expression.operand)}`;
    case 'isNull':
      return `${printTerm(expression.operand)} IS NULL`;
    case 'in':
      return `${printTerm(expression.operand)} IN (${expression.values.map((value) => printValue(value, expression.operand.type)).join(', ')})`;
    case 'case': {
      const branches = expression.branches.map(({ when, then }) => ` WHEN ${printTerm(when)} THEN ${printTerm(then)}`);
      const otherwise = expression.otherwise === null ? '' : ` ELSE ${printTerm(expression.otherwise)}`;
      return `CASE${branches.join('')}${otherwise} END`;
    }
    case 'call':
      return `${expression.function}(${printArguments(expression).join(', ')})`;
    case 'map':
      return `of ${printTerm(expression.operand)}`;
  }
}

/** The arguments of a function, and before those of PERIOD its level. */
function printArguments({ function: name, args, type }: CallExpression): readonly string[] {
  const printed = args.map(printTerm);
  return name === 'PERIOD' && type.kind === 'date' ? [`'${type.level}'`, ...printed] : printed;
}

function printValue(value: Scalar, type: LogicalType): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (type.kind === 'date' && typeof value === 'number') return `'${printPeriod(value, type.level)}'`;
  return type.kind === 'decimal' ? printUnits(value, type.digits) : String(value);
}
