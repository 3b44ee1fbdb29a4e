import type { SemanticManifest } from '../collection/manifest.ts';
import { type CalendarLevel, parsePeriod, periodStart, printPeriod, shiftPeriod } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { namesOf } from '../resolution/names.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { item } from './items.ts';

/** How many periods are offered, the latest first. */
const PERIODS: { readonly [Level in CalendarLevel]: number } = { day: 31, week: 26, month: 36, quarter: 20, year: 20 };

/**
 * Values that a dimension or attribute may be compared with, as far as the statistics of the sources tell: the periods of
 * a calendar level between the first and the last date, the least and the greatest text, both truth values.
 */
export function valueItems(known: Known, name: string): readonly CompletionItem[] {
  const meaning = namesOf(known.manifest).meaningOf(name);
  if (meaning === undefined || meaning.kind === 'family') return [];
  const named = meaning.kind === 'dimension' ? meaning.dimension : meaning.attribute;
  return valuesOf(known, named.name, named.type);
}

function valuesOf(known: Known, name: string, type: LogicalType): readonly CompletionItem[] {
  switch (type.kind) {
    case 'date':
      return periodItems(known, name, type.level);
    case 'text': {
      const range = rangeOf(known, [name], (value) => (typeof value === 'string' ? value : undefined));
      if (range === null) return [];
      const { least, greatest } = range;
      const quoted = (text: string, detail: string, rank: number) => item('value', quote(text), rank, { detail });
      return [quoted(least, 'the least', 0), ...(greatest === least ? [] : [quoted(greatest, 'the greatest', 0)])];
    }
    case 'bool':
      return [item('value', 'TRUE', 0), item('value', 'FALSE', 0)];
    case 'int64':
    case 'decimal':
    case 'double':
      return [];
  }
}

function periodItems(known: Known, name: string, level: CalendarLevel): readonly CompletionItem[] {
  const family = known.manifest.dimensions.find((each) => each.name === name)?.family;
  const dates = known.manifest.dimensions.filter((each) => each.level !== null && each.family === family);
  const names = [...new Set([name, ...dates.map((each) => each.name)])];
  const range = rangeOf(known, names, (value) =>
    typeof value === 'string' ? parsePeriod(value.slice(0, 10), 'day') : undefined,
  );
  if (range === null) return [];
  const items: CompletionItem[] = [];
  const first = periodStart(range.least, level);
  let at: number | null = periodStart(range.greatest, level);
  while (at !== null && at >= first && items.length < PERIODS[level]) {
    const detail = items.length === 0 ? 'the last' : at === first ? 'the first' : '';
    items.push(item('value', quote(printPeriod(at, level)), 0, { detail }));
    at = shiftPeriod(at, level, -1);
  }
  const firstLabel = quote(printPeriod(first, level));
  return items.some((each) => each.label === firstLabel)
    ? items
    : [...items, item('value', firstLabel, 0, { detail: 'the first' })];
}

/** The least and greatest value that the statistics of any source give for columns of these names. */
function rangeOf<Value extends string | number>(
  { manifest, facts }: Known,
  names: readonly string[],
  read: (value: string | number | null) => Value | undefined,
): { readonly least: Value; readonly greatest: Value } | null {
  let least: Value | undefined;
  let greatest: Value | undefined;
  for (const { source, physical } of columnsOf(manifest, names)) {
    const statistics = facts.snapshots.get(source)?.statistics.find((each) => each.column === physical);
    const [low, high] = [read(statistics?.min ?? null), read(statistics?.max ?? null)];
    if (low !== undefined && (least === undefined || low < least)) least = low;
    if (high !== undefined && (greatest === undefined || high > greatest)) greatest = high;
  }
  return least === undefined || greatest === undefined ? null : { least, greatest };
}

function columnsOf(manifest: SemanticManifest, names: readonly string[]) {
  return manifest.schemas.flatMap(({ source, columns }) =>
    columns.flatMap(({ role, physical }) => {
      const bound = role.kind === 'dimension' ? role.dimension : role.kind === 'attribute' ? role.attribute : null;
      return bound !== null && names.includes(bound) ? [{ source, physical }] : [];
    }),
  );
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
