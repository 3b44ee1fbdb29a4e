import { printPeriod } from '../../../src/columns/calendar.ts';
import { type Column, valueAt } from '../../../src/columns/column.ts';
import { exactDigits, type LogicalType } from '../../../src/columns/logical-type.ts';
import { printUnits, type Scalar } from '../../../src/columns/scalar.ts';
import { evaluate } from '../../../src/compose/evaluate.ts';
import { parseExpression } from '../../../src/frameql/parser.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import { Causes, typeExpression } from '../../../src/resolution/typing.ts';

/** A column of one row: its type and value. */
export type Given = readonly [LogicalType, Scalar | null];

/** An expression's text typed over named values: the expression, or the causes that were told. */
export function typed(text: string, given: Readonly<Record<string, Given>> = {}): Expression | Causes {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new SyntaxError(`${text}: found ${parsed.error.found}`);
  const causes = new Causes();
  const expression = typeExpression(
    parsed.expr,
    {
      name: ({ name, span }) => {
        const found = given[name];
        if (found !== undefined) return { kind: 'column', name, type: found[0] };
        return causes.add('UNKNOWN_NAME', { name, kind: 'value', suggestions: [] }, span);
      },
      call: ({ callee, nameSpan }) =>
        causes.add('UNKNOWN_NAME', { name: callee, kind: 'function', suggestions: [] }, nameSpan),
      at: ({ span }) => causes.add('NOT_DETERMINED', { name: text, anchor: [] }, span),
    },
    causes,
  );
  return expression ?? causes;
}

/** The value of an expression over one row of named values, as a person would read it, with its type. */
export function answer(text: string, given: Readonly<Record<string, Given>> = {}): string {
  const expression = typed(text, given);
  if (expression instanceof Causes) return expression.list.map((each) => each.code).join(', ');
  const columns = new Map(Object.entries(given).map(([name, [type, value]]) => [name, column(type, value)]));
  const lookUp = (name: string) => columns.get(name) ?? column(expression.type, null);
  const value = valueAt(evaluate(expression, lookUp, 1), 0);
  return `${value === null ? 'NULL' : print(value, expression.type)} ${word(expression.type)}`;
}

function column(type: LogicalType, value: Scalar | null): Column {
  return {
    form: 'dictionary',
    type,
    codes: Int32Array.of(value === null ? -1 : 0),
    values: value === null ? [] : [value],
  };
}

function print(value: Scalar, type: LogicalType): string {
  if (type.kind === 'date' && typeof value === 'number') return printPeriod(value, type.level);
  const digits = exactDigits(type);
  return digits !== undefined && (typeof value === 'number' || typeof value === 'bigint')
    ? printUnits(value, digits)
    : String(value);
}

function word(type: LogicalType): string {
  if (type.kind === 'decimal') return `decimal(${type.digits})`;
  return type.kind === 'date' ? type.level : type.kind;
}
