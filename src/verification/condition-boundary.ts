import type { Condition } from '../collection/attestation.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import type { DayNumber } from '../columns/calendar.ts';
import { schemaNamed } from '../resolution/edge-step.ts';
import type { Facts } from '../resolution/facts.ts';
import { stabilityOf } from '../resolution/stability.ts';

/**
 * The effective stability boundary (day number) of the rows that a check of the condition reads; null where there is
 * none, or where it reads no schema's rows. An attestation kept from another day holds while its own is the same.
 */
export function conditionBoundary(condition: Condition, manifest: SemanticManifest, facts: Facts): DayNumber | null {
  switch (condition.id) {
    case 'I1':
    case 'I4':
      return null;
    case 'I10':
      // A sibling is cut at its root's boundary.
      return boundaryOf(condition.root, manifest, facts);
    case 'I2':
    case 'I3':
    case 'I5':
    case 'I6':
    case 'I8':
    case 'I9':
    case 'I11':
      return boundaryOf(condition.schema, manifest, facts);
  }
}

function boundaryOf(schema: string, manifest: SemanticManifest, facts: Facts): DayNumber | null {
  return stabilityOf(manifest, facts, schemaNamed(manifest, schema), []).boundary;
}
