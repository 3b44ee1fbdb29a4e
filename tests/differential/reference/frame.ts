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
    }
  /** Past 127 bits on the way it depends on the order of the rows whether a sum is refused. */
  | { readonly kind: 'open' };
