import type { SemanticManifest } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Facts } from './facts.ts';
import { determines } from './reach.ts';

/** A dimension along which time passes. */
export interface CalendarAxis {
  readonly name: string;
  readonly type: Extract<LogicalType, { kind: 'date' }>;
}

/** The one finest calendar dimension among names: that which determines all others of them; null where there is none. */
export function calendarAxis(manifest: SemanticManifest, facts: Facts, names: readonly string[]): CalendarAxis | null {
  const dates = manifest.dimensions.flatMap(({ name, type }): readonly CalendarAxis[] =>
    names.includes(name) && type.kind === 'date' ? [{ name, type }] : [],
  );
  return dates.find((each) => dates.every((other) => determines(manifest, facts, [each.name], other.name))) ?? null;
}
