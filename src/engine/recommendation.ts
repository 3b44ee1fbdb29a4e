import { compareCodePoints } from '../canon/code-point.ts';
import type { RootFamily, SemanticManifest } from '../collection/manifest.ts';
import type { Atom } from '../planning/atom.ts';
import type { Facts } from '../resolution/facts.ts';
import { determines } from '../resolution/reach.ts';
import type { EntryRow, EntryUse, MetricRow } from './entry.ts';
import { hintYaml } from './hint-yaml.ts';

/** From when on an anchor is hot. All are inclusive, and zero lets everything through. */
export interface RecommendationThresholds {
  /** Questions that read it. */
  readonly min_hits: number;
  /** Days since it was first made, parts of days included. */
  readonly min_age_days: number;
  /** Questions a day. */
  readonly min_hits_per_day: number;
}

/** An anchor that no `cache_hint` declares and that is asked for often, with the evidence. */
export interface Recommendation {
  readonly family: string;
  /** Sorted. */
  readonly anchor: readonly string[];
  /** Questions that read what is stored at it; one that reads several states counts once. */
  readonly hits: number;
  /** Since the oldest of its entries was made, parts of days included. */
  readonly days: number;
  /** Hits a day; the first day counts whole. */
  readonly hitsPerDay: number;
  /** The states stored at it. */
  readonly states: readonly string[];
  /** What its entries have saved so far. */
  readonly millisecondsSaved: number;
  /** What they would have saved had warm-up filled them: also what backends took to make them. */
  readonly millisecondsWouldSave: number;
  /** Bytes of what the hint keeps; null until all of that is stored. */
  readonly bytes: number | null;
  /** The family's `cache_hint` with this anchor, at the indent that it has in a collection. */
  readonly yaml: string;
}

export const DEFAULT_THRESHOLDS: RecommendationThresholds = { min_hits: 100, min_age_days: 7, min_hits_per_day: 1 };

/** A threshold that is no number of 0 or more. */
export class ThresholdError extends RangeError {
  override readonly name = 'ThresholdError';
}

/** Thresholds with defaults for those left out. Throws a `ThresholdError` for one that is negative or not finite. */
export function thresholdsOf(given: Partial<RecommendationThresholds> = {}): RecommendationThresholds {
  const { min_hits, min_age_days, min_hits_per_day } = DEFAULT_THRESHOLDS;
  const one = (name: keyof RecommendationThresholds, otherwise: number): number => {
    const value = given[name] ?? otherwise;
    if (Number.isFinite(value) && value >= 0) return value;
    throw new ThresholdError(`recommendations: ${name} is ${String(value)}; it must be a number of 0 or more`);
  };
  return {
    min_hits: one('min_hits', min_hits),
    min_age_days: one('min_age_days', min_age_days),
    min_hits_per_day: one('min_hits_per_day', min_hits_per_day),
  };
}

const DAY = 86_400_000;

