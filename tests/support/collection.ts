import type { Attestation } from '../../src/collection/attestation.ts';
import { loadCollection } from '../../src/collection/collection.ts';
import { compileCollection } from '../../src/collection/compile-collection.ts';
import { loadInstallation } from '../../src/collection/installation.ts';
import type { ManifestSource, SemanticManifest } from '../../src/collection/manifest.ts';
import { dayNumber } from '../../src/columns/calendar.ts';
import { OPERATORS } from '../../src/operators/catalog.ts';
import type { Facts } from '../../src/resolution/facts.ts';
import type { SourceSnapshot } from '../../src/sources/snapshot.ts';

/** Compiles a collection from its YAML; sources are CSV with the columns given. Throws where it does not compile. */
export function compiled(
  collection: string,
  installation: string,
  sources: Readonly<Record<string, readonly string[]>>,
): SemanticManifest {
  const loaded = loadCollection(collection, 'ac.yaml');
  const installed = loadInstallation(installation, 'installation.yaml');
  if (!loaded.ok || !installed.ok) throw new Error(JSON.stringify([loaded, installed]));
  const manifestSources = Object.entries(sources).map(
    ([name, columns]): ManifestSource => ({
      name,
      kind: 'csv',
      columns: columns.map((column) => ({ name: column, type: 'text', nullable: true })),
    }),
  );
  const result = compileCollection({
    collection: loaded.model,
    installation: installed.model,
    sources: manifestSources,
  });
  if (!result.ok)
    throw new Error(result.issues.map((issue) => `${issue.line}:${issue.column} ${issue.message}`).join('\n'));
  return result.manifest;
}

/** Facts in which every source of the manifest has `rows` rows, and nothing else is known. */
export function factsOf(
  manifest: SemanticManifest,
  rows: Readonly<Record<string, number>> = {},
  attestations: readonly Attestation[] = [],
): Facts {
  const snapshots = manifest.sources.map((source): [string, SourceSnapshot] => [
    source.name,
    {
      name: source.name,
      kind: 'csv',
      location: `${source.name}.csv`,
      contentHash: source.name.padEnd(64, '0'),
      bytes: 1,
      rowCount: rows[source.name] ?? 100,
      columns: source.columns,
      statistics: [],
    },
  ]);
  return {
    snapshots: new Map(snapshots),
    unreadable: new Map(),
    attestations: new Map(attestations.map((each) => [each.condition.key, each])),
    asOf: dayNumber(2025, 1, 7),
    backend: { name: 'duckdb', operators: new Set(Object.values(OPERATORS).map((each) => each.name)) },
  };
}
