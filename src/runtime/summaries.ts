import type { Attestation, VerificationLevel } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import type { MetricFamily, RootFamily, SemanticManifest } from '../collection/manifest.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import type { EntryRow, EntryUse } from '../engine/entry.ts';
import type { EvictedEntry } from '../engine/entry-writer.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { BackendStatistics, CollectionSummary, EntrySummary, EvictionSummary } from './api.ts';
import type { BackendHost } from './backend-host.ts';
import type { SourceShelf } from './source-shelf.ts';
import { filterWords } from './stale-entries.ts';

/** What a page shows of a collection; edge and source states are those of now. */
export function collectionSummary(about: {
  readonly installation: string;
  readonly collections: readonly string[];
  readonly manifest: SemanticManifest;
  readonly attestations: ReadonlyMap<string, Attestation>;
  readonly shelf: SourceShelf;
  readonly engineOff: 'installation' | 'session' | null;
}): CollectionSummary {
  const { manifest, shelf, attestations, engineOff } = about;
  return {
    installation: about.installation,
    name: manifest.collection.name,
    description: manifest.collection.description,
    collections: about.collections,
    manifestFingerprint: manifest.fingerprint,
    families: manifest.metricFamilies.map((family) => familySummary(family, manifest)),
    dimensions: manifest.dimensions.map(({ name, type, family, level }) => ({
      name,
      type: printType(type),
      family,
      level,
    })),
    attributes: manifest.attributes.map(({ name, of, type }) => ({ name, of, type: printType(type) })),
    edges: manifest.fdDag.map((edge) => ({
      id: edge.id,
      child: edge.child,
      parent: edge.parent,
      via: edge.kind === 'lookup' ? edge.via : null,
      status: edge.kind === 'calendar' ? 'construction' : edgeStatus(attestations.get(i4(edge.id).key)),
    })),
    schemas: manifest.schemas.map(({ name, source, grain }) => ({ name, source, grain })),
    sources: manifest.sources.map(({ name }) => sourceSummary(name, shelf)),
    findings: manifest.issues.map(({ code, message }) => ({ code, message })),
    engineOff,
    engineHint:
      engineOff === 'installation'
        ? 'metric_engine: {enabled: true}'
        : engineOff === 'session'
          ? 'open({…, engine: true})'
          : null,
  };
}

function familySummary(family: MetricFamily, manifest: SemanticManifest): CollectionSummary['families'][number] {
  const { name, description, kind } = family;
  if (family.kind === 'derived') {
    const formula = family.formulaText;
    return { name, description, kind, type: 'derived', formula, reducers: [], blocked: [], schema: null };
  }
  const reducers = [
    ...family.ipReducers.map((each) => each.operator),
    ...(family.reducer === null ? [] : [family.reducer]),
  ];
  const blocked = [...new Set(family.ipReducers.flatMap((each) => each.aBlock))];
  const rows = family.root.column === null;
  const schema = manifest.schemas.find((each) => each.name === family.root.schema)?.name ?? null;
  return {
    name,
    description,
    kind,
    type: rows ? 'rows' : printType(ownType(family)),
    formula: null,
    reducers,
    blocked,
    schema,
  };
}

/** The type of what the family's bare name gives: how many distinct texts there are is no text. */
function ownType({ reducer, type }: RootFamily): LogicalType {
  return reducer === null ? type : OPERATORS[reducer].result(type);
}

function edgeStatus(attestation: Attestation | undefined): 'holds' | 'contradicted' | 'untested' {
  if (attestation === undefined) return 'untested';
  return attestation.status === 'verified' ? 'holds' : 'contradicted';
}

function sourceSummary(name: string, shelf: SourceShelf): CollectionSummary['sources'][number] {
  const snapshot = shelf.snapshots.get(name);
  const unreadable = shelf.unreadable.get(name);
  return {
    name,
    location: shelf.location(name),
    rows: snapshot?.rowCount ?? null,
    bytes: snapshot?.bytes ?? null,
    contentHash: snapshot?.contentHash ?? null,
    state: unreadable !== undefined ? 'failed' : shelf.verified.has(name) ? 'verified' : 'published',
    reason: unreadable === undefined ? null : `${unreadable.reason}. ${unreadable.remedy}`,
  };
}

/** One stored entry as people see it. */
export function entrySummary(
  { row, use }: { readonly row: EntryRow; readonly use: EntryUse },
  levelOf: (conditionKeys: readonly string[]) => VerificationLevel,
): EntrySummary {
  const { key, rows, bytes, checksum, path, createdAt, computeMilliseconds, sourceHashes } = row;
  const { lastAccess, accessCount, millisecondsSaved, pinned } = use;
  const stored = {
    key,
    rows,
    bytes,
    checksum,
    path,
    createdAt,
    computeMilliseconds,
    sourceHashes,
    lastAccess,
    accessCount,
    millisecondsSaved,
    pinned,
  };
  if (row.domain === 'qm') {
    return {
      ...stored,
      domain: 'qm',
      family: null,
      state: row.kind,
      anchor: [],
      schema: row.subject,
      filter: null,
      verificationLevel: null,
      notFurtherRollable: true,
      derivedFrom: 'the sources',
      hinted: false,
    };
  }
  return {
    ...stored,
    domain: 'metric',
    family: row.family,
    state: row.state,
    anchor: anchorOf(row),
    schema: row.schema,
    filter: filterWords(row.filter),
    verificationLevel: levelOf(row.conditions),
    notFurtherRollable: row.notFurtherRollable,
    derivedFrom: row.derivedFrom,
    hinted: row.hinted,
  };
}

/** An entry that went to make room, as people see it. */
export function evictionSummary(gone: EvictedEntry): EvictionSummary {
  const { row, use, key, bytes, milliseconds, from, at, reason } = gone;
  const isMetric = row.domain === 'metric';
  return {
    key,
    family: isMetric ? row.family : null,
    state: isMetric ? row.state : row.kind,
    anchor: anchorOf(row),
    filter: isMetric ? filterWords(row.filter) : null,
    bytes,
    milliseconds,
    from: from === null ? null : anchorOf(from),
    accessCount: use.accessCount,
    lastAccess: use.lastAccess,
    at,
    reason,
  };
}

function anchorOf(row: EntryRow): readonly string[] {
  return row.domain === 'metric' ? row.anchor.map((each) => each.name) : [];
}

/** What is to be told of a backend. */
export function backendStatistics({ runner, bytesHeld }: BackendHost): BackendStatistics {
  const { name, state, reason, parity } = runner;
  return { name, state, bytesHeld, reason, parity: parity && { probed: parity.probed, total: parity.total } };
}
