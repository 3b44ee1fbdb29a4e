import { OPERATORS, operatorNamed } from '../operators/catalog.ts';
import { upperCase } from './tokens.ts';

/** Constructs of Frame-QL that this version recognises and does not have. */
export type Construct =
  | 'EXPLAIN'
  | 'WITH'
  | '@'
  | 'CASE'
  | 'IN'
  | 'NOT IN'
  | 'BETWEEN'
  | 'NOT BETWEEN'
  | 'IS'
  | 'family.operator'
  | 'VIA'
  | 'COALESCE'
  | 'function'
  | 'window'
  | 'operator';

interface ConstructDefinition {
  /** How the construct is named; `word` is what was written. */
  readonly title: (word: string) => string;
  /** What to do instead. */
  readonly advice: string;
}

const CONSTRUCTS: { readonly [Name in Construct]: ConstructDefinition } = {
  EXPLAIN: { title: () => 'EXPLAIN', advice: 'Leave it out: every answer says how it came to be.' },
  WITH: { title: () => 'WITH', advice: 'Write each expression where its name is used.' },
  '@': { title: () => '@ (an inner anchor)', advice: 'Ask for the inner values in a statement of their own.' },
  CASE: { title: () => 'CASE', advice: 'Ask once for each case, with its condition in WHERE.' },
  IN: { title: () => 'IN', advice: 'Compare with each value: `x = a OR x = b`.' },
  'NOT IN': { title: () => 'NOT IN', advice: 'Compare with each value: `x <> a AND x <> b`.' },
  BETWEEN: { title: () => 'BETWEEN', advice: 'Compare with both bounds: `x >= a AND x <= b`.' },
  'NOT BETWEEN': { title: () => 'NOT BETWEEN', advice: 'Compare with both bounds: `x < a OR x > b`.' },
  IS: { title: () => 'IS NULL', advice: 'Leave the condition out: rows whose dimension is NULL come last.' },
  'family.operator': { title: () => 'family.operator', advice: 'Write the operator first: `SUM(revenue)`.' },
  VIA: { title: () => 'VIA', advice: 'Ask at dimensions that the functional dependencies reach.' },
  COALESCE: { title: () => 'COALESCE', advice: 'Select the value itself: where it is absent it is NULL.' },
  function: { title: (word) => `the function ${word}`, advice: 'Select the value itself.' },
  window: {
    title: (word) => `the window ${word}`,
    advice: 'Select the series itself and order the rows with ORDER BY.',
  },
  operator: {
    title: (word) => `the operator ${word}`,
    advice: `It has ${Object.keys(OPERATORS).join(', ')}: use one of those.`,
  },
};

/** The sentence that refuses a construct; `word` is how it was written. */
export function absence(construct: Construct, word: string): string {
  const { title, advice } = CONSTRUCTS[construct];
  return `This version of Coframe does not have ${title(word)}. ${advice}`;
}

const WORDS: readonly (readonly [Construct, readonly string[]])[] = [
  ['COALESCE', ['COALESCE', 'IFNULL', 'NVL']],
  ['window', ['LAG', 'LEAD', 'CUMSUM', 'ROLLING_SUM', 'ROLLING_AVG', 'PCT_CHANGE', 'RANK', 'DENSE_RANK', 'ROW_NUMBER']],
  [
    'operator',
    [
      ...['VAR_POP', 'VAR_SAMP', 'STDDEV_POP', 'STDDEV_SAMP', 'BOOL_AND', 'BOOL_OR', 'PRODUCT', 'FIRST', 'LAST'],
      ...['QUANTILE', 'MODE', 'WEIGHTED_AVG', 'APPROX_DISTINCT', 'APPROX_QUANTILE'],
    ],
  ],
  [
    'function',
    [
      ...['ABS', 'ROUND', 'FLOOR', 'CEIL', 'CEILING', 'TRUNC', 'SIGN', 'SQRT', 'POWER', 'EXP', 'LN', 'LOG', 'MOD'],
      ...['GREATEST', 'LEAST', 'NULLIF', 'IF', 'IIF', 'CAST', 'TRY_CAST', 'LOWER', 'UPPER', 'TRIM', 'LENGTH'],
      ...['SUBSTR', 'SUBSTRING', 'REPLACE', 'CONCAT', 'CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'LEFT', 'RIGHT'],
      ...['DATE', 'DATE_TRUNC', 'DATE_PART', 'DATE_ADD', 'DATE_DIFF', 'EXTRACT', 'STRFTIME', 'TO_CHAR', 'NOW'],
      ...['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', 'TODAY', 'CURRENT_DATE'],
    ],
  ],
];

const CALLS: ReadonlyMap<string, Construct> = new Map(
  WORDS.flatMap(([construct, words]) => words.map((word) => [word, construct] as const)),
);

/** The construct that `NAME(…)` is, where this version does not have it; what the catalog has is never absent. */
export function absentCall(name: string): Construct | undefined {
  return operatorNamed(name) === undefined ? CALLS.get(upperCase(name)) : undefined;
}