/** What recommending goes by. */
export interface RecommendationBasis {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  readonly entries: readonly StoredUse[];
  /** The atoms that a hint would have warm-up fill; null where the anchor cannot be asked for. */
  readonly hintAtoms: (family: RootFamily, anchor: readonly string[]) => readonly Atom[] | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface StoredUse {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

interface MetricUse {
  readonly row: MetricRow;
  readonly use: EntryUse;
}

/** The entries that one hint would stand for. */
interface Candidate {
  readonly family: RootFamily;
  readonly anchor: readonly string[];
  readonly uses: readonly MetricUse[];
}

/**
 * The hot anchors that no hint declares, those first whose hint would have saved the most. An entry under a filter
 * counts for the anchor from which it follows: its own with the dimensions that the filter reads. What a hint would not
 * help, because none of the states asked for is what warm-up fills, is left out.
 */
export function recommendations(
  basis: RecommendationBasis,
  given: Partial<RecommendationThresholds> = {},
): readonly Recommendation[] {
  const thresholds = thresholdsOf(given);
  return candidates(basis)
    .flatMap((candidate) => recommended(basis, candidate, thresholds) ?? [])
    .sort(
      (a, b) =>
        b.millisecondsWouldSave - a.millisecondsWouldSave ||
        b.hits - a.hits ||
        compareCodePoints(`${a.family} ${a.anchor.join()}`, `${b.family} ${b.anchor.join()}`),
    );
}

function recommended(
  { entries, hintAtoms, now }: RecommendationBasis,
  { family, anchor, uses }: Candidate,
  { min_hits, min_age_days, min_hits_per_day }: RecommendationThresholds,
): Recommendation | undefined {
  const hits = uses.reduce((sum, { use }) => sum + Math.max(0, use.accessCount - (use.besideCount ?? 0)), 0);
  const days = Math.max(0, now - Math.min(...uses.map(({ row }) => row.createdAt))) / DAY;
  const hitsPerDay = hits / Math.max(1, days);
  if (hits < min_hits || days < min_age_days || hitsPerDay < min_hits_per_day) return undefined;
  const filled = hintAtoms(family, anchor);
  if (filled === null) return undefined;
  const states = new Set(filled.map(({ state }) => state));
  const helped = uses.filter(
    ({ row }) => states.has(row.state) && (!row.notFurtherRollable || row.filter.length === 0),
  );
  if (helped.length === 0) return undefined;
  const keys = new Set(entries.map(({ row }) => row.key));
  const byBackend = helped.filter(({ row }) => isBackend(row.derivedFrom));
  const millisecondsSaved = uses.reduce((sum, { use }) => sum + use.millisecondsSaved, 0);
  const kept = new Set(filled.map(({ key }) => key));
  const bytes = entries.reduce((sum, { row }) => sum + (kept.has(row.key) ? row.bytes : 0), 0);
  return {
    family: family.name,
    anchor,
    hits,
    days,
    hitsPerDay,
    states: [...new Set(uses.map(({ row }) => row.state))].sort(compareCodePoints),
    millisecondsSaved,
    millisecondsWouldSave: millisecondsSaved + byBackend.reduce((sum, { row }) => sum + row.computeMilliseconds, 0),
    bytes: [...kept].every((key) => keys.has(key)) ? bytes : null,
    yaml: hintYaml(family.materializeAt, anchor, { hits, days, hitsPerDay }),
  };
}

/** Entries by the hint that would stand for them, but those of declared anchors. */
function candidates({ manifest, facts, entries }: RecommendationBasis): readonly Candidate[] {
  const found = new Map<string, { family: RootFamily; anchor: readonly string[]; uses: MetricUse[] }>();
  for (const { row, use } of entries) {
    if (row.domain !== 'metric') continue;
    const family = familyOf(manifest, row);
    if (family === undefined) continue;
    const anchor = anchorGiving(row, manifest, facts);
    if (family.materializeAt.some((declared) => declared.join('\0') === anchor.join('\0'))) continue;
    const key = JSON.stringify([family.root.schema, family.name, anchor]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { family, anchor, uses: [{ row, use }] });
    else known.uses.push({ row, use });
  }
  return [...found.values()];
}

/** The family that an entry is of, in the collection as it is now: of two of one name the one with its schema. */
function familyOf(manifest: SemanticManifest, row: MetricRow): RootFamily | undefined {
  return manifest.metricFamilies.find(
    (family): family is RootFamily =>
      family.kind === 'root' &&
      family.name === row.family &&
      (family.root.schema === row.schema || family.siblings.some(({ schema }) => schema === row.schema)),
  );
}

/** The coarsest anchor, not coarser than the entry's own, from which the entry follows whatever its filter reads. */
function anchorGiving(row: MetricRow, manifest: SemanticManifest, facts: Facts): readonly string[] {
  const own = row.anchor.map(({ name }) => name);
  const dimensionOf = (name: string) => manifest.attributes.find((attribute) => attribute.name === name)?.of ?? name;
  let added = [...new Set(row.filter.flatMap(({ names }) => names.map(dimensionOf)))];
  for (const name of added) {
    const others = [...own, ...added.filter((each) => each !== name)];
    if (determines(manifest, facts, others, name)) added = added.filter((each) => each !== name);
  }
  return [...own, ...added].sort(compareCodePoints);
}

function isBackend(origin: string): boolean {
  return origin === 'duckdb' || origin === 'sqlite' || origin === 'arquero';
}
