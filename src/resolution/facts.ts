import type { Attestation, Condition } from '../collection/attestation.ts';
import type { DayNumber } from '../columns/calendar.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';

/** Why a source cannot be read, in words for a person. */
export interface UnreadableSource {
  readonly location: string;
  readonly reason: string;
  readonly remedy: string;
  /** Its bytes are not those that the installation names: both SHA-256; null: the trouble is another. */
  readonly changed: { readonly expected: string; readonly found: string } | null;
}

/** What is known when a query is resolved: snapshots of the sources, and the attestations that hold for them. */
export interface Facts {
  readonly snapshots: ReadonlyMap<string, SourceSnapshot>;
  readonly unreadable: ReadonlyMap<string, UnreadableSource>;
  /** By condition key; only those whose source hashes and boundary are the present ones. */
  readonly attestations: ReadonlyMap<string, Attestation>;
  /** The session's civil date, from which hold-offs count. */
  readonly asOf: DayNumber;
  /** The backend that would compute, the operators it binds, and those that the others bind. */
  readonly backend: {
    readonly name: string;
    readonly operators: ReadonlySet<OperatorName>;
    readonly others?: ReadonlyMap<string, ReadonlySet<OperatorName>>;
  };
}

/** What the facts say of a condition. */
export function statusOf(facts: Facts, condition: Condition): 'verified' | 'contradicted' | 'untested' {
  return facts.attestations.get(condition.key)?.status ?? 'untested';
}
