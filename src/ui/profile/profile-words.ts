import type { ColumnProfile, Dependency, HistogramBin, ProfileValue, ServedProfile } from '../../runtime/api.ts';
import { visibleSpaces } from '../format/cell.ts';
import { countOf, formatCount } from '../format/count.ts';
import { doubleFormatter } from '../format/double.ts';
import { formatDuration } from '../format/duration.ts';
import { exactFormatter, MINUS } from '../format/exact.ts';
import { formatPercent } from '../format/percent.ts';

/** A value of a column as the page shows it; numbers that name things are not grouped. */
export function valueText(
  value: ProfileValue | null,
  { type, kind }: Pick<ColumnProfile, 'type' | 'kind'>,
  locale: string,
): string {
  if (value === null) return '—';
  if (value === '') return '“”';
  if (typeof value === 'boolean') return String(value);
  const isName = kind.hint === 'key' || kind.hint === 'dimension';
  if (type === 'double') return doubleFormatter([Number(value)], locale)(Number(value));
  if (type === 'int64') {
    return isName ? String(value).replace('-', MINUS) : exactFormatter(0, locale)(BigInt(value));
  }
  const digits = /^decimal\((\d+)\)$/.exec(type)?.[1];
  if (digits !== undefined) return exactFormatter(Number(digits), locale)(BigInt(String(value).replace('.', '')));
  return visibleSpaces(String(value));
}

/** How many distinct values there are; `≈` where that is an estimate. */
export function distinctText({ distinct }: ColumnProfile, locale: string): string {
  const count = formatCount(distinct.count, locale);
  return distinct.error === null ? count : `≈ ${count}`;
}

/** What an estimate is worth; null where the values were counted. */
export function distinctNote({ distinct }: ColumnProfile): string | null {
  return distinct.error === null ? null : `estimated, standard error ${formatPercent(distinct.error)}`;
}

/** NULLs with their share of the rows: `1,204 (2.3 %)`; a dash where there are none. */
export function nullsText({ nulls }: ColumnProfile, rows: number, locale: string): string {
  return nulls === 0 ? '—' : `${formatCount(nulls, locale)} (${formatPercent(nulls / rows)})`;
}

/** A bin's bounds as its column writes them. */
export function binText(bin: HistogramBin, column: ColumnProfile, locale: string): string {
  const [from, to] = [bin.from, bin.to].map((bound) => valueText(bound, column, locale));
  return from === to ? `${from}` : `${from} to ${to}`;
}

/** A histogram in a sentence, for ears. */
export function histogramWords(bins: readonly HistogramBin[], column: ColumnProfile, locale: string): string {
  const [fullest] = [...bins].sort((a, b) => b.rows - a.rows);
  if (fullest === undefined) return '';
  const most = `${countOf(fullest.rows, 'row', 'rows', locale)} from ${binText(fullest, column, locale)}`;
  return `Histogram of ${column.name}, ${countOf(bins.length, 'bin', 'bins', locale)}; the fullest holds ${most}.`;
}

/** Where the profile is from: `523,023 rows · 8 columns · computed in 0.9 s`. */
export function originText(profile: ServedProfile, locale: string): string {
  const columns = profile.columns.length + profile.unread.length;
  const taken = formatDuration(profile.milliseconds);
  return [
    countOf(profile.rows, 'row', 'rows', locale),
    countOf(columns, 'column', 'columns', locale),
    profile.origin === 'stored' ? `from the store, where computing took ${taken}` : `computed in ${taken}`,
  ].join(' · ');
}

/** What the rows say of a candidate. */
export function verdictText(candidate: Dependency, locale: string): string {
  const tested = countOf(candidate.testedRows, 'row', 'rows', locale);
  if (candidate.holds) return `holds: ${tested} test it`;
  const against = formatCount(candidate.violations, locale);
  return `nearly: ${against} of the ${tested} that test it speak against it`;
}
