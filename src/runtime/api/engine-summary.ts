import type { VerificationLevel } from '../../collection/attestation.ts';
import type { ServedOverTime } from '../../engine/served-series.ts';
import type { BackendName } from '../../protocol/backend.ts';

/** One stored state. */
export interface EntrySummary {
  readonly key: string;
  readonly domain: 'metric' | 'qm';
  readonly family: string | null;
  readonly state: string;
  readonly anchor: readonly string[];
  readonly schema: string;
  readonly filter: string | null;
  readonly rows: number;
  readonly bytes: number;
  readonly checksum: string;
  readonly path: string;
  readonly createdAt: number;
  readonly lastAccess: number;
  readonly accessCount: number;
  readonly computeMilliseconds: number;
  readonly millisecondsSaved: number;
  /** null in the domain `qm`: levels rest on what was found out about the data, which has none itself. */
  readonly verificationLevel: VerificationLevel | null;
  readonly notFurtherRollable: boolean;
  /** Entry key, or the backend's name. */
  readonly derivedFrom: string;
  readonly hinted: boolean;
  readonly pinned: boolean;
  readonly sourceHashes: Readonly<Record<string, string>>;
}

/** An entry that went to make room. */
export interface EvictionSummary {
  readonly key: string;
  /** null in the domain `qm`. */
  readonly family: string | null;
  readonly state: string;
  readonly anchor: readonly string[];
  readonly filter: string | null;
  readonly bytes: number;
  /** Milliseconds that it takes to have it again. */
  readonly milliseconds: number;
  /** Anchor of the entry that it is rolled up from then; null: the backend computes it anew. */
  readonly from: readonly string[] | null;
  readonly accessCount: number;
  readonly lastAccess: number;
  readonly at: number;
  /** Where there was no room: in the budget, or in what the browser gives. */
  readonly reason: 'budget' | 'storage';
}

export interface EngineStatistics {
  readonly compiles: number;
  readonly backendStatements: number;
  readonly hits: { readonly exact: number; readonly rollup: number };
  readonly misses: number;
  /** Hits and misses of this session by when they were served, warm-up included. */
  readonly served: ServedOverTime;
  readonly bytes: number;
  readonly budget: number;
  readonly millisecondsSaved: number;
  readonly store: { readonly kind: 'opfs' | 'indexeddb' | 'memory'; readonly words: string };
  /** Faults that were survived, by kind, with a sentence each. */
  readonly faults: readonly { readonly kind: string; readonly count: number; readonly message: string }[];
  readonly warmUp: { readonly done: number; readonly total: number; readonly running: boolean };
  /** The backend that computes where a question names none. */
  readonly backend: BackendStatistics;
  readonly backends: readonly BackendStatistics[];
  /** Requests to other origins seen by workers. */
  readonly foreignRequests: number;
}

/** What is to be told of one backend; an idle one has not even been fetched. */
export interface BackendStatistics {
  readonly name: BackendName;
  readonly state: 'idle' | 'starting' | 'ready' | 'failed';
  readonly bytesHeld: number;
  /** Why it failed, while it has. */
  readonly reason: string | null;
  /** What the parity gate found, once it has been run: operators that gave every golden answer, of those it binds. */
  readonly parity: { readonly probed: number; readonly total: number } | null;
}
