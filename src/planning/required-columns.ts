import { compareCodePoints } from '../canon/code-point.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Input, Step } from '../resolution/access.ts';
import type { Membership } from '../resolution/query.ts';
import type { Atom } from './atom.ts';

/** source → its columns, with the types they are loaded as; sorted by name. */
export type RequiredColumns = Readonly<
  Record<string, readonly { readonly name: string; readonly type: LogicalType }[]>
>;

/** Rows read: of which source, and what of them. */
export interface RowsRead {
  readonly table: string;
  readonly inputs: readonly Input[];
}

/** The columns that computing these atoms reads, and those that steps from their anchor climb through. */
export function requiredColumns(atoms: readonly Atom[], steps: readonly Step[] = []): RequiredColumns {
  const memberships = atoms.flatMap((atom) => atom.memberships);
  return columnsRead(
    [...atoms.map(({ source, inputs }) => ({ table: source, inputs })), ...memberships.map(bridgeRows)],
    [...steps, ...memberships.flatMap((each) => each.steps)],
  );
}

/** The pairs of a bridge, as rows that are read. */
export function bridgeRows(membership: Membership): RowsRead {
  const { source, childColumn, childType, parentColumn, parentType } = membership;
  return {
    table: source,
    inputs: [
      { name: 'child', type: childType, access: { column: childColumn, columnType: childType, steps: [] } },
      { name: 'parent', type: parentType, access: { column: parentColumn, columnType: parentType, steps: [] } },
    ],
  };
}

/**
 * The columns that reading rows takes, lookups climbed through included, and those of further steps. A table of which
 * only rows are counted has none.
 */
export function columnsRead(reads: readonly RowsRead[], steps: readonly Step[] = []): RequiredColumns {
  const bySource = new Map<string, Map<string, LogicalType>>();
  const columnsOf = (source: string) => {
    const columns = bySource.get(source) ?? new Map<string, LogicalType>();
    bySource.set(source, columns);
    return columns;
  };
  const climb = (chain: readonly Step[]) => {
    for (const step of chain) {
      if (step.kind !== 'lookup') continue;
      columnsOf(step.source).set(step.childColumn, step.childType).set(step.parentColumn, step.type);
    }
  };
  for (const { table, inputs } of reads) {
    const own = columnsOf(table);
    for (const { access } of inputs) {
      own.set(access.column, access.columnType);
      climb(access.steps);
    }
  }
  climb(steps);
  return Object.fromEntries(
    [...bySource].map(([source, columns]) => [
      source,
      [...columns].map(([name, type]) => ({ name, type })).sort((a, b) => compareCodePoints(a.name, b.name)),
    ]),
  );
}

/** The sources that reading rows takes. */
export function sourcesRead(reads: readonly RowsRead[]): readonly string[] {
  return Object.keys(columnsRead(reads));
}
