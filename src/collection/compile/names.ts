import type { Place } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';

/** A name that questions may use, and what it means. */
export interface NamedThing {
  readonly name: string;
  readonly kind: 'dimension' | 'attribute' | 'metric family';
  readonly place: Place;
}

/**
 * Reports names that mean two things. Dimensions, attributes and metric families share one space of names, and so do
 * the column names that the name map makes other words for a dimension.
 */
export function checkNames({ nameMap, positions, report }: CompileContext, things: readonly NamedThing[]): void {
  const first = new Map<string, NamedThing>();
  for (const thing of [...things].sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)) {
    if (thing.name.startsWith('#')) report.issue('RESERVED_NAME', { name: thing.name }, thing.place);
    const other = first.get(thing.name);
    if (other === undefined) {
      first.set(thing.name, thing);
    } else if (other.kind !== thing.kind) {
      const parameters = { name: thing.name, kind: thing.kind, otherKind: other.kind, otherLine: other.place.line };
      report.issue('NAME_TAKEN', parameters, thing.place);
    }
  }
  const logicalOf = new Map<string, string>();
  for (const [logical, physical] of nameMap) {
    const place = positions.value(['name_map', logical]);
    const mapped = logicalOf.get(physical);
    const thing = logical === physical ? undefined : first.get(physical);
    if (mapped !== undefined) {
      report.issue('NAME_MAP_AMBIGUOUS', { physical, logical, other: `the dimension \`${mapped}\`` }, place);
    } else if (thing !== undefined) {
      report.issue(
        'NAME_MAP_AMBIGUOUS',
        { physical, logical, other: thing.kind === 'attribute' ? 'an attribute' : `a ${thing.kind}` },
        place,
      );
    }
    if (mapped === undefined) logicalOf.set(physical, logical);
  }
}
