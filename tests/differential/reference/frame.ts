import type { Value } from './value.ts';

/** The only right answer to a question. */
export type Expected =
  /** Every cause that there is: the first in the text speaks. */
  | { readonly kind: 'refused'; readonly codes: ReadonlySet<string> }
  | {
      readonly kind: 'frame';
      readonly columns: readonly string[];
      /** Places of the anchor's columns: a row's coordinate. */
      readonly anchor: readonly number[];
      readonly rows: readonly (readonly Value[])[];
      /** The rows before HAVING and LIMIT, for an answer in which the tolerance of doubles decides which remain. */
      readonly all: readonly (readonly Value[])[];
      readonly isTied: boolean;
      /** Codes with which it may be refused too. */
      readonly orRefused: ReadonlySet<string>;
    }
  /** The order of the rows, or the last bits of a backend's own doubles, decide. */
  | { readonly kind: 'open'; readonly why: string; readonly orRefused: ReadonlySet<string> };
