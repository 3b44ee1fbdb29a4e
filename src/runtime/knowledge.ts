import { sha256Hex } from '../canon/fingerprint.ts';
import type { Attestation, Condition } from '../collection/attestation.ts';
import { conditionBasis } from '../collection/condition-basis.ts';
import { i4 } from '../collection/conditions.ts';
import type { LookupEdge, SemanticManifest } from '../collection/manifest.ts';
import type { EdgeMap } from '../compose/frame.ts';
import { type EntryList, qmKey } from '../engine/entry-list.ts';
import type { Step } from '../resolution/access.ts';
import { decodeEntry, encodeEntry } from '../sources/parquet/entry-codec.ts';

/** Runs checks; the only way that knowledge grows. */
export interface Checks {
  readonly verify: (condition: Condition) => Promise<Attestation>;
  readonly edge: (edge: LookupEdge) => Promise<{ readonly attestation: Attestation; readonly map: EdgeMap }>;
  /** Effective stability boundary that a check of the condition would apply now; null: none. */
  readonly boundary: (condition: Condition) => number | null;
}

interface StoredAttestation {
  readonly attestation: Attestation;
  /** Fingerprint of what the condition checked (collection/condition-basis). */
  readonly basis: string;
}

/** What has been found out about the data of one collection: attestations, and maps of its edges. */
export class Knowledge {
  private readonly manifest: SemanticManifest;
  private readonly hashOf: (source: string) => string | undefined;
  /** null: nothing is kept (the engine is off). */
  private readonly entries: EntryList | null;
  private readonly checks: Checks;
  private readonly known = new Map<string, Attestation>();
  /** Edge → its map, and the hash of the lookup that it was made of. */
  private readonly maps = new Map<string, { readonly map: EdgeMap; readonly hash: string | undefined }>();
  private readonly running = new Map<string, Promise<void>>();
  /** Keys of the entries of attestations that have been read. */
  private readonly read = new Set<string>();
  /** Grows with every attestation, so that plans made before can be told from those made after. */
  version = 0;

  constructor(
    manifest: SemanticManifest,
    hashOf: (source: string) => string | undefined,
    entries: EntryList | null,
    checks: Checks,
  ) {
    this.manifest = manifest;
    this.hashOf = hashOf;
    this.entries = entries;
    this.checks = checks;
  }

  /** Attestations that hold for the present bytes of every source they read. */
  get attestations(): ReadonlyMap<string, Attestation> {
    return this.known;
  }

  /** Reads what an earlier visit, or another tab, found out; what has been read already is not read again. */
  async load(): Promise<void> {
    let isNew = false;
    for (const row of this.entries?.qm('attestation', this.manifest.collection.name) ?? []) {
      if (this.read.has(row.key)) continue;
      this.read.add(row.key);
      const stored = await this.entries?.decoded(row, parseAttestations);
      for (const { attestation, basis } of stored ?? []) {
        const { condition } = attestation;
        // The key names schemas and edges; what they stand for may have changed in the YAML since.
        const isOfNow = basis === conditionBasis(this.manifest, condition) && this.holdsNow(attestation);
        if (!isOfNow || this.known.has(condition.key)) continue;
        this.known.set(condition.key, attestation);
        isNew = true;
      }
    }
    if (isNew) this.version += 1;
  }

  /** Forgets what rested on bytes that a source no longer has. */
  dropStale(): void {
    for (const [key, attestation] of this.known) {
      if (!this.holdsNow(attestation)) this.known.delete(key);
    }
    this.maps.clear();
    this.version += 1;
  }

  /** Runs the checks not yet run. Several askers of one condition share one check. */
  async attest(conditions: readonly Condition[], onStep: (condition: Condition) => void = () => {}): Promise<void> {
    let found = false;
    for (const condition of conditions) {
      if (this.known.has(condition.key)) continue;
      onStep(condition);
      const running = this.running.get(condition.key) ?? this.run(condition);
      this.running.set(condition.key, running);
      try {
        await running;
        found = true;
      } finally {
        this.running.delete(condition.key);
      }
    }
    if (found) await this.keep();
  }

  /**
   * Maps of the lookup edges among the steps, made of the lookups' bytes that `sourceHashes` names, else of the present
   * ones. With `compute`, a map that is not at hand is made (and its edge attested); without it, or where the lookup has
   * other bytes by now, the result is undefined then.
   */
  async edgeMaps(
    steps: readonly Step[],
    compute: boolean,
    sourceHashes: Readonly<Record<string, string>> = {},
  ): Promise<ReadonlyMap<string, EdgeMap> | undefined> {
    const maps = new Map<string, EdgeMap>();
    for (const step of steps) {
      if (step.kind === 'calendar' || maps.has(step.edge)) continue;
      const hash = sourceHashes[step.source] ?? this.hashOf(step.source);
      const map =
        this.heldMap(step.edge, hash) ??
        (await this.storedMap(step, hash)) ??
        (compute ? await this.makeMap(step.edge, hash) : undefined);
      if (map === undefined) return undefined;
      maps.set(step.edge, map);
    }
    return maps;
  }

