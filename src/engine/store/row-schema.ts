import * as v from 'valibot';
import type { VerificationLevel } from '../../collection/attestation.ts';
import type { CalendarLevel } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../operators/expression.ts';
import type { FunctionName } from '../../operators/functions.ts';
import { STATES, type StateName } from '../../operators/state.ts';
import type { Access, Step } from '../../resolution/access.ts';
import type { EntryRow, EntryUse, QmRow } from '../entry.ts';

/**
 * The shape of what is read back from a database that other versions of this page, and anything else of this origin, can
 * write to. The types say that a schema gives exactly the type it stands for.
 */
type Schema<T> = v.GenericSchema<unknown, T>;

const text = v.string();
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not 64 hex digits'));
const texts = v.array(text);

/** One of the names of a table: the compiler sees to it that they are all of `Name`'s. */
function nameIn<Name extends string>(table: Readonly<Record<Name, unknown>>): Schema<Name> {
  const isName = (value: unknown): boolean => typeof value === 'string' && Object.hasOwn(table, value);
  return v.custom<Name>(isName, `not one of ${Object.keys(table).join(', ')}`);
}

const level = nameIn<CalendarLevel>({ day: true, week: true, month: true, quarter: true, year: true });
const state = nameIn<StateName>(STATES);
const verificationLevel = nameIn<VerificationLevel>({ A: true, AA: true, AAA: true });
const subjectKind = nameIn<QmRow['kind']>({ edge: true, attestation: true, source: true, profile: true });

const type: Schema<LogicalType> = v.variant('kind', [
  v.object({ kind: v.picklist(['text', 'int64', 'double', 'bool']) }),
  v.object({ kind: v.literal('decimal'), digits: count }),
  v.object({ kind: v.literal('date'), level }),
]);

const scalar: Schema<Scalar> = v.union([v.string(), v.number(), v.bigint(), v.boolean()]);

const expression: Schema<Expression> = v.lazy(() => anyExpression);

const functionName = nameIn<FunctionName>({
  ...{ FLOOR: true, MOD: true, SQRT: true, EXP: true, LN: true, LOG10: true, POWER: true },
  ...{ UPPER: true, LOWER: true, TRIM: true, LENGTH: true, SUBSTR: true, REPLACE: true, CONCAT: true },
  ...{ CONTAINS: true, STARTS_WITH: true, ENDS_WITH: true },
  ...{ YEAR: true, QUARTER: true, MONTH: true, WEEK: true, DAY: true, WEEKDAY: true },
  ...{ PERIOD: true, SHIFT: true, PERIOD_INDEX: true },
});

const column = v.object({ kind: v.literal('column'), name: text, type });

/** The value of a branch. */
const then = expression;

const anyExpression: Schema<Expression> = v.variant('kind', [
  column,
  v.object({ kind: v.literal('literal'), value: v.nullable(scalar), type }),
  v.object({ kind: v.picklist(['negate', 'not', 'isNull']), operand: expression, type }),
  v.object({
    kind: v.literal('arithmetic'),
    operator: nameIn<ArithmeticOperator>({ '+': true, '-': true, '*': true, '/': true }),
    left: expression,
    right: expression,
    type,
  }),
  v.object({
    kind: v.literal('compare'),
    operator: nameIn<ComparisonOperator>({ '=': true, '<>': true, '<': true, '<=': true, '>': true, '>=': true }),
    left: expression,
    right: expression,
    type,
  }),
  v.object({ kind: v.picklist(['and', 'or']), operands: v.array(expression), type }),
  v.object({ kind: v.literal('in'), operand: expression, values: v.array(scalar), type }),
  v.object({
    kind: v.literal('case'),
    branches: v.array(v.object({ when: expression, then })),
    otherwise: v.nullable(expression),
    type,
  }),
  v.object({ kind: v.literal('call'), function: functionName, args: v.array(expression), type }),
  v.object({
    kind: v.literal('map'),
    operand: column,
    entries: v.array(v.object({ from: v.nullable(scalar), to: v.nullable(scalar) })),
    type,
  }),
]);

const step: Schema<Step> = v.variant('kind', [
  v.object({
    kind: v.literal('lookup'),
    edge: text,
    schema: text,
    source: text,
    childColumn: text,
    parentColumn: text,
    childType: type,
    type,
  }),
  v.object({ kind: v.literal('calendar'), edge: text, from: level, to: level }),
]);

const access: Schema<Access> = v.object({ column: text, columnType: type, steps: v.array(step) });

const stored = {
  key: v.pipe(v.string(), v.nonEmpty()),
  rows: count,
  bytes: count,
  checksum: hash,
  path: v.pipe(v.string(), v.nonEmpty()),
  createdAt: amount,
  computeMilliseconds: amount,
  sourceHashes: v.record(v.string(), v.string()),
};

const row: Schema<EntryRow> = v.variant('domain', [
  v.object({
    ...stored,
    domain: v.literal('metric'),
    stateKey: text,
    family: v.nullable(text),
    schema: text,
    state,
    inputType: v.nullable(type),
    anchor: v.array(v.object({ name: text, type, access })),
    filter: v.array(v.object({ key: text, expression, names: texts })),
    boundary: v.nullable(v.pipe(v.number(), v.safeInteger())),
    conditions: texts,
    verificationLevel,
    notFurtherRollable: v.boolean(),
    derivedFrom: text,
    hinted: v.boolean(),
    question: v.optional(v.nullable(text), null),
  }),
  v.object({ ...stored, domain: v.literal('qm'), kind: subjectKind, subject: text }),
]);

const use: Schema<EntryUse> = v.object({
  key: text,
  lastAccess: amount,
  accessCount: count,
  besideCount: v.exactOptional(count),
  millisecondsSaved: amount,
  pinned: v.boolean(),
});

/** What was read: the value, or what is wrong with it, in words. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Reads a row of the entry list; keys that are not a row's are left out. */
export function parseRow(value: unknown): Parsed<EntryRow> {
  return parse(row, value);
}

/** Reads the use of an entry. */
export function parseUse(value: unknown): Parsed<EntryUse> {
  return parse(use, value);
}

function parse<T>(schema: Schema<T>, value: unknown): Parsed<T> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  return { ok: false, reason: place === null ? issue.message : `${place}: ${issue.message}` };
}
