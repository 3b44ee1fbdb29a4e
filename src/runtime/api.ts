import type { Completions, Definition, Description, Formatted, Signature } from '../assist/assistance.ts';
import type { BuilderChoices } from '../builder/choices.ts';
import type { QuestionOutline } from '../builder/outline.ts';
import type { WrittenOutline } from '../builder/statement-of.ts';
import type { Span } from '../canon/issue.ts';
import type { VerificationLevel } from '../collection/attestation.ts';
import type { Recommendation, RecommendationThresholds } from '../engine/recommendation.ts';
import type { ServedOverTime } from '../engine/served-series.ts';
import type { TableProfile } from '../profiling/profile.ts';
import type { BackendName } from '../protocol/backend.ts';

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

export type { Recommendation, RecommendationThresholds } from '../engine/recommendation.ts';
export type { ServedOverTime } from '../engine/served-series.ts';

export type ServedFrom = 'engine_cache' | 'engine_mixed' | 'engine_backend' | 'backend';
export type Mood = 'serve' | 'disclose' | 'clarify' | 'refuse';
export type Json = string | number | boolean | null;

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
  /** Called when the source turned out to have changed after an answer that assumed it had not. */
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

/** What a refresh found and did. */
export interface RefreshReport {
  readonly sources: readonly {
    readonly name: string;
    /**
     * `same`: proven by the server or by the bytes themselves. `changed`: read anew. `assumed`: its server proves nothing
     * and its bytes could not be fetched. `unreadable`: it cannot be read. `stated`: its hash is, and it is not asked for.
     */
    readonly state: 'same' | 'changed' | 'assumed' | 'unreadable' | 'stated';
  }[];
  /** Entries that no present source, or no present declaration, could serve. */
  readonly dropped: readonly RefreshedEntry[];
  /** Those that took their place, finest first. */
  readonly recomputed: readonly (RefreshedEntry & {
    readonly path: 'exact' | 'rollup' | 'backend';
    readonly milliseconds: number;
  })[];
  readonly notRecomputed: readonly (RefreshedEntry & { readonly reason: string })[];
  /** Files swept that no entry named. */
  readonly swept: number;
  readonly milliseconds: number;
}

/** An entry by what it holds. */
export interface RefreshedEntry {
  readonly key: string;
  readonly family: string | null;
  readonly state: string;
  readonly anchor: readonly string[];
  readonly filter: string | null;
}

export interface Disclosure {
  readonly code:
    | 'blocked_reduction'
    | 'contradicted_condition'
    | 'rows_outside_path'
    | 'approximate'
    | 'held_off_rows'
    | 'membership_excess'
    | 'nulls_skipped'
    | 'source_assumed_unchanged'
    | 'storage_full'
    | 'window_cut';
  readonly critical: boolean;
  readonly message: string;
  readonly parameters: Readonly<Record<string, Json>>;
}

/** How one series came to be. */
export interface SeriesProvenance {
  readonly series: string;
  readonly atoms: readonly AtomProvenance[];
}

export interface AtomProvenance {
  readonly key: string;
  readonly family: string | null;
  readonly state: string;
  readonly anchor: readonly string[];
  readonly schema: string;
  readonly path: 'exact' | 'rollup' | 'backend';
  /** Entry read, with its age in milliseconds; null from a backend. */
  readonly entry: {
    readonly key: string;
    readonly anchor: readonly string[];
    readonly rows: number;
    readonly bytes: number;
    readonly ageMilliseconds: number;
    readonly tier: 'memory' | 'file';
  } | null;
  /** Edges climbed, e.g. `store→region via stores`. */
  readonly steps: readonly string[];
  readonly statement: string | null;
  readonly rowsScanned: number | null;
  readonly milliseconds: number;
  /** Why the cheaper paths were not possible. */
  readonly notCheaper: readonly string[];
}

export interface ConditionSummary {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly status: 'verified' | 'contradicted' | 'untested';
  readonly counts: Readonly<Record<string, number>>;
}

