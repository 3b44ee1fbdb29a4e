import type { Completions, Definition, Description, Formatted, Signature } from '../assist/assistance.ts';
import type { QuestionOutline } from '../builder/outline.ts';
import type { WrittenOutline } from '../builder/statement-of.ts';
import type { Recommendation, RecommendationThresholds } from '../engine/recommendation.ts';
import type { BackendName } from '../protocol/backend.ts';
import type { Answer, ArrowAnswer, Refusal } from './api/answer.ts';
import type { CollectionSummary } from './api/collection-summary.ts';
import type { CrossCheck } from './api/cross-check.ts';
import type { EngineStatistics, EntrySummary, EvictionSummary } from './api/engine-summary.ts';
import type { Diagnosis, Explanation } from './api/explanation.ts';
import type { OutlinedText } from './api/outlined-text.ts';
import type { RefreshReport } from './api/refresh-report.ts';
import type { ServedProfile } from './api/served-profile.ts';

/** Everything that crosses between a page and Coframe: the package's types and the contract of the engine worker. */

export type {
  CompletionItem,
  CompletionKind,
  Completions,
  Definition,
  Description,
  Formatted,
  Signature,
} from '../assist/assistance.ts';
export type { BuilderChoices, FamilyChoice, NameChoice, OperatorChoice } from '../builder/choices.ts';
export type {
  OutlineItem,
  OutlineKey,
  OutlinePoint,
  OutlineTerm,
  OutlineValue,
  QuestionOutline,
  TextCondition,
} from '../builder/outline.ts';
export type { OutlineFault, WrittenOutline } from '../builder/statement-of.ts';
export type { Recommendation, RecommendationThresholds } from '../engine/recommendation.ts';
export type { ServedOverTime } from '../engine/served-series.ts';
export type {
  ColumnProfile,
  Dependencies,
  Dependency,
  HistogramBin,
  KindHint,
  ProfileValue,
  TableProfile,
  ValueCount,
} from '../profiling/profile.ts';
export type * from './api/answer.ts';
export type * from './api/collection-summary.ts';
export type * from './api/cross-check.ts';
export type * from './api/engine-summary.ts';
export type * from './api/explanation.ts';
export type * from './api/outlined-text.ts';
export type * from './api/provenance.ts';
export type * from './api/refresh-report.ts';
export type * from './api/served-profile.ts';

/** What `open` takes. A string is always a URL; text is `{text}`; bytes are bytes. */
export interface OpenOptions {
  readonly installation: string | TextInput;
  /** `acs[].path` as written → where it is; otherwise fetched relative to the installation. */
  readonly collections?: Readonly<Record<string, string | TextInput>>;
  /** Source path as written → URL, bytes or text; otherwise fetched. */
  readonly files?: Readonly<Record<string, string | Blob | ArrayBuffer | Uint8Array | TextInput>>;
  /** What relative paths in given text resolve against; default: the page. */
  readonly base?: string;
  /** Where the build's workers and WASM lie; default: beside the script. */
  readonly assets?: string;
  readonly backend?: BackendName;
  /** Second axis of the opt-in; default true. */
  readonly engine?: boolean;
  readonly store?: 'opfs' | 'memory';
  readonly warmUp?: 'await' | 'background' | 'off';
  readonly onProgress?: (event: Progress) => void;
}

export interface TextInput {
  readonly text: string;
}

/** One step of the boot log or of a long run. `id` is stable: a later event of the same id replaces the earlier. */
export interface Progress {
  readonly id: string;
  readonly phase: 'collection' | 'source' | 'backend' | 'warm-up' | 'verification' | 'refresh' | 'query' | 'profile';
  readonly label: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Bytes, rows or steps done, and their total where it is known. */
  readonly done: number | null;
  readonly total: number | null;
  readonly unit: 'bytes' | 'rows' | 'steps' | null;
  readonly milliseconds: number | null;
  readonly detail: string | null;
}

export interface QueryOptions {
  readonly backend?: BackendName;
  readonly engine?: boolean;
  readonly format?: 'json' | 'arrow';
  readonly signal?: AbortSignal;
  /** Called when a source whose bytes were being compared turned out to have others than the answer assumed. */
  readonly onReplaced?: (answer: Answer | ArrowAnswer | Refusal) => void;
  readonly onProgress?: (event: Progress) => void;
}

