import type { Batch, DictionaryColumn } from '../columns/column.ts';
import { compareScalars, type Scalar } from '../columns/scalar.ts';
import type { DataAPIBackend } from './backend.ts';
import { type Pairs, pairDistinct } from './pair-distinct.ts';
import type { TableColumn } from './table-column.ts';

/** Counterexamples shown, and parents shown of each. */
const EXAMPLE_LIMIT = 5;

/** A child whose parents are not one; `child: null` stands for NULL children that have a parent. */
export interface FdExample {
  readonly child: Scalar | null;
  /** Ascending, NULL last; at most 5. */
  readonly parents: readonly (Scalar | null)[];
}

/** What a table says of child → parent. The three counts are named as attestations name them. */
export interface FdFinding {
  /** Distinct non-null children. */
  readonly distinct_x_count: number;
  /** Children with more than one parent, NULL counting as a parent, plus one if a NULL child has a non-null parent. */
  readonly violation_count: number;
  readonly holds: boolean;
  /** At most 5, ascending by child, NULL last. */
  readonly examples: readonly FdExample[];
  /** The edge's map: distinct (`child`, `parent`) with non-null child, both in dictionary form. */
  readonly pairs: Batch;
}

/** Attests child → parent over a loaded table in one pass. */
export async function attestFd(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  table: string,
  child: TableColumn,
  parent: TableColumn,
): Promise<FdFinding> {
  const pairs = await pairDistinct(backend, id, table, child, parent);
  const parentsOf = new Int32Array(pairs.x.values.length);
  let nullChildWithParent = false;
  for (let row = 0; row < pairs.rowCount; row++) {
    const code = pairs.x.codes[row] ?? -1;
    if (code >= 0) parentsOf[code] = (parentsOf[code] ?? 0) + 1;
    else if ((pairs.y.codes[row] ?? -1) >= 0) nullChildWithParent = true;
  }
  const violating: (Scalar | null)[] = pairs.x.values.filter((_, code) => (parentsOf[code] ?? 0) > 1);
  violating.sort(nullsLast);
  if (nullChildWithParent) violating.push(null);
  return {
    distinct_x_count: parentsOf.reduce((count, parents) => count + (parents > 0 ? 1 : 0), 0),
    violation_count: violating.length,
    holds: violating.length === 0,
    examples: examplesOf(violating.slice(0, EXAMPLE_LIMIT), pairs),
    pairs: edgeMap(pairs),
  };
}

function examplesOf(children: readonly (Scalar | null)[], pairs: Pairs): readonly FdExample[] {
  return children.map((child) => {
    const code = child === null ? -1 : pairs.x.values.indexOf(child);
    const parents: (Scalar | null)[] = [];
    for (let row = 0; row < pairs.rowCount; row++) {
      if (pairs.x.codes[row] !== code) continue;
      const parent = pairs.y.values[pairs.y.codes[row] ?? -1] ?? null;
      // A NULL child with a NULL parent is no violation: only its non-null parents are.
      if (child !== null || parent !== null) parents.push(parent);
    }
    return { child, parents: parents.sort(nullsLast).slice(0, EXAMPLE_LIMIT) };
  });
}

function edgeMap(pairs: Pairs): Batch {
  const rows: number[] = [];
  for (let row = 0; row < pairs.rowCount; row++) if ((pairs.x.codes[row] ?? -1) >= 0) rows.push(row);
  const take = (column: DictionaryColumn): DictionaryColumn => ({
    ...column,
    codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1),
  });
  return {
    rowCount: rows.length,
    fields: [
      { name: 'child', column: take(pairs.x) },
      { name: 'parent', column: take(pairs.y) },
    ],
  };
}

function nullsLast(a: Scalar | null, b: Scalar | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareScalars(a, b);
}
