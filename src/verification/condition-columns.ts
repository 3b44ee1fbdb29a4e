import type { Condition } from '../collection/attestation.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import type { RequiredColumns } from '../planning/required-columns.ts';
import type { Facts } from '../resolution/facts.ts';
import { checkOf } from './check-of.ts';

/** The columns that a backend needs to verify a condition; a source of which only rows are counted has none. */
export function conditionColumns(condition: Condition, manifest: SemanticManifest, facts: Facts): RequiredColumns {
  return checkOf(condition, { manifest, facts }).columns;
}
