import type { VerificationLevel } from '../../collection/attestation.ts';
import type { BackendName } from '../../protocol/backend.ts';
import type { Refusal } from './answer.ts';
import type { Provenance } from './provenance.ts';

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

/** A plan from what is shown to where it is read. */
export interface PlanGraph {
  readonly nodes: readonly PlanNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

export interface PlanNode {
  readonly id: string;
  readonly kind: 'series' | 'window' | 'reduction' | 'replica' | 'atom' | 'entry' | 'schema';
  readonly label: string;
  readonly detail: string;
}

/** Result of checking a text while it is typed. */
export type Diagnosis =
  | { readonly ok: true; readonly preview: Preview }
  | { readonly ok: false; readonly refusal: Refusal };
