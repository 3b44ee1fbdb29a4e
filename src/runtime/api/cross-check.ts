import type { BackendName } from '../../protocol/backend.ts';
import type { Json } from './answer.ts';

/** An answer recomputed from the sources on every backend, and compared. */
export interface CrossCheck {
  readonly canonical: string;
  /** Whether all that answered agree, and more than one did; `error` tells of those that did not. */
  readonly agree: boolean;
  /** Doubles agree within `relative` of the larger + `sum` × Σ|x| of the series' own values; all else bit for bit. */
  readonly tolerance: { readonly relative: number; readonly sum: number };
  readonly backends: readonly CrossCheckedBackend[];
  /** The first of them, `differenceCount` in all. `series` null: the row itself; values: whether it is there. */
  readonly differences: readonly CrossCheckDifference[];
  readonly differenceCount: number;
  /** Rows that HAVING or LIMIT let in on one backend only, though all values agree within the tolerance. */
  readonly ties: readonly CrossCheckDifference[];
  readonly tieCount: number;
}

export interface CrossCheckDifference {
  readonly coordinate: readonly string[];
  readonly series: string | null;
  /** By backend. */
  readonly values: Readonly<Record<string, Json>>;
}

export interface CrossCheckedBackend {
  readonly name: BackendName;
  /** null: there is no Frame; the answer is a refusal, or it failed. */
  readonly row_count: number | null;
  /** What computing took, and before it starting and reading the sources. */
  readonly milliseconds: number;
  readonly startMilliseconds: number;
  /** SHA-256 over the rows of all columns but doubles. */
  readonly hash: string | null;
  /** The statements run, or the verbs. */
  readonly statement: string;
  /** Of the tables loaded, when it was done. */
  readonly bytesHeld: number;
  /** Why it gave no answer. */
  readonly error: string | null;
}
