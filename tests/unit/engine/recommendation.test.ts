import { describe, expect, it } from 'vitest';
import { INT64 } from '../../../src/columns/logical-type.ts';
import type { EntryUse, MetricRow } from '../../../src/engine/entry.ts';
import { type RecommendationThresholds, recommendations } from '../../../src/engine/recommendation.ts';
import { factsOf } from '../../support/collection.ts';
import { metricRow, someBytes } from '../../support/store-contract.ts';
import { RETAIL_COLLECTION, retailManifest } from '../collection/retail.ts';
import { atomOf } from '../compose/plans.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

const MANIFEST = retailManifest();
const { atom: SUM } = atomOf('sum', 'sum', {}, [{ name: 'sum', type: INT64 }], [[3]]);

type Given = Partial<MetricRow> & Pick<EntryUse, 'accessCount'> & { readonly ageDays: number };

/** Entries of revenue @ (region, week), each with what is given of it. */
function recommended(given: readonly Given[], thresholds: Partial<RecommendationThresholds> = {}, manifest = MANIFEST) {
  const entries = given.map(({ accessCount, ageDays, ...row }, i) => {
    const key = `entry ${i}`;
    const createdAt = NOW - ageDays * DAY;
    return {
      row: { ...metricRow(key, someBytes(1)), filter: [], derivedFrom: 'duckdb', key, createdAt, ...row },
      use: { key, accessCount, lastAccess: NOW, millisecondsSaved: 10, pinned: false },
    };
  });
  return recommendations({ manifest, facts: factsOf(manifest), entries, hintAtoms: () => [SUM], now: NOW }, thresholds);
}

describe('an anchor is hot', () => {
  it.each([
    [100, 7, true],
    [99, 7, false],
    [100, 6.999, false],
    [100, 100, true],
    [100, 100.1, false],
    [701, 700, true],
    [699, 700, false],
  ])('at the defaults with %d hits in %d days: %s', (accessCount, ageDays, isHot) => {
    expect(recommended([{ accessCount, ageDays }])).toHaveLength(isHot ? 1 : 0);
  });

  it('with the hits of all that is stored at it, since the oldest', () => {
    const [found, ...others] = recommended([
      { accessCount: 60, ageDays: 3, sourceHashes: { transactions: 'new' } },
      { accessCount: 84, ageDays: 8, sourceHashes: { transactions: 'old' } },
    ]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ family: 'revenue', anchor: ['region', 'week'], hits: 144, days: 8, hitsPerDay: 18 });
    expect(found?.yaml).toContain('- [region, week] # 144 hits / 8 days = 18 a day\n');
  });

  it('and counted under the family of its own root or of a pre-aggregate of it', () => {
    expect(recommended([{ accessCount: 100, ageDays: 7, schema: 'region_daily_summary' }])).toHaveLength(1);
    expect(recommended([{ accessCount: 100, ageDays: 7, schema: 'stores' }])).toEqual([]);
    expect(recommended([{ accessCount: 100, ageDays: 7, family: 'renamed' }])).toEqual([]);
    expect(recommended([{ accessCount: 100, ageDays: 7, family: null }])).toEqual([]);
  });

  it('unless a hint declares it', () => {
    const declared = retailManifest(RETAIL_COLLECTION.replace('- [region, day]', '- [week, region]'));
    expect(recommended([{ accessCount: 100, ageDays: 7 }], {}, declared)).toEqual([]);
  });
});

it('what would have saved the most comes first', () => {
  const at = (name: string) => metricRow('a', someBytes(1)).anchor.filter((each) => each.name === name);
  const found = recommended([
    { accessCount: 200, ageDays: 10, computeMilliseconds: 1, anchor: at('week') },
    { accessCount: 100, ageDays: 10, computeMilliseconds: 30 },
    { accessCount: 300, ageDays: 10, computeMilliseconds: 500, anchor: [], derivedFrom: 'another entry' },
  ]);
  expect(found.map(({ anchor, millisecondsWouldSave }) => [anchor, millisecondsWouldSave])).toEqual([
    [['region', 'week'], 40],
    [['week'], 11],
    [[], 10],
  ]);
});
