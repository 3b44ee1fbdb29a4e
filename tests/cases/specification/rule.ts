import type { Cell } from '../case.ts';

/** A small installation that several rules are asked in. */
export interface World {
  readonly name: string;
  /** ac.yaml */
  readonly collection: string;
  /** source name → CSV text */
  readonly tables: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

/** One rule of the language in few words, a question that only this rule answers so, and that answer by hand. */
export type Rule = {
  readonly rule: string;
  readonly query: string;
} & (
  | {
      readonly rows: readonly (readonly Cell[])[];
      readonly columns?: readonly string[];
      /** Printed types of the columns. */
      readonly types?: readonly string[];
      /** Kinds of what must be disclosed, and nothing else. */
      readonly disclosed?: readonly string[];
    }
  | { readonly code: string; readonly others?: readonly string[] }
);
