import { type ColumnTable, table as tableOf } from 'arquero';
import type { LoadRequest } from '../src/protocol/request.ts';
import { type Heard, heardColumns } from './answers.ts';
import { plainColumns } from './plain-columns.ts';
import type { Question } from './retail-questions.ts';

/** Arquero as a page uses it by itself: over plain arrays, on the page's own thread. */
export class RawArquero {
  private readonly tables = new Map<string, ColumnTable>();

  load({ table, ipc }: LoadRequest): void {
    const columns = plainColumns(ipc).map(({ name, values }) => [name, values] as const);
    this.tables.set(table, tableOf(Object.fromEntries(columns)));
  }

  drop(table: string): void {
    this.tables.delete(table);
  }

  ask({ columns, climbs }: Question): Heard {
    const transactions = this.table('transactions');
    const rows = climbs ? transactions.lookup(this.table('stores'), ['store_id', 'store_id'], 'region') : transactions;
    // An expression is compiled from its text: that of a function would not survive being made small.
    const rolled = rows.groupby(...columns).rollup({ revenue: 'd => op.sum(d.revenue)' });
    return heardColumns([...columns, 'revenue'].map((name) => Array.from(rolled.column(name) ?? [])));
  }

  private table(name: string): ColumnTable {
    const table = this.tables.get(name);
    if (table === undefined) throw new RangeError(`table ${name} is not loaded`);
    return table;
  }
}
