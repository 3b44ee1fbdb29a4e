import type { ConditionOf } from '../../collection/conditions.ts';
import type { SchemaColumn } from '../../collection/manifest.ts';
import { type LogicalType, parseType, printType, type TypeKind } from '../../columns/logical-type.ts';
import { schemaNamed } from '../../resolution/edge-step.ts';
import type { SourceSnapshot } from '../../sources/snapshot.ts';
import type { Check, Judgement } from '../check.ts';
import { NO_EXAMPLES } from '../examples.ts';
import type { Scene } from '../verification-context.ts';

/** I1: the bound source column exists, and its own type can be read as the declared one. No data are read. */
export function boundColumn(condition: ConditionOf<'I1'>, { manifest, facts }: Scene): Check {
  const schema = schemaNamed(manifest, condition.schema);
  const column = schema.columns.find((each) => each.physical === condition.column);
  return {
    sources: [schema.source],
    columns: {},
    judge: async () => judgeBinding(condition.column, column, facts.snapshots.get(schema.source)),
  };
}

/** Counts `missing` (no such column) and `incompatible` (one of another type). */
export function judgeBinding(
  name: string,
  column: SchemaColumn | undefined,
  snapshot: SourceSnapshot | undefined,
): Judgement {
  const found = snapshot?.columns.find((each) => each.name === name);
  if (found === undefined || column === undefined) {
    return { holds: false, counts: { missing: 1 }, examples: NO_EXAMPLES };
  }
  if (isReadableAs(found.type, column.type)) return { holds: true, counts: {}, examples: NO_EXAMPLES };
  return {
    holds: false,
    counts: { incompatible: 1 },
    examples: { columns: ['column', 'declared', 'found'], rows: [[name, printType(column.type), found.type]] },
  };
}

/** Kinds that a column of a kind can be read as. Whether each of its values can be shows when it is read. */
const READABLE_AS: Readonly<Record<TypeKind, readonly TypeKind[]>> = {
  text: ['text', 'int64', 'decimal', 'double', 'bool', 'date'],
  int64: ['int64', 'decimal', 'double', 'text'],
  decimal: ['int64', 'decimal', 'double', 'text'],
  double: ['int64', 'decimal', 'double'],
  bool: ['bool', 'text'],
  date: ['date', 'text'],
};

/** Whether a source's column of a printed type can be read as a declared type. */
export function isReadableAs(printed: string, declared: LogicalType): boolean {
  // A source may hold decimals of more digits than a declaration may have.
  const kind = /^decimal\(\d+\)$/.test(printed) ? 'decimal' : parseType(printed)?.kind;
  if (kind === undefined) return false;
  if (kind === 'int64' && declared.kind === 'date') return declared.level === 'year';
  return READABLE_AS[kind].includes(declared.kind);
}
