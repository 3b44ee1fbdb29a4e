import type { ComparisonOperator } from '../operators/expression.ts';

/**
 * A statement as a list of choices, for a form. What no control of the form stands for is kept as its canonical text
 * (`expression`), so that nothing is lost: an outline that is written says what the statement said.
 */
export interface QuestionOutline {
  readonly explain: boolean;
  readonly definitions: readonly OutlineDefinition[];
  readonly items: readonly OutlineItem[];
  readonly from: string | null;
  readonly anchor: readonly OutlinePoint[];
  /** Joined by AND. */
  readonly where: readonly OutlineTerm[];
  /** Joined by AND; names are columns of the answer. */
  readonly having: readonly OutlineTerm[];
  readonly order: readonly OutlineKey[];
  /** `per` null: of the whole Frame. */
  readonly limit: { readonly count: number; readonly per: readonly string[] | null } | null;
}

/** `name = text`, after WITH. */
export interface OutlineDefinition {
  readonly name: string;
  readonly text: string;
}

/** What a name means in the collection. */
export type NameRole = 'family' | 'dimension' | 'attribute' | 'unknown';

/** What SELECT lists; `alias` null: the column has its own name. */
export type OutlineItem =
  | { readonly kind: 'name'; readonly name: string; readonly role: NameRole; readonly alias: string | null }
  | {
      /** `operator(name)`, or `operator(name, fraction)`; the fraction is a number as written. */
      readonly kind: 'operator';
      readonly operator: string;
      readonly name: string;
      readonly role: NameRole;
      readonly fraction: string | null;
      readonly alias: string | null;
    }
  /** `COUNT(*)` */
  | { readonly kind: 'rows'; readonly alias: string | null }
  | { readonly kind: 'expression'; readonly text: string; readonly alias: string | null };

/** A dimension of the anchor; `via`: the bridge of a membership on purpose. */
export interface OutlinePoint {
  readonly name: string;
  readonly via: string | null;
}

/** A condition. */
export type OutlineTerm =
  | {
      readonly kind: 'compare';
      readonly name: string;
      readonly operator: ComparisonOperator;
      readonly value: OutlineValue;
    }
  | { readonly kind: 'in'; readonly name: string; readonly values: readonly OutlineValue[]; readonly negated: boolean }
  | {
      readonly kind: 'between';
      readonly name: string;
      readonly low: OutlineValue;
      readonly high: OutlineValue;
      readonly negated: boolean;
    }
  | { readonly kind: 'null'; readonly name: string; readonly negated: boolean }
  | {
      readonly kind: 'text';
      readonly function: TextCondition;
      readonly name: string;
      readonly value: string;
      readonly negated: boolean;
    }
  | { readonly kind: 'expression'; readonly text: string };

export const TEXT_CONDITIONS = ['CONTAINS', 'STARTS_WITH', 'ENDS_WITH'] as const;

export type TextCondition = (typeof TEXT_CONDITIONS)[number];

/** A literal as typed: a number with its sign, the text of a text or a date without its quotes. */
export type OutlineValue =
  | { readonly kind: 'number' | 'text' | 'date'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean };

export interface OutlineKey {
  readonly name: string;
  readonly descending: boolean;
}

/** The outline of no statement. */
export const EMPTY_OUTLINE: QuestionOutline = {
  explain: false,
  definitions: [],
  items: [],
  from: null,
  anchor: [],
  where: [],
  having: [],
  order: [],
  limit: null,
};