export interface ProfileOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
}

export interface CrossCheckOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
}

export interface RefreshOptions {
  /** Stops what is left to recompute; what was recomputed by then stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: Progress) => void;
}

/** A session as the page and the package hold it. */
export interface Session {
  /** A text that begins with EXPLAIN resolves to an explanation; no other does. */
  query(
    text: string,
    options: QueryOptions & { readonly format: 'arrow' },
  ): Promise<ArrowAnswer | Refusal | Explanation>;
  query(text: string, options?: QueryOptions & { readonly format?: 'json' }): Promise<Answer | Refusal | Explanation>;
  /** What would happen if the text were asked now, with or without EXPLAIN before it; touches no data. */
  explain(text: string): Promise<Explanation | Refusal>;
  /** Plan only: diagnostics for an editor, the preview for a page. Touches no data. */
  check(text: string): Promise<Diagnosis>;
  /** The text as choices for a form, whether or not it would be answered; a refusal of what is no statement. */
  outline(text: string): Promise<OutlinedText | Refusal>;
  /** The text that says what an outline says. */
  write(outline: QuestionOutline): Promise<WrittenOutline>;
  /** What could stand at an offset of a text, finished or not; null where nothing can be told. Touches no data. */
  complete(text: string, offset: number): Promise<Completions | null>;
  /** What the word at an offset means. */
  describe(text: string, offset: number): Promise<Description | null>;
  /** How the call around an offset is written, with the argument there. */
  signature(text: string, offset: number): Promise<Signature | null>;
  /** The text in its canonical form over lines, and where a caret at an offset comes to stand. */
  format(text: string, offset: number): Promise<Formatted>;
  /** Where the name at an offset is declared: in the collection's YAML, or in the text itself. */
  definition(text: string, offset: number): Promise<Definition | null>;
  /** Recomputes the answer on every backend, from the sources and never from entries; a refusal where there is none. */
  crossCheck(text: string, options?: CrossCheckOptions): Promise<CrossCheck | Refusal>;
  /**
   * What the rows of a table say of its columns: computed once for its source's bytes, then read from the store. No
   * backend starts for it. `table`: the name of a source, or of a schema. Rejects with `ProfileError`.
   */
  profile(table: string, options?: ProfileOptions): Promise<ServedProfile>;
  readonly collection: CollectionSummary;
  /** The summary as it is now (edge and source states change as checks run). */
  summary(): Promise<CollectionSummary>;
  readonly engine: {
    entries(): Promise<readonly EntrySummary[]>;
    statistics(): Promise<EngineStatistics>;
    /** The last entries that went to make room in this session, the latest first. */
    evictions(): Promise<readonly EvictionSummary[]>;
    /** Without a selection: every entry. Returns how many went. */
    evict(selection?: readonly string[]): Promise<number>;
    pin(key: string, on: boolean): Promise<void>;
    file(key: string): Promise<Blob>;
    /** Looks at the sources again, drops entries that no present source could serve, and makes them anew, finest first. */
    refresh(options?: RefreshOptions): Promise<RefreshReport>;
    warmUp(): Promise<void>;
    /**
     * Anchors that no `cache_hint` declares and that are asked for often, each with the YAML to paste. Thresholds left out
     * are 100 hits, 7 days and 1 hit a day. Rejects with a `RangeError` for one that is negative or not finite.
     */
    recommendations(thresholds?: Partial<RecommendationThresholds>): Promise<readonly Recommendation[]>;
  };
  /** Resolves when warm-up has ended, whatever its outcome. */
  readonly warm: Promise<void>;
  restartBackend(): Promise<void>;
  /** Lets another backend compute from now on; what is stored serves all the same. */
  useBackend(name: BackendName): Promise<void>;
  use(collection: string): Promise<void>;
  close(): Promise<void>;
}

/** What the page's script puts on `globalThis.coframe`. */
export interface CoframeGlobal {
  open(options: OpenOptions): Promise<Session>;
  session?: Session;
  query(text: string): Promise<Answer | Refusal | Explanation>;
}
