import { DAY, DOUBLE, type LogicalType } from '../columns/logical-type.ts';
import { readCellText } from '../sources/cell-text.ts';
import type { CodedColumn } from './coded-column.ts';
import type { ColumnProfile, Dependency, KindHint } from './profile.ts';

/** What a hint is drawn from. */
export interface HintBasis {
  readonly profile: Omit<ColumnProfile, 'kind' | 'caveat'>;
  readonly coded: CodedColumn;
  readonly type: LogicalType;
  readonly rows: number;
  /** All candidates of the table. */
  readonly candidates: readonly Dependency[];
}

/** Pairs of values that say yes and no, in lower case. */
const FLAGS = new Set(['0,1', 'false,true', 'f,t', 'n,y', 'no,yes']);

/** Names of numbers that name things: they are not to be added up. */
const NAMING =
  /(?:^|[_\s.-])(?:id|key|code|no|nr|number|sku|zip|postcode|year|quarter|month|week|weekday)$|[a-z](?:Id|Key|Code)$/i;

/** Characters on average beyond which a text is prose rather than a name. */
const LONG = 40;

/** Integers that are this close together, a row, may be counted through. */
const PLACES_PER_ROW = 4;

/** What a column looks like, with the evidence for it in sentences. */
export function kindHint(basis: HintBasis): ColumnProfile['kind'] {
  const { profile, coded, type, rows } = basis;
  const values = rows - profile.nulls;
  if (values === 0) return { hint: ofType(type), evidence: [`no value to tell by; the type is ${profile.type}`] };
  if (type.kind === 'bool') return { hint: 'flag', evidence: ['the type is bool'] };
  if (type.kind === 'date') return { hint: 'date', evidence: ['the type is date'] };
  const flag = flagWords(profile);
  if (flag !== null) return { hint: 'flag', evidence: [flag] };
  if (type.kind === 'text') return textHint(basis);
  if (type.kind === 'int64') return integerHint(basis);
  const fractions = type.kind === 'double' ? 'the type is double' : `the type is ${profile.type}`;
  return { hint: 'metric', evidence: [fractions, distinctWords(coded, values)] };
}

function ofType(type: LogicalType): KindHint {
  switch (type.kind) {
    case 'text':
      return 'text';
    case 'bool':
      return 'flag';
    case 'date':
      return 'date';
    case 'int64':
    case 'decimal':
    case 'double':
      return 'metric';
  }
}

function flagWords({ distinct, top }: HintBasis['profile']): string | null {
  if (distinct.count !== 2) return null;
  const pair = top.map(({ value }) => String(value)).sort();
  return FLAGS.has(pair.join(',').toLowerCase()) ? `its two values are ${pair.join(' and ')}` : null;
}

function textHint(basis: HintBasis): ColumnProfile['kind'] {
  const { profile, coded, rows } = basis;
  const values = rows - profile.nulls;
  const distinct = distinctWords(coded, values);
  const length = meanLength(coded, values);
  const lengthWords = `${length.toFixed(0)} characters on average`;
  if (length > LONG) return { hint: 'text', evidence: [lengthWords, distinct] };
  if (reads(coded, DAY)) return { hint: 'date', evidence: ['every value reads as a date', distinct] };
  if (isUnique(basis)) return { hint: 'key', evidence: [uniqueWords(rows)] };
  const isNumber = !NAMING.test(profile.name) && reads(coded, DOUBLE) && !hasLeadingZero(coded);
  if (isNumber) return { hint: 'metric', evidence: ['every value reads as a number', distinct] };
  return { hint: 'dimension', evidence: [distinct, ...determinesWords(basis)] };
}

function integerHint(basis: HintBasis): ColumnProfile['kind'] {
  const { profile, coded, rows } = basis;
  const distinct = distinctWords(coded, rows - profile.nulls);
  const isNamed = NAMING.test(profile.name);
  const named = isNamed ? ['its name ends like that of an identifier or a period'] : [];
  const range = Number(profile.max) - Number(profile.min);
  const isLarge = typeof profile.max === 'string' || typeof profile.min === 'string';
  if (isUnique(basis) && (isNamed || isLarge || range < PLACES_PER_ROW * rows)) {
    return { hint: 'key', evidence: [uniqueWords(rows), ...named] };
  }
  const determines = determinesWords(basis);
  if (isNamed || determines.length > 0) return { hint: 'dimension', evidence: [...named, distinct, ...determines] };
  return { hint: 'metric', evidence: ['whole numbers', distinct] };
}

function isUnique({ profile, coded, rows }: HintBasis): boolean {
  return rows > 1 && profile.nulls === 0 && coded.estimate === null && coded.values.length === rows;
}

function uniqueWords(rows: number): string {
  return `no two of ${count(rows)} rows agree, and none is NULL`;
}

function distinctWords({ estimate, values }: CodedColumn, rows: number): string {
  const distinct = estimate === null ? count(values.length) : `about ${count(estimate)}`;
  return `${distinct} distinct among ${count(rows)} values`;
}

/** What the column determines by itself, where enough rows test it. */
function determinesWords({ profile, candidates, rows }: HintBasis): readonly string[] {
  const rights = candidates.flatMap(({ left, right, holds, testedRows }) =>
    holds && left.length === 1 && left[0] === profile.name && 2 * testedRows >= rows ? [right] : [],
  );
  return rights.length === 0 ? [] : [`determines ${rights.join(', ')}`];
}

function meanLength({ values, counts }: CodedColumn, rows: number): number {
  let length = 0;
  for (let code = 0; code < values.length; code++) length += String(values[code]).length * (counts[code] ?? 0);
  return length / rows;
}

/** Whether every distinct text is a value of the type. */
function reads({ values }: CodedColumn, type: LogicalType): boolean {
  for (let code = 0; code < values.length; code++) {
    if (readCellText(String(values[code]), type).is !== 'value') return false;
  }
  return true;
}

/** Digits that a number would lose: 007 is a name. */
function hasLeadingZero({ values }: CodedColumn): boolean {
  for (let code = 0; code < values.length; code++) if (/^0\d/.test(String(values[code]))) return true;
  return false;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