  private heldMap(edge: string, hash: string | undefined): EdgeMap | undefined {
    const held = this.maps.get(edge);
    return held?.hash === hash ? held?.map : undefined;
  }

  private async run(condition: Condition): Promise<void> {
    const isEdge = condition.id === 'I4' && this.manifest.fdDag.some((edge) => edge.id === condition.edge);
    if (isEdge) await this.makeMap(condition.edge);
    else this.learn(await this.checks.verify(condition));
  }

  private learn(attestation: Attestation): void {
    this.known.set(attestation.condition.key, attestation);
    this.version += 1;
  }

  /** Makes an edge's map of its lookup's present bytes; undefined where those are not the ones wanted. */
  private async makeMap(edgeId: string, wanted?: string): Promise<EdgeMap | undefined> {
    const edge = this.manifest.fdDag.find((each) => each.id === edgeId);
    if (edge?.kind !== 'lookup') throw new RangeError(`manifest: there is no lookup edge ${edgeId}`);
    const { attestation, map } = await this.checks.edge(edge);
    this.learn(attestation);
    const { sourceHashes } = attestation;
    const hash = Object.values(sourceHashes)[0];
    this.maps.set(edgeId, { map, hash });
    const key = qmKey('edge', this.edgeSubject(edgeId), sourceHashes);
    const row = {
      kind: 'edge',
      subject: this.edgeSubject(edgeId),
      key,
      rows: map.pairs.rowCount,
      computeMilliseconds: 0,
      sourceHashes,
    } as const;
    await this.entries?.ingestQm(row, encodeEntry(map.pairs), 'parquet');
    return wanted === undefined || wanted === hash ? map : undefined;
  }

  private async storedMap(
    step: Extract<Step, { kind: 'lookup' }>,
    hash: string | undefined,
  ): Promise<EdgeMap | undefined> {
    const row = this.entries
      ?.qm('edge', this.edgeSubject(step.edge))
      .find((each) => each.sourceHashes[step.source] === hash);
    const pairs = row && (await this.entries?.decoded(row, decodeEntry));
    if (pairs === undefined) return undefined;
    const map = { edge: step.edge, pairs };
    this.maps.set(step.edge, { map, hash });
    return map;
  }

  /** Stores all attestations as one entry, then lets the earlier ones go. */
  private async keep(): Promise<void> {
    if (this.entries === null) return;
    // What another tab has found out meanwhile is kept with it.
    await this.load();
    const subject = this.manifest.collection.name;
    const earlier = this.entries.qm('attestation', subject).map((row) => row.key);
    const attestations = [...this.known.values()];
    const stored = attestations.map((attestation) => ({
      attestation,
      basis: conditionBasis(this.manifest, attestation.condition),
    }));
    const bytes = new TextEncoder().encode(JSON.stringify(stored));
    const sourceHashes = Object.assign({}, ...attestations.map((each) => each.sourceHashes)) as Record<string, string>;
    const key = qmKey('attestation', `${subject} ${sha256Hex(bytes)}`, sourceHashes);
    const row = {
      kind: 'attestation',
      subject,
      key,
      rows: attestations.length,
      computeMilliseconds: 0,
      sourceHashes,
    } as const;
    this.read.add(key);
    await this.entries.ingestQm(row, bytes, 'json');
    await this.entries.evict(earlier.filter((each) => each !== key));
  }

  /** An edge's map is of the very columns that the edge reads now. */
  private edgeSubject(edge: string): string {
    return `${edge} ${conditionBasis(this.manifest, i4(edge)) ?? ''}`;
  }

  /** Whether an attestation is of the present bytes, cut at the present boundary. */
  private holdsNow({ condition, sourceHashes, boundary }: Attestation): boolean {
    const present = Object.entries(sourceHashes).every(([source, hash]) => this.hashOf(source) === hash);
    return present && boundary === this.checks.boundary(condition);
  }
}

/** The stored form is our own JSON under a checksum; anything else in it is a fault of ours, and read as nothing. */
function parseAttestations(bytes: Uint8Array): readonly StoredAttestation[] {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return Array.isArray(parsed) ? parsed.filter(isStored) : [];
}

function isStored(value: unknown): value is StoredAttestation {
  return typeof value === 'object' && value !== null && 'attestation' in value && 'basis' in value;
}
