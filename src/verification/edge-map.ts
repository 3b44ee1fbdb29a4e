import type { Attestation } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import type { LookupEdge } from '../collection/manifest.ts';
import { type Batch, type DictionaryColumn, valueAt } from '../columns/column.ts';
import { compareScalars, type Scalar } from '../columns/scalar.ts';
import type { EdgeMap } from '../compose/frame.ts';
import { keyColumn } from '../protocol/table-column.ts';
import { edgeTable } from '../resolution/edge-step.ts';
import { attestationOf } from './attestation-of.ts';
import { findPairs, judgeEdge } from './checks/edge-holds.ts';
import type { VerificationContext } from './verification-context.ts';

/**
 * Attests an edge (I4) and makes its map, in one pass over its lookup. A map of an edge that does not hold gives each
 * child the least of its parents; no answer climbs it.
 */
export async function edgeMapOf(
  edge: LookupEdge,
  context: VerificationContext,
): Promise<{ readonly attestation: Attestation; readonly map: EdgeMap }> {
  const table = edgeTable(context.manifest, edge);
  const finding = await findPairs(context, edge);
  const attestation = attestationOf(i4(edge.id), [table.source], judgeEdge(finding, edge, table), context);
  const pairs = finding.holds ? finding.pairs : leastParents(finding.pairs);
  return { attestation, map: { edge: edge.id, pairs } };
}

/** One pair a child: the one with the least parent, NULL only where there is no other. */
export function leastParents(pairs: Batch): Batch {
  const child = keyColumn(pairs, 'child');
  const parent = keyColumn(pairs, 'parent');
  const rows = new Map<number, number>();
  for (let row = 0; row < pairs.rowCount; row++) {
    const code = child.codes[row] ?? -1;
    const best = rows.get(code);
    if (best === undefined || isLess(valueAt(parent, row), valueAt(parent, best))) rows.set(code, row);
  }
  const kept = [...rows.values()];
  const take = (column: DictionaryColumn): DictionaryColumn => ({
    ...column,
    codes: Int32Array.from(kept, (row) => column.codes[row] ?? -1),
  });
  return {
    rowCount: kept.length,
    fields: [
      { name: 'child', column: take(child) },
      { name: 'parent', column: take(parent) },
    ],
  };
}

function isLess(a: Scalar | null, b: Scalar | null): boolean {
  return a !== null && (b === null || compareScalars(a, b) < 0);
}
