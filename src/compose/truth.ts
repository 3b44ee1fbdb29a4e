import type { Column, NumberColumn } from '../columns/column.ts';
import { BOOL } from '../columns/logical-type.ts';

/** Three-valued truths, one byte a row: 0 FALSE, 1 TRUE, 2 unknown (NULL). */
export type Truths = Uint8Array;

export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** Row `left`, column `right`, three a row (Kleene's strong logic, as in SQL). */
const AND = Uint8Array.of(0, 0, 0, 0, 1, 2, 0, 2, 2);
const OR = Uint8Array.of(0, 1, 2, 1, 1, 1, 2, 1, 2);
const NOT = Uint8Array.of(1, 0, 2);

/** `left AND right`, row by row. */
export function andTruths(left: Truths, right: Truths): Truths {
  return combine(AND, left, right);
}

/** `left OR right`, row by row. */
export function orTruths(left: Truths, right: Truths): Truths {
  return combine(OR, left, right);
}

/** `NOT truths`, row by row. */
export function notTruths(truths: Truths): Truths {
  const result = new Uint8Array(truths.length);
  for (let i = 0; i < result.length; i++) result[i] = NOT[truths[i] ?? UNKNOWN] ?? UNKNOWN;
  return result;
}

/** 1 where the row is TRUE, 0 where it is FALSE or unknown. */
export function trueMask(truths: Truths): Uint8Array {
  const mask = new Uint8Array(truths.length);
  for (let i = 0; i < mask.length; i++) mask[i] = truths[i] === TRUE ? 1 : 0;
  return mask;
}

/** The truths of a boolean column. */
export function truthsOf(column: Column): Truths {
  switch (column.form) {
    case 'dictionary': {
      const { codes, values } = column;
      const truths = new Uint8Array(codes.length);
      for (let i = 0; i < truths.length; i++) {
        const code = codes[i] ?? -1;
        truths[i] = code < 0 ? UNKNOWN : values[code] === true ? TRUE : FALSE;
      }
      return truths;
    }
    case 'number': {
      const { values, valid } = column;
      const truths = new Uint8Array(values.length);
      for (let i = 0; i < truths.length; i++) {
        truths[i] = valid !== null && valid[i] === 0 ? UNKNOWN : values[i] === 0 ? FALSE : TRUE;
      }
      return truths;
    }
    case 'bigint':
      throw new TypeError('expression: a bool column in bigint form; expected number or dictionary form');
  }
}

/** The boolean column of truths: unknown is NULL. */
export function truthColumn(truths: Truths): NumberColumn {
  const values = new Float64Array(truths.length);
  const valid = new Uint8Array(truths.length);
  let unknown = 0;
  for (let i = 0; i < truths.length; i++) {
    const truth = truths[i] ?? UNKNOWN;
    values[i] = truth === TRUE ? 1 : 0;
    valid[i] = truth === UNKNOWN ? 0 : 1;
    if (truth === UNKNOWN) unknown++;
  }
  return { form: 'number', type: BOOL, values, valid: unknown === 0 ? null : valid };
}

function combine(table: Uint8Array, left: Truths, right: Truths): Truths {
  const result = new Uint8Array(left.length);
  for (let i = 0; i < result.length; i++)
    result[i] = table[3 * (left[i] ?? UNKNOWN) + (right[i] ?? UNKNOWN)] ?? UNKNOWN;
  return result;
}
