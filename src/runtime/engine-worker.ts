import type { Completions, Definition, Description, Formatted, Signature } from '../assist/assistance.ts';
import type { BackendName } from '../protocol/backend.ts';
import type {
  Answer,
  ArrowAnswer,
  CollectionIssue,
  CollectionSummary,
  CrossCheck,
  Diagnosis,
  EngineStatistics,
  EntrySummary,
  EvictionSummary,
  Explanation,
  OpenOptions,
  OutlinedText,
  Progress,
  QuestionOutline,
  Recommendation,
  RecommendationThresholds,
  RefreshReport,
  Refusal,
  ServedProfile,
  WrittenOutline,
} from './api.ts';

/** Addresses of what the engine worker loads itself; absolute. */
export interface WorkerAssets {
  readonly duckdbWorker: string;
  readonly duckdbEngineWorker: string;
  readonly duckdbWasm: string;
  readonly sqliteWorker: string;
  readonly sqliteWasm: string;
  readonly arqueroWorker: string;
  readonly parquetWasm: string;
  /** Own-origin folder that DuckDB is told to look for extensions in, so that it never asks another host. */
  readonly extensions: string;
}

/** `OpenOptions` as they cross to the worker: no functions; every URL absolute. */
export type WorkerOpenOptions = Omit<OpenOptions, 'onProgress' | 'assets'> & {
  readonly base: string;
  readonly assets: WorkerAssets;
};

/** Failures that reject a call, as data: `client.ts` turns them into typed errors. */
export type WireError =
  | { readonly kind: 'collection'; readonly message: string; readonly issues: readonly CollectionIssue[] }
  | { readonly kind: 'asset'; readonly message: string; readonly remedy: string }
  | { readonly kind: 'backend'; readonly message: string; readonly remedy: string }
  | { readonly kind: 'profile'; readonly message: string; readonly remedy: string }
  | { readonly kind: 'aborted'; readonly message: string }
  | { readonly kind: 'range'; readonly message: string }
  | { readonly kind: 'defect'; readonly message: string; readonly detail: string };

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** A query as it crosses: its id is what `cancel` names. */
export interface WireQuery {
  readonly id: number;
  readonly text: string;
  readonly format: 'json' | 'arrow';
  readonly backend: BackendName | null;
  readonly engine: boolean | null;
}

/** The contract of the engine worker, called through Comlink. Result columns cross as one transferred buffer. */
export interface EngineWorker {
  open(options: WorkerOpenOptions, onProgress: (event: Progress) => void): Promise<Outcome<CollectionSummary>>;
  query(
    query: WireQuery,
    onProgress: ((event: Progress) => void) | null,
    onReplaced: ((answer: Answer | ArrowAnswer | Refusal) => void) | null,
  ): Promise<Outcome<Answer | ArrowAnswer | Refusal | Explanation>>;
  explain(text: string): Promise<Outcome<Explanation | Refusal>>;
  /** Cancelled by its id, like a query. */
  crossCheck(
    id: number,
    text: string,
    onProgress: ((event: Progress) => void) | null,
  ): Promise<Outcome<CrossCheck | Refusal>>;
  /** Cancelled by its id, like a query. */
  profile(id: number, table: string, onProgress: ((event: Progress) => void) | null): Promise<Outcome<ServedProfile>>;
  cancel(id: number): void;
  check(text: string): Promise<Outcome<Diagnosis>>;
  complete(text: string, offset: number): Promise<Outcome<Completions | null>>;
  describe(text: string, offset: number): Promise<Outcome<Description | null>>;
  signature(text: string, offset: number): Promise<Outcome<Signature | null>>;
  format(text: string, offset: number): Promise<Outcome<Formatted>>;
  definition(text: string, offset: number): Promise<Outcome<Definition | null>>;
  outline(text: string): Promise<Outcome<OutlinedText | Refusal>>;
  write(outline: QuestionOutline): Promise<Outcome<WrittenOutline>>;
  summary(): Promise<Outcome<CollectionSummary>>;
  entries(): Promise<Outcome<readonly EntrySummary[]>>;
  statistics(): Promise<Outcome<EngineStatistics>>;
  evictions(): Promise<Outcome<readonly EvictionSummary[]>>;
  evict(selection: readonly string[] | null): Promise<Outcome<number>>;
  pin(key: string, on: boolean): Promise<Outcome<null>>;
  file(key: string): Promise<Outcome<Uint8Array>>;
  recommendations(thresholds: Partial<RecommendationThresholds>): Promise<Outcome<readonly Recommendation[]>>;
  /** Cancelled by its id, like a query. */
  refresh(id: number, onProgress: ((event: Progress) => void) | null): Promise<Outcome<RefreshReport>>;
  warmUp(): Promise<Outcome<null>>;
  /** Resolves when the warm-up that `open` began has ended. */
  warm(): Promise<Outcome<null>>;
  restartBackend(): Promise<Outcome<null>>;
  /** The backend that computes from now on where a question names none. */
  useBackend(name: BackendName): Promise<Outcome<null>>;
  use(collection: string): Promise<Outcome<CollectionSummary>>;
  /** Holds the Web Lock of the name as long as the worker lives; whether it does: not where there are no locks. */
  holdLife(name: string): Promise<boolean>;
  close(): Promise<void>;
}
