import { sha256Hex } from '../../../src/canon/fingerprint.ts';
import type { Attestation, Condition } from '../../../src/collection/attestation.ts';
import { loadCollection } from '../../../src/collection/collection.ts';
import { compileCollection } from '../../../src/collection/compile-collection.ts';
import { loadInstallation } from '../../../src/collection/installation.ts';
import type { SemanticManifest } from '../../../src/collection/manifest.ts';
import { encodeBatch } from '../../../src/columns/arrow.ts';
import { type DayNumber, dayNumber } from '../../../src/columns/calendar.ts';
import { type LogicalType, parseType } from '../../../src/columns/logical-type.ts';
import type { EdgeMap } from '../../../src/compose/frame.ts';
import { OPERATORS } from '../../../src/operators/catalog.ts';
import type { RequiredColumns } from '../../../src/planning/required-columns.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { decodeAggregate } from '../../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../../src/protocol/request.ts';
import { requireLookup } from '../../../src/resolution/edge-step.ts';
import type { Facts } from '../../../src/resolution/facts.ts';
import type { ColumnCounts } from '../../../src/sources/conversion.ts';
import { openSource, type Source } from '../../../src/sources/source.ts';
import { conditionColumns } from '../../../src/verification/condition-columns.ts';
import { edgeMapOf } from '../../../src/verification/edge-map.ts';
import type { VerificationContext } from '../../../src/verification/verification-context.ts';
import { verify } from '../../../src/verification/verify.ts';
import { nodeReaders } from '../../support/parquet-node.ts';

/** A collection over files given as text or bytes. */
export interface DataCase {
  /** ac.yaml */
  readonly collection: string;
  /** file name → its content; the source is named as the file without its extension. */
  readonly files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;
  /** installation.yaml; default: one without a hold-off. */
  readonly installation?: string;
  readonly asOf?: DayNumber;
}

/** Sources opened, a collection compiled over them, and the real backend, given only what checks say they need. */
export interface VerifiedData {
  readonly manifest: SemanticManifest;
  /** What is known so far: it grows with every check. */
  readonly facts: Facts;
  /** Requests that the backend was asked. */
  readonly requests: AggregateRequest[];
  verify(condition: Condition): Promise<Attestation>;
  /** The map of an edge, by its id; making it attests the edge. */
  edgeMap(id: string): Promise<EdgeMap>;
}

/** Opens a case on a backend; tables of an earlier case with the same names are dropped. */
export async function openData(backend: DataAPIBackend, given: DataCase): Promise<VerifiedData> {
  const sources = await openSources(given);
  const manifest = compile(given, sources);
  const attestations = new Map<string, Attestation>();
  const facts: Facts = {
    snapshots: new Map(
      await Promise.all(
        [...sources].map(async ([name, source]) => [name, await source.snapshot(typesOf(manifest, name))] as const),
      ),
    ),
    unreadable: new Map(),
    attestations,
    asOf: given.asOf ?? dayNumber(2025, 1, 7),
    backend: { name: 'duckdb', operators: new Set(Object.values(OPERATORS).map((each) => each.name)) },
  };
  for (const name of sources.keys()) await backend.drop(name);
  const reports = new Map<string, Map<string, ColumnCounts>>();
  const load = async (required: RequiredColumns) => {
    for (const [name, columns] of Object.entries(required))
      await loadColumns(backend, sourceNamed(sources, name), columns, reports);
  };
  const maps = new Map<string, EdgeMap>();
  const requests: AggregateRequest[] = [];
  const makeMap = async (id: string): Promise<EdgeMap> => {
    const known = maps.get(id);
    if (known !== undefined) return known;
    await load(conditionColumns({ id: 'I4', key: '', edge: id }, manifest, facts));
    const { attestation, map } = await edgeMapOf(requireLookup(manifest, id), context);
    attestations.set(attestation.condition.key, attestation);
    maps.set(id, map);
    return map;
  };
  const context: VerificationContext = {
    manifest,
    facts,
    backend,
    aggregate: async (request) => {
      requests.push(request);
      return decodeAggregate(request, await backend.aggregate(`r${requests.length}`, request));
    },
    edgeMaps: async (steps) => {
      const found = new Map<string, EdgeMap>();
      for (const step of steps) if (step.kind === 'lookup') found.set(step.edge, await makeMap(step.edge));
      return found;
    },
    columnReports: (source) => reports.get(source),
  };
  return {
    manifest,
    facts,
    requests,
    edgeMap: makeMap,
    verify: async (condition) => {
      await load(conditionColumns(condition, manifest, facts));
      const attestation = await verify(condition, context);
      attestations.set(condition.key, attestation);
      return attestation;
    },
  };
}

async function openSources({ files }: DataCase): Promise<ReadonlyMap<string, Source>> {
  const opened = Object.entries(files).map(async ([file, content]): Promise<[string, Source]> => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const name = file.replace(/\.\w+$/, '');
    return [name, await openSource({ name, location: file, bytes, contentHash: sha256Hex(bytes) }, nodeReaders())];
  });
  return new Map(await Promise.all(opened));
}

function compile(given: DataCase, sources: ReadonlyMap<string, Source>): SemanticManifest {
  const collection = loadCollection(given.collection, 'ac.yaml');
  const installation = loadInstallation(given.installation ?? installationOf(sources.keys()), 'installation.yaml');
  if (!collection.ok || !installation.ok) throw new Error(JSON.stringify([collection, installation]));
  const compiled = compileCollection({
    collection: collection.model,
    installation: installation.model,
    sources: [...sources.values()].map(({ name, kind, columns }) => ({ name, kind, columns })),
  });
  if (!compiled.ok) throw new Error(compiled.issues.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return compiled.manifest;
}

function installationOf(names: Iterable<string>): string {
  const sources = [...names].map((name) => `  ${name}: {path: ${name}.csv}`);
  return ['name: tests', 'sources:', ...sources, 'backend: {type: duckdb}', 'acs: [{path: collection/}]', ''].join(
    '\n',
  );
}

/** Declared types by physical column, as the schemas of a source bind them. */
function typesOf(manifest: SemanticManifest, source: string): ReadonlyMap<string, LogicalType> {
  const columns = manifest.schemas.filter((schema) => schema.source === source).flatMap((schema) => schema.columns);
  return new Map(columns.map(({ physical, type }) => [physical, type]));
}

function sourceNamed(sources: ReadonlyMap<string, Source>, name: string): Source {
  const source = sources.get(name);
  if (source === undefined) throw new Error(`the case has no source ${name}; it has ${[...sources.keys()].join(', ')}`);
  return source;
}

/** Loads what is named and not loaded yet; of a table without named columns, one column for its rows. */
async function loadColumns(
  backend: DataAPIBackend,
  source: Source,
  named: RequiredColumns[string],
  reports: Map<string, Map<string, ColumnCounts>>,
): Promise<void> {
  const known = reports.get(source.name) ?? new Map<string, ColumnCounts>();
  reports.set(source.name, known);
  const [first] = source.columns;
  const rows = first === undefined || known.size > 0 ? [] : [{ name: first.name, type: typeNamed(first.type) }];
  const missing = (named.length === 0 ? rows : named).filter(({ name }) => !known.has(name));
  if (missing.length === 0) return;
  const { batch, counts } = await source.read(missing);
  for (const count of counts) known.set(count.column, count);
  await backend.load({ table: source.name, columns: missing, ipc: encodeBatch(batch), rowCount: batch.rowCount });
}

function typeNamed(printed: string): LogicalType {
  const type = parseType(printed);
  if (type === undefined) throw new Error(`${printed} is no type`);
  return type;
}
