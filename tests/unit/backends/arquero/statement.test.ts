import * as aq from 'arquero';
import { beforeAll, describe, expect, it } from 'vitest';
import { runVerbs } from '../../../../src/backends/arquero/aggregate.ts';
import { scalarOf } from '../../../../src/backends/arquero/climb.ts';
import { ArqueroTables } from '../../../../src/backends/arquero/held-tables.ts';
import { loadTable } from '../../../../src/backends/arquero/load-table.ts';
import { startArquero } from '../../../../src/backends/arquero/start-arquero.ts';
import { statementText } from '../../../../src/backends/arquero/statement.ts';
import { writeVerbs } from '../../../../src/backends/arquero/verbs.ts';
import { resultColumns } from '../../../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../../../src/protocol/request.ts';
import { REQUESTS, TABLES } from '../large-tables.ts';
import { type Row, rowsOf, sorted } from '../requests.ts';
import { loadRequest } from '../tables.ts';

const held = new ArqueroTables();

beforeAll(() => {
  startArquero();
  for (const [table, columns] of Object.entries(TABLES)) loadTable(held, loadRequest(table, columns));
});

/** Runs a statement as the JavaScript that it is, with the held tables under their names. */
function run(statement: string): aq.ColumnTable {
  const tables = held.all();
  const result: unknown = new Function('aq', ...tables.map(({ table }) => table), `return ${statement}`)(
    aq,
    ...tables.map(({ verbs }) => verbs.create()),
  );
  if (!(result instanceof aq.ColumnTable)) throw new TypeError('the statement gives no table');
  return result;
}

function rowsIn(table: aq.ColumnTable, request: AggregateRequest): readonly Row[] {
  const columns = resultColumns(request).map(({ name, type }) => {
    const values = Array.from(table.column(name) ?? []);
    return values.map((value) => scalarOf(value, type));
  });
  return sorted((columns[0] ?? []).map((_, row) => columns.map((column) => column[row] ?? null)));
}

describe('the statement told', () => {
  it.each(REQUESTS)('%s: gives the same rows', (_, request) => {
    const verbs = writeVerbs(held, request);
    const statement = statementText(held, request, verbs);
    expect(rowsIn(run(statement), request)).toEqual(rowsOf(request, runVerbs(held, request, verbs)));
  });
});
