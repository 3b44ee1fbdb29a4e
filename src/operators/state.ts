import { INT64, type LogicalType } from '../columns/logical-type.ts';

/**
 * What a backend computes per group. An operator is finished from one or more states; a state is the unit that the
 * metric engine stores.
 */
export type StateName = 'sum' | 'count' | 'rows' | 'min' | 'max' | 'median' | 'distinct' | 'coordinates';

/** How two states of one group become the state of their union. */
export type Merge = 'add' | 'min' | 'max' | 'union';

export interface StateDefinition {
  readonly name: StateName;
  /** Whether it reads an input expression; `rows` and `coordinates` do not. */
  readonly hasInput: boolean;
  /** The state's columns for an input of a type (any type where it has none). Names are unique within the state. */
  readonly columns: (input: LogicalType) => readonly { readonly name: string; readonly type: LogicalType }[];
  /** null: two states cannot be merged, so the state never rolls up. */
  readonly merge: Merge | null;
  /** Value over no rows. */
  readonly empty: 'null' | 'zero';
  readonly doc: string;
}

const own = (name: string) => (input: LogicalType) => [{ name, type: input }];
const integer = (name: string) => () => [{ name, type: INT64 }];

/** One row a state. NULL inputs are skipped by every state; `sum`, `min`, `max` and `median` of none are NULL. */
export const STATES: { readonly [Name in StateName]: StateDefinition & { readonly name: Name } } = {
  sum: {
    name: 'sum',
    hasInput: true,
    columns: own('sum'),
    merge: 'add',
    empty: 'null',
    doc: 'Sum of the non-null inputs; exact (128-bit while aggregating) for int64 and decimal.',
  },
  count: {
    name: 'count',
    hasInput: true,
    columns: integer('count'),
    merge: 'add',
    empty: 'zero',
    doc: 'Number of non-null inputs.',
  },
  rows: {
    name: 'rows',
    hasInput: false,
    columns: integer('rows'),
    merge: 'add',
    empty: 'zero',
    doc: 'Number of rows.',
  },
  min: {
    name: 'min',
    hasInput: true,
    columns: own('min'),
    merge: 'min',
    empty: 'null',
    doc: 'Smallest non-null input.',
  },
  max: {
    name: 'max',
    hasInput: true,
    columns: own('max'),
    merge: 'max',
    empty: 'null',
    doc: 'Largest non-null input.',
  },
  median: {
    name: 'median',
    hasInput: true,
    columns: (input) => [
      { name: 'low', type: input },
      { name: 'high', type: input },
    ],
    merge: null,
    empty: 'null',
    doc: 'The two middle order statistics of the non-null inputs; equal where their number is odd.',
  },
  distinct: {
    name: 'distinct',
    hasInput: true,
    columns: integer('distinct'),
    merge: null,
    empty: 'zero',
    doc: 'Number of distinct non-null inputs.',
  },
  coordinates: {
    name: 'coordinates',
    hasInput: false,
    columns: () => [],
    merge: 'union',
    empty: 'null',
    doc: 'No column: the coordinates themselves.',
  },
};

/** Whether the states of parts give the state of the whole. */
export function isMergeable(state: StateName): boolean {
  return STATES[state].merge !== null;
}
