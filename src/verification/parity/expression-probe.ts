import { columnOf, valueAt } from '../../columns/column.ts';
import { BOOL, INT64 } from '../../columns/logical-type.ts';
import type { Expression } from '../../operators/expression.ts';
import type { DataAPIBackend } from '../../protocol/backend.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import { answerOf, isEqual, type ParityDeviation, printedAll } from './deviation.ts';
import { EXPRESSION_COLUMNS, EXPRESSION_VECTORS, type ExpressionVector } from './expression-vectors.ts';
import { EXPRESSION_ROW, expressionColumn, input, TABLE } from './parity-table.ts';

/** Probes the row expressions, all in one request that is grouped by them. Undefined: every answer was right. */
export async function deviationInExpressions(
  backend: DataAPIBackend,
  vectors: readonly ExpressionVector[] = EXPRESSION_VECTORS,
): Promise<ParityDeviation | undefined> {
  const place = (vector: ExpressionVector) => `v${vectors.indexOf(vector)}`;
  const row: Expression = { kind: 'column', name: EXPRESSION_ROW, type: INT64 };
  const requestOf = (asked: readonly ExpressionVector[]): AggregateRequest => ({
    table: TABLE,
    inputs: [
      input(EXPRESSION_ROW, INT64),
      ...Object.entries(EXPRESSION_COLUMNS).map(([name, { type }]) => input(expressionColumn(name), type)),
    ],
    keys: [EXPRESSION_ROW],
    values: asked.map((vector) => ({ name: place(vector), expression: vector.expression(expressionColumn) })),
    filter: { kind: 'not', operand: { kind: 'isNull', operand: row, type: BOOL }, type: BOOL },
    states: [],
  });
  const answered = await answerOf(backend, requestOf, vectors, 'rows', ({ name }) => name);
  if ('deviation' in answered) return answered.deviation;
  const { batch } = answered;
  const rows = columnOf(batch, EXPRESSION_ROW);
  for (const vector of vectors) {
    const { expected } = vector;
    const column = columnOf(batch, place(vector));
    const found = expected.map((): (typeof expected)[number][] => []);
    for (let at = 0; at < batch.rowCount; at++) found[Number(valueAt(rows, at))]?.push(valueAt(column, at));
    for (const [at, wanted] of expected.entries()) {
      const given = found[at] ?? [];
      if (given.length === 1 && isEqual(given[0] ?? null, wanted, column.type, [])) continue;
      const told = Object.entries(EXPRESSION_COLUMNS).map(([name, { values }]) => `${name} ${values[at] ?? null}`);
      return {
        operator: vector.name,
        input: `row ${at}: ${told.join(', ')}`,
        expected: printedAll([wanted], [column.type]),
        found: printedAll(
          given,
          given.map(() => column.type),
        ),
      };
    }
  }
  return undefined;
}
