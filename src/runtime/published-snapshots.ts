import * as v from 'valibot';
import type { SourceSnapshot } from '../sources/snapshot.ts';

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const SCALAR = v.nullable(v.union([v.string(), v.number()]));

const SNAPSHOT = v.object({
  name: v.string(),
  kind: v.picklist(['csv', 'parquet', 'arrow', 'json']),
  location: v.string(),
  contentHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: COUNT,
  rowCount: COUNT,
  columns: v.array(v.object({ name: v.string(), type: v.string(), nullable: v.boolean() })),
  statistics: v.array(
    v.object({ column: v.string(), min: SCALAR, max: SCALAR, nullCount: COUNT, distinctCount: v.nullable(COUNT) }),
  ),
});

/** The snapshots in a parsed snapshots.json, by source; what is no snapshot in it publishes nothing. */
export function publishedSnapshots(parsed: unknown): ReadonlyMap<string, SourceSnapshot> {
  const listed: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  const snapshots = listed.flatMap((each) => {
    const result = v.safeParse(SNAPSHOT, each);
    return result.success ? [result.output] : [];
  });
  return new Map(snapshots.map((snapshot) => [snapshot.name, snapshot]));
}
