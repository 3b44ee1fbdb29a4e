import type { SemanticManifest } from '../collection/manifest.ts';
import { type LogicalType, sameType } from '../columns/logical-type.ts';

/** In which type each column of each source is read by the collections that share a backend: one type a column. */
export class ColumnTypes {
  private readonly bySource = new Map<string, Map<string, LogicalType>>();

  /** Whether a collection reads no column in another type than is known of it. */
  admits({ schemas }: SemanticManifest): boolean {
    return schemas.every(({ source, columns }) =>
      columns.every(({ physical, type }) => {
        const known = this.bySource.get(source)?.get(physical);
        return known === undefined || sameType(known, type);
      }),
    );
  }

  add({ schemas }: SemanticManifest): void {
    for (const { source, columns } of schemas) {
      const types = this.bySource.get(source) ?? new Map<string, LogicalType>();
      for (const { physical, type } of columns) types.set(physical, type);
      this.bySource.set(source, types);
    }
  }

  /** A column over which a source's rows are counted: one that is small to load, where there is one. */
  someColumn(source: string): { readonly name: string; readonly type: LogicalType } {
    const columns = [...(this.bySource.get(source) ?? [])].map(([name, type]) => ({ name, type }));
    const column = columns.find(({ type }) => type.kind !== 'text') ?? columns[0];
    if (column === undefined) throw new RangeError(`source ${source}: no schema reads a column of it`);
    return column;
  }
}
