import type { LogicalType } from '../columns/logical-type.ts';
import type { TableDescription } from '../protocol/backend.ts';
import { BackendError } from '../protocol/backend-error.ts';
import type { AggregateRequest } from '../protocol/request.ts';

/** A column as a backend holds it. */
export interface HeldColumn {
  readonly name: string;
  readonly type: LogicalType;
}

/** A loaded table as a backend holds it. */
export interface HeldTable<Column extends HeldColumn> {
  readonly table: string;
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** What a backend holds, by the names that sources have. */
export class HeldTables<Column extends HeldColumn, Table extends HeldTable<Column>> {
  readonly #tables = new Map<string, Table>();

  list(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  all(): readonly Table[] {
    return [...this.#tables.values()];
  }

  find(table: string): Table | undefined {
    return this.#tables.get(table);
  }

  findColumn(table: string, column: string): Column | undefined {
    return this.#tables.get(table)?.columns.find(({ name }) => name === column);
  }

  /** The table. Throws NOT_LOADED where there is none. */
  get(table: string): Table {
    const held = this.#tables.get(table);
    if (held === undefined) throw new BackendError({ code: 'NOT_LOADED', table, column: null });
    return held;
  }

  /** The column of a table. Throws NOT_LOADED where there is none. */
  column(table: string, column: string): Column {
    const held = this.get(table).columns.find(({ name }) => name === column);
    if (held === undefined) throw new BackendError({ code: 'NOT_LOADED', table, column });
    return held;
  }

  put(table: Table): void {
    this.#tables.set(table.table, table);
  }

  delete(table: string): void {
    this.#tables.delete(table);
  }

  clear(): void {
    this.#tables.clear();
  }

  describe(table: string): TableDescription {
    const { rowCount, columns } = this.get(table);
    return { table, rowCount, columns: columns.map(({ name, type }) => ({ name, type })) };
  }

  /** Throws NOT_LOADED for the first table or column that a request reads and that is not here. */
  require(request: AggregateRequest): void {
    this.get(request.table);
    for (const { access } of request.inputs) {
      this.column(request.table, access.column);
      for (const step of access.steps) {
        if (step.kind !== 'lookup') continue;
        this.column(step.source, step.childColumn);
        this.column(step.source, step.parentColumn);
      }
    }
  }
}
