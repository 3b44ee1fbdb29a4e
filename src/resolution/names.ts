import type { Attribute, Dimension, MetricFamily, SemanticManifest } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import type { LogicalType } from '../columns/logical-type.ts';

/** What a name means in a collection. A family name with several roots has several families (cousins). */
export type Meaning =
  | { readonly kind: 'dimension'; readonly dimension: Dimension }
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  | { readonly kind: 'family'; readonly families: readonly [MetricFamily, ...MetricFamily[]] };

export type MeaningKind = Meaning['kind'];

/** The names of a manifest: logical names, and the physical spellings of its name map. */
export interface Names {
  readonly meaningOf: (name: string) => Meaning | undefined;
  /** Names near a misspelt one, of the kinds that could stand there; the roles of a lookup's name come first. */
  readonly suggest: (name: string, kinds: readonly MeaningKind[]) => readonly string[];
}

export function namesOf(manifest: SemanticManifest): Names {
  const meanings = new Map<string, Meaning>();
  for (const dimension of manifest.dimensions) meanings.set(dimension.name, { kind: 'dimension', dimension });
  for (const attribute of manifest.attributes) meanings.set(attribute.name, { kind: 'attribute', attribute });
  for (const family of manifest.metricFamilies) {
    const known = meanings.get(family.name);
    const families: readonly [MetricFamily, ...MetricFamily[]] =
      known?.kind === 'family' ? [...known.families, family] : [family];
    meanings.set(family.name, { kind: 'family', families });
  }
  const logical = new Map(Object.entries(manifest.nameMap).map(([name, physical]) => [physical, name]));
  const meaningOf = (name: string) => meanings.get(name) ?? meanings.get(logical.get(name) ?? '');
  const suggest = (name: string, kinds: readonly MeaningKind[]) => {
    const roles = rolesOf(manifest, name);
    if (roles.length > 0) return roles;
    const candidates = [...meanings].filter(([, meaning]) => kinds.includes(meaning.kind)).map(([each]) => each);
    return nearestNames(name, candidates);
  };
  return { meaningOf, suggest };
}

/** Type of a dimension or attribute; undefined for any other name. */
export function typeOfName(manifest: SemanticManifest, name: string): LogicalType | undefined {
  return (
    manifest.dimensions.find((each) => each.name === name) ?? manifest.attributes.find((each) => each.name === name)
  )?.type;
}

/** The dimensions that read a lookup's column of this name in a role: `state` → `destination_state`, `origin_state`. */
function rolesOf(manifest: SemanticManifest, name: string): readonly string[] {
  const roles = new Set<string>();
  for (const schema of manifest.schemas) {
    for (const column of schema.columns) {
      if (column.role.kind !== 'roleSource' || column.role.name !== name) continue;
      for (const edge of manifest.fdDag) {
        if (edge.kind !== 'lookup' || edge.via !== schema.name) continue;
        if (edge.childColumn === column.physical) roles.add(edge.child);
        if (edge.parentColumn === column.physical) roles.add(edge.parent);
      }
    }
  }
  return [...roles].sort();
}