export interface Provenance {
  readonly manifestFingerprint: string;
  readonly planFingerprint: string;
  readonly canonical: string;
  readonly series: readonly SeriesProvenance[];
  /** Series that are formulas over others: name → formula. */
  readonly derived: Readonly<Record<string, string>>;
  readonly decisions: readonly {
    readonly domain: string;
    readonly subject: string;
    readonly chosen: string;
    readonly alternatives: readonly { readonly name: string; readonly reason: string }[];
  }[];
  readonly sources: readonly {
    readonly name: string;
    readonly contentHash: string;
    readonly rows: number;
    readonly assumed: boolean;
  }[];
  readonly conditions: readonly ConditionSummary[];
  readonly lineage: Readonly<Record<string, readonly string[]>>;
  readonly level: VerificationLevel;
  /** The last cross-check of this very plan over these very sources in this session; null: there was none. */
  readonly crossCheck: CrossCheck | null;
  readonly backend: BackendName;
  /** Which axis of the opt-in is off: `installation`, `session`, `query`; null when the engine is on. */
  readonly engineOff: 'installation' | 'session' | 'query' | null;
  readonly milliseconds: {
    readonly plan: number;
    readonly serve: number;
    readonly compose: number;
    readonly total: number;
  };
}

interface AnswerCommon {
  readonly ac_name: string;
  readonly row_count: number;
  readonly served_from: ServedFrom;
  readonly mood: 'serve' | 'disclose';
  readonly level: VerificationLevel;
  readonly disclosures: readonly Disclosure[];
  readonly provenance: Provenance;
}

/** JSON form: rows are arrays in column order; dates ISO text, periods printed, integers beyond 2^53 strings. */
export interface Answer extends AnswerCommon {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** Arrow form: one IPC stream; each field's metadata has `coframe.type` (printed type), `coframe.level` for periods, `coframe.role` anchor | determined | series. */
export interface ArrowAnswer extends AnswerCommon {
  readonly ipc: ArrayBuffer;
}

export interface Refusal {
  readonly ac_name: string;
  readonly mood: 'clarify' | 'refuse';
  readonly code: string;
  readonly message: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly span: Span;
  readonly witness?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Json[])[] };
  readonly others: readonly { readonly code: string; readonly message: string; readonly span: Span }[];
  readonly remedies: readonly { readonly label: string; readonly query: string }[];
}

/** What is about to be asked, told without touching data: the true plan that the page shows while it starts. */
export interface Preview {
  readonly canonical: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly role: 'anchor' | 'determined' | 'series';
  }[];
  /** Plain sentences, in order: read, climb, sum … with a muted detail. */
  readonly steps: readonly { readonly text: string; readonly detail: string }[];
}

/** What would happen if a text were asked now; nothing has been read for it. */
export interface Explanation {
  readonly ac_name: string;
  readonly mood: 'explain';
  readonly canonical: string;
  readonly columns: Preview['columns'];
  readonly steps: Preview['steps'];
  readonly atoms: readonly ExplainedAtom[];
  /** The schema chosen for each series, and why the others lost. */
  readonly schemas: Provenance['decisions'];
  readonly proofs: readonly {
    readonly kind: string;
    readonly subject: string;
    readonly basis: 'declared' | 'attested' | 'construction';
    readonly holds: boolean;
  }[];
  /** Conditions in words that are not yet attested, and would be before a number is read. */
  readonly missing: readonly string[];
  /** How far an answer would be proven by what is known now. */
  readonly level: VerificationLevel;
  readonly statements: readonly ExplainedStatement[];
  readonly graph: PlanGraph;
  /** The backend that would compute. */
  readonly backend: string;
}

