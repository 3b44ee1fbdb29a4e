import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { SemanticManifest } from './manifest.ts';

/**
 * Fields that the fingerprint leaves out wherever they stand, because no answer depends on them: words for readers,
 * what compiling noticed, where an expression was written and whether its names were in quotes, and whether a source's
 * column may hold NULL (which is of the data, not of what is declared).
 */
export const DISPLAY_FIELDS: ReadonlySet<string> = new Set([
  'description',
  'formulaText',
  'issues',
  'span',
  'nameSpan',
  'quoted',
  'nullable',
]);

/** Objects whose keys are names that people chose, so that none of them is a field. */
const FREE_KEYED: ReadonlySet<string> = new Set(['nameMap']);

/** Fingerprint of a manifest: every field but `fingerprint` itself and the `DISPLAY_FIELDS`. */
export function manifestFingerprint(manifest: Omit<SemanticManifest, 'fingerprint'>): string {
  const fields = Object.entries(manifest).filter(([key]) => key !== 'fingerprint');
  return fingerprint('manifest', withoutDisplay(Object.fromEntries(fields)));
}

/** A part of a manifest as canonical data, its `DISPLAY_FIELDS` left out. */
export function withoutDisplay(value: unknown): Canonical {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'object':
      break;
    default:
      throw new TypeError(`manifest fingerprint: a ${typeof value} is no part of a manifest`);
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(withoutDisplay);
  const kept: Record<string, Canonical> = {};
  for (const [key, item] of Object.entries(value)) {
    if (DISPLAY_FIELDS.has(key)) continue;
    kept[key] = FREE_KEYED.has(key) ? pairs(item) : withoutDisplay(item);
  }
  return kept;
}

function pairs(map: object): Canonical {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, withoutDisplay(value)]);
}
