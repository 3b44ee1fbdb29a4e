import type { VerificationLevel } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { StateName } from '../operators/state.ts';
import type { Access } from '../resolution/access.ts';

/** What every row of the entry list has, whatever its domain. Plain data: it is stored in IndexedDB as it is. */
interface StoredRow {
  /** Entry key: fingerprint of everything the content depends on. */
  readonly key: string;
  readonly rows: number;
  /** Length of the file in bytes, and SHA-256 of it (64 hex digits). */
  readonly bytes: number;
  readonly checksum: string;
  /** Path of the file below the store's root; immutable: a path is never written twice with different bytes. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly computeMilliseconds: number;
  /** source name → content hash of every source that the content was computed from. */
  readonly sourceHashes: Readonly<Record<string, string>>;
}

/** One memoised state of one input at one anchor under one filter. */
export interface MetricRow extends StoredRow {
  readonly domain: 'metric';
  readonly stateKey: string;
  readonly family: string | null;
  readonly schema: string;
  readonly state: StateName;
  readonly inputType: LogicalType | null;
  /** Sorted dimension names, and how each is reached from the schema's rows. */
  readonly anchor: readonly { readonly name: string; readonly type: LogicalType; readonly access: Access }[];
  readonly filter: readonly {
    readonly key: string;
    readonly expression: Expression;
    readonly names: readonly string[];
  }[];
  readonly boundary: number | null;
  readonly conditions: readonly string[];
  readonly verificationLevel: VerificationLevel;
  readonly notFurtherRollable: boolean;
  /** Entry key, or the backend's name. */
  readonly derivedFrom: string;
  readonly hinted: boolean;
  /** Canonical text of the question that it was made for, by which it can be made again; null: it is not known. */
  readonly question: string | null;
}

/** What is known of the data itself: edge maps, attestations, profiles, and the snapshots of sources as last seen. */
export interface QmRow extends StoredRow {
  readonly domain: 'qm';
  readonly kind: 'edge' | 'attestation' | 'source' | 'profile';
  /** Edge id, collection name (all its attestations together), address of a source, or name of the source profiled. */
  readonly subject: string;
}

export type EntryRow = MetricRow | QmRow;

/** How often an entry has been used, and since when not; or what a tab has counted since it last told the store. */
export interface CountedUse {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly lastAccess: number;
  readonly accessCount: number;
  /**
   * Accesses by a question that had read the family at this anchor and filter already, in another state or once more: the
   * sum and the count of an average are one question. Absent: none.
   */
  readonly besideCount?: number;
  readonly millisecondsSaved: number;
}

/** How an entry has been used; kept apart from the row, because it changes. */
export interface EntryUse extends CountedUse {
  /** A person's word, not to be counted over: a tab may not know what another has pinned. */
  readonly pinned: boolean;
}

/** A fault that the engine survived. Counted by kind and shown to people in words. */
export interface EngineFault {
  readonly kind:
    | 'file_missing'
    | 'file_truncated'
    | 'file_corrupt'
    | 'file_unreadable'
    | 'row_invalid'
    | 'write_failed'
    | 'quota_exceeded'
    | 'storage_unavailable'
    | 'storage_silent'
    | 'store_newer'
    | 'lock_timed_out';
  /** The entry concerned; null where there is none. */
  readonly key: string | null;
  readonly detail: string;
}