/** One state that the answer needs, and the way it would come now. */
export interface ExplainedAtom {
  readonly key: string;
  readonly label: string;
  /** The columns of the answer that it is part of. */
  readonly series: readonly string[];
  readonly family: string | null;
  readonly state: string;
  readonly input: string | null;
  readonly anchor: readonly string[];
  readonly filter: string | null;
  readonly schema: string;
  /** Rows of that schema's source. */
  readonly rows: number;
  readonly route: {
    readonly path: 'exact' | 'rollup' | 'backend';
    readonly entry: {
      readonly key: string;
      readonly anchor: readonly string[];
      readonly rows: number;
      readonly bytes: number;
    } | null;
    readonly steps: readonly string[];
    /** Why the cheaper paths are not possible. */
    readonly notCheaper: readonly string[];
  };
  /** Whether the engine keeps it for next time. */
  readonly isKept: boolean;
}

/** What one backend would be sent for some of the atoms. */
export interface ExplainedStatement {
  readonly backend: BackendName;
  readonly isDefault: boolean;
  readonly atoms: readonly string[];
  readonly text: string;
  /** Inputs whose distinct values are read first, since a text or date function of them stands in the statement. */
  readonly tabulated: readonly string[];
}

export interface PlanNode {
  readonly id: string;
  readonly kind: 'series' | 'window' | 'reduction' | 'replica' | 'atom' | 'entry' | 'schema';
  readonly label: string;
  readonly detail: string;
}

/** A plan from what is shown to where it is read. */
export interface PlanGraph {
  readonly nodes: readonly PlanNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

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

/** A profile, and where it came from. */
export interface ServedProfile extends TableProfile {
  /** Read from the store, or computed for this call or one that it shared. */
  readonly origin: 'stored' | 'computed';
  /** The source is assumed to have the bytes still that were profiled; they are being compared. */
  readonly assumed: boolean;
}

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

/** A text as choices for a form, with what may be chosen next. */
export interface OutlinedText {
  readonly outline: QuestionOutline;
  readonly choices: BuilderChoices;
  /** The columns of the answer; `type` null while the question is refused. */
  readonly columns: readonly { readonly name: string; readonly type: string | null; readonly level: string | null }[];
  /** Writing the outline would lose comments. */
  readonly hasComments: boolean;
}

/** Result of checking a text while it is typed. */
export type Diagnosis =
  | { readonly ok: true; readonly preview: Preview }
  | { readonly ok: false; readonly refusal: Refusal };

export interface CollectionSummary {
  readonly installation: string;
  readonly name: string;
  readonly description: string;
  readonly collections: readonly string[];
  readonly manifestFingerprint: string;
  readonly families: readonly {
    readonly name: string;
    readonly description: string;
    readonly kind: 'root' | 'derived';
    readonly type: string;
    readonly formula: string | null;
    readonly reducers: readonly string[];
    readonly blocked: readonly string[];
    readonly schema: string | null;
  }[];
  readonly dimensions: readonly {
    readonly name: string;
    readonly type: string;
    readonly family: string;
    readonly level: string | null;
  }[];
  readonly attributes: readonly { readonly name: string; readonly of: string; readonly type: string }[];
  readonly edges: readonly {
    readonly id: string;
    readonly child: string;
    readonly parent: string;
    readonly via: string | null;
    readonly status: 'holds' | 'contradicted' | 'untested' | 'construction';
  }[];
  readonly schemas: readonly { readonly name: string; readonly source: string; readonly grain: readonly string[] }[];
  readonly sources: readonly {
    readonly name: string;
    readonly location: string;
    readonly rows: number | null;
    readonly bytes: number | null;
    readonly contentHash: string | null;
    readonly state: 'published' | 'verified' | 'failed';
    readonly reason: string | null;
  }[];
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly engineOff: 'installation' | 'session' | null;
  readonly engineHint: string | null;
}

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

/** A problem in the YAML, with its place. */
export interface CollectionIssue {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What the page's script puts on `globalThis.coframe`. */
export interface CoframeGlobal {
  open(options: OpenOptions): Promise<Session>;
  session?: Session;
  query(text: string): Promise<Answer | Refusal | Explanation>;
}
