import type { Span } from '../canon/issue.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import type { Facts } from '../resolution/facts.ts';

/** What helping to write a question may know: what is declared, and what is known of the data. No data is read. */
export interface Known {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
}

export type CompletionKind =
  | 'family'
  | 'dimension'
  | 'attribute'
  | 'operator'
  | 'function'
  | 'window'
  | 'keyword'
  | 'column'
  | 'level'
  | 'schema'
  | 'bridge'
  | 'value';

/** One thing that could stand at a place. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Type or meaning in a few words; may be empty. */
  readonly detail: string;
  /** A sentence or two; may be empty. */
  readonly doc: string;
  /** What is typed for it, quoted where the name needs it. */
  readonly insert: string;
  /** Where the caret comes to stand, counted from the start of `insert`. */
  readonly caret: number;
  /** 0 fits best; items come in this order, and within a rank as they are listed. */
  readonly rank: number;
}

/** What could stand in the place of `from`…`to`: the word that is being typed, or nothing yet. */
export interface Completions extends Span {
  readonly items: readonly CompletionItem[];
}

/** What a word of the text means. */
export interface Description extends Span {
  readonly kind: CompletionKind;
  /** The name, or how it is written: `revenue`, `ROUND(x[, n])`. */
  readonly title: string;
  /** Its type; empty where it has none. */
  readonly type: string;
  readonly doc: string;
  /** What else is to be told, a line each: `formula` → `revenue - cost`. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** How the call around a place is written. `from`…`to` is the name of what is called. */
export interface Signature extends Span {
  /** `ROUND(x[, n])` */
  readonly label: string;
  readonly doc: string;
  /** Where each argument stands in the label. */
  readonly parameters: readonly Span[];
  /** The argument at the place; null: there are more arguments than it takes. */
  readonly active: number | null;
}

/** A question in its canonical form over lines, with the caret where it was; or why it stays as it is. */
export type Formatted =
  | { readonly ok: true; readonly text: string; readonly caret: number }
  | { readonly ok: false; readonly reason: string };

/** Where a name of the text is declared. */
export type Definition = Span & { readonly name: string } & (
    | {
        readonly kind: 'yaml';
        readonly file: string;
        /** Count from 1. */
        readonly line: number;
        readonly column: number;
        /** The lines of the declaration, whole, the first of them `line`. */
        readonly lines: readonly string[];
      }
    /** In the text itself: a name that WITH or AS gives. */
    | { readonly kind: 'text'; readonly at: Span }
  );
