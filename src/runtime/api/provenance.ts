import type { VerificationLevel } from '../../collection/attestation.ts';
import type { BackendName } from '../../protocol/backend.ts';
import type { CrossCheck } from './cross-check.ts';

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
    /** Nothing proves that the source still has these bytes: see the disclosure. */
    readonly assumed: boolean;
    /**
     * Milliseconds since the source was last proven to have these bytes: by themselves, or by its server's strong tag. null
     * where a stated hash says which they are, where the source was given with `open`, and where nothing has proven it yet.
     */
    readonly provenMilliseconds: number | null;
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
