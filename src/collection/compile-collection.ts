import { compareCodePoints } from '../canon/code-point.ts';
import { operatorsHash } from '../operators/catalog.ts';
import type { CollectionModel } from './collection.ts';
import { compileStructure } from './compile/compile-structure.ts';
import { checkFamilyNames } from './compile/cousins.ts';
import { bareType, readDerivedFamilies } from './compile/derived-families.ts';
import { type CompileContext, contextOf } from './compile/draft.ts';
import { findUnscoped, readFilter } from './compile/filter.ts';
import { deepFrozen, sortedRecord } from './compile/frozen.ts';
import { checkNames } from './compile/names.ts';
import { hasRoot } from './compile/operators.ts';
import { readRootFamily } from './compile/root-families.ts';
import { checkSharedColumns } from './compile/shared-columns.ts';
import { columnKey, type Structure } from './compile/structure.ts';
import type { InstallationModel } from './installation.ts';
import type { CollectionIssue } from './issues.ts';
import type { ManifestSource, MetricFamily, SemanticManifest } from './manifest.ts';
import { manifestFingerprint } from './manifest-fingerprint.ts';
import { Report } from './report.ts';

/** What a collection is compiled from. */
export interface CompileInput {
  readonly collection: CollectionModel;
  readonly installation: InstallationModel;
  /** What is known of the installation's sources; one that is left out could not be read. */
  readonly sources: readonly ManifestSource[];
}

export type Compiled =
  | { readonly ok: true; readonly manifest: SemanticManifest }
  | { readonly ok: false; readonly issues: readonly CollectionIssue[] };

/**
 * Compiles a collection to its manifest: pure, deep-frozen, and the same for every spelling of the YAML that means the
 * same. Returns everything that is wrong where something is.
 */
export function compileCollection({ collection, installation, sources }: CompileInput): Compiled {
  const report = new Report();
  const { overrides, defaultHoldOffDays } = installation.stabilityFilter;
  const context = contextOf(
    collection,
    sourcesOf(installation, sources),
    (source) => overrides.get(source) ?? defaultHoldOffDays,
    report,
  );
  const { structure, bridges, dimensionFamilies, places } = compileStructure(context);
  const metricFamilies = readMetricFamilies(context, structure);
  const filter = readFilter(context, structure);
  checkNames(context, [...places, ...familyPlaces(context)]);
  checkSharedColumns(context, structure);
  findUnread(context, structure);
  findUnmapped(context);
  if (report.failed) return { ok: false, issues: report.issues };
  if (filter !== null) findUnscoped(context, structure, filter, metricFamilies);

  const { document } = collection;
  const manifest: Omit<SemanticManifest, 'fingerprint'> = {
    manifestVersion: 1,
    collection: { name: document.name, description: document.description ?? '' },
    schemas: sorted([...structure.schemas.values()], ({ name }) => name),
    dimensions: sorted([...structure.dimensions.values()], ({ name }) => name),
    attributes: sorted([...structure.attributes.values()], ({ name }) => name),
    dimensionFamilies,
    metricFamilies,
    fdDag: sorted(structure.fdDag, ({ id }) => id),
    bridges: sorted(bridges, ({ id }) => id),
    nameMap: sortedRecord(context.nameMap),
    filter,
    blockedReduction: document.blocked_reduction ?? 'refuse',
    sources: usedSources(context, structure),
    operatorsHash: operatorsHash(),
    issues: report.findings,
  };
  return { ok: true, manifest: deepFrozen({ ...manifest, fingerprint: manifestFingerprint(manifest) }) };
}

/** The installation's sources by name. */
function sourcesOf(
  installation: InstallationModel,
  known: readonly ManifestSource[],
): ReadonlyMap<string, ManifestSource> {
  return new Map(
    installation.sources.map(({ name }) => {
      const found = known.find((source) => source.name === name);
      return [name, found ?? { name, kind: null, columns: [] }];
    }),
  );
}

function readMetricFamilies(context: CompileContext, structure: Structure): readonly MetricFamily[] {
  checkFamilyNames(context);
  const roots = (context.document.metric_families ?? []).flatMap((family, index) => {
    if (family.derived !== undefined) return [];
    if (hasRoot(family)) return readRootFamily(context, structure, family, ['metric_families', index]) ?? [];
    const place = context.positions.value(['metric_families', index, 'name']);
    context.report.issue('FAMILY_WITHOUT_ROOT', { family: family.name }, place);
    return [];
  });
  const derived = readDerivedFamilies(
    context,
    new Map(
      roots.map((family) => {
        const { schema, column } = family.root;
        const assumed = column !== null && structure.assumed.columns.has(columnKey(schema, column));
        return [family.name, assumed ? null : bareType(family)];
      }),
    ),
  );
  return [...roots, ...derived].sort(
    (a, b) =>
      compareCodePoints(a.name, b.name) ||
      compareCodePoints(a.kind === 'root' ? a.root.schema : '', b.kind === 'root' ? b.root.schema : ''),
  );
}

function familyPlaces({ document, positions }: CompileContext) {
  return (document.metric_families ?? []).map(({ name }, index) => ({
    name,
    kind: 'metric family' as const,
    place: positions.value(['metric_families', index, 'name']),
  }));
}

/** Says which sources that schemas read could not be read. */
function findUnread({ document, positions, report, sources }: CompileContext, structure: Structure): void {
  for (const { name, kind } of sources.values()) {
    const schemas = sorted(
      [...structure.schemas.values()].filter((schema) => schema.source === name),
      (schema) => schema.name,
    ).map((schema) => schema.name);
    if (kind !== null || schemas.length === 0) continue;
    const index = document.schemas.findIndex((schema) => schema.source === name);
    report.finding('SOURCE_UNREAD', { source: name, schemas }, positions.value(['schemas', index, 'source']));
  }
}

/** Says which names of the name map no source has; it cannot be told while a source could not be read. */
function findUnmapped({ nameMap, positions, report, sources }: CompileContext): void {
  if ([...sources.values()].some((source) => source.kind === null)) return;
  const columns = new Set([...sources.values()].flatMap((source) => source.columns.map((column) => column.name)));
  for (const [logical, physical] of nameMap) {
    if (columns.has(physical)) continue;
    report.finding('NAME_MAP_UNUSED', { logical, physical }, positions.value(['name_map', logical]));
  }
}

function usedSources({ sources }: CompileContext, structure: Structure): readonly ManifestSource[] {
  const used = new Set([...structure.schemas.values()].map((schema) => schema.source));
  return sorted(
    [...sources.values()].filter((source) => used.has(source.name)),
    ({ name }) => name,
  ).map((source) => ({
    name: source.name,
    kind: source.kind,
    columns: sorted(source.columns, ({ name }) => name).map(({ name, type, nullable }) => ({ name, type, nullable })),
  }));
}

function sorted<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => compareCodePoints(key(a), key(b)));
}
