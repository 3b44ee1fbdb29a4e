import * as v from 'valibot';
import type { CalendarLevel } from '../columns/calendar.ts';
import type { Dependencies, KindHint, ProfileValue, TableProfile, ValueCount } from '../profiling/profile.ts';

/** Read back from storage: what has another shape is no profile. The types say that a schema gives exactly its type. */
type Schema<T> = v.GenericSchema<unknown, T>;

const text = v.string();
const texts = v.array(text);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const value: Schema<ProfileValue> = v.union([text, v.number(), v.boolean()]);
const level: Schema<CalendarLevel | null> = v.nullable(v.picklist(['day', 'week', 'month', 'quarter', 'year']));
const hint: Schema<KindHint> = v.picklist(['key', 'dimension', 'date', 'metric', 'flag', 'text']);
const counts: Schema<readonly ValueCount[]> = v.array(v.object({ value: v.nullable(value), rows: count }));

const column: Schema<TableProfile['columns'][number]> = v.object({
  name: text,
  type: text,
  level,
  nulls: count,
  distinct: v.object({ count, error: v.nullable(amount) }),
  min: v.nullable(value),
  max: v.nullable(value),
  quantiles: v.nullable(v.object({ at: v.array(v.object({ share: amount, value })), error: v.nullable(amount) })),
  top: counts,
  histogram: v.nullable(v.array(v.object({ from: value, to: value, rows: count }))),
  kind: v.object({ hint, evidence: texts }),
  caveat: v.nullable(text),
});

const dependencies: Schema<Dependencies> = v.object({
  arity: count,
  nearLimit: amount,
  constants: texts,
  keys: v.array(texts),
  candidates: v.array(
    v.object({
      left: texts,
      right: text,
      holds: v.boolean(),
      groups: count,
      testedRows: count,
      violations: count,
      violatingGroups: count,
      example: v.object({ left: v.array(v.nullable(value)), right: counts }),
    }),
  ),
  omitted: count,
  leftOut: v.array(v.object({ column: text, reason: text })),
});

const profile: Schema<TableProfile> = v.object({
  table: text,
  contentHash: text,
  rows: count,
  columns: v.array(column),
  unread: v.array(v.object({ name: text, type: text, reason: text })),
  dependencies,
  milliseconds: amount,
});

/** The profile that stored bytes are; undefined for anything else. */
export function parseProfile(bytes: Uint8Array): TableProfile | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
  const result = v.safeParse(profile, parsed, { abortEarly: true });
  return result.success ? result.output : undefined;
}
