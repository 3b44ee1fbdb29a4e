import { compareCodePoints } from '../canon/code-point.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { RequiredColumns } from '../planning/plan.ts';
import type { AggregateRequest } from '../protocol/request.ts';

/** The columns that requests read, lookups climbed through included. A table of which only rows are counted has none. */
export function columnsRead(requests: readonly Pick<AggregateRequest, 'table' | 'inputs'>[]): RequiredColumns {
  const bySource = new Map<string, Map<string, LogicalType>>();
  const columnsOf = (source: string) => {
    const columns = bySource.get(source) ?? new Map<string, LogicalType>();
    bySource.set(source, columns);
    return columns;
  };
  for (const { table, inputs } of requests) {
    const own = columnsOf(table);
    for (const { access } of inputs) {
      own.set(access.column, access.columnType);
      for (const step of access.steps) {
        if (step.kind !== 'lookup') continue;
        columnsOf(step.source).set(step.childColumn, step.childType).set(step.parentColumn, step.type);
      }
    }
  }
  return Object.fromEntries(
    [...bySource].map(([source, columns]) => [
      source,
      [...columns].map(([name, type]) => ({ name, type })).sort((a, b) => compareCodePoints(a.name, b.name)),
    ]),
  );
}

/** The sources that requests read. */
export function sourcesRead(requests: readonly AggregateRequest[]): readonly string[] {
  return Object.keys(columnsRead(requests));
}
