import { describe, expect, test } from 'vitest';
import { type InstallationModel, loadInstallation } from '../../../src/collection/installation.ts';
import { RETAIL_INSTALLATION } from './retail.ts';

function model(text: string): InstallationModel {
  const loaded = loadInstallation(text, 'installation.yaml');
  if (!loaded.ok) throw new Error(loaded.issues.map(({ message }) => message).join('\n'));
  return loaded.model;
}

const LEAST = 'name: shop\nsources: {}\nbackend: {type: duckdb}\nacs: []\n';

test.each(['duckdb', 'sqlite', 'arquero'])('the backend %s may be the default', (type) => {
  expect(model(LEAST.replace('duckdb', type)).backend).toEqual({ type });
});

test('the demo says everything', () => {
  const { name, sources, backend, stabilityFilter, metricEngine, collections } = model(RETAIL_INSTALLATION);
  expect(name).toBe('retail-demo');
  expect(sources.map((source) => source.name)).toEqual([
    'transactions',
    'stores',
    'products',
    'store_monthly_inventory',
    'region_daily_summary',
    'product_promotions',
  ]);
  expect(sources.every(({ path, sha256 }) => path.startsWith('../') && /^[0-9a-f]{64}$/.test(sha256 ?? ''))).toBe(true);
  expect(backend).toEqual({ type: 'duckdb' });
  // 2025-01-07 is 20,095 days after 1970-01-01.
  expect(stabilityFilter).toEqual({ asOf: 20_095, defaultHoldOffDays: 7, overrides: new Map() });
  expect(metricEngine).toEqual({ enabled: true, maxBytesPerCollection: 1_073_741_824 });
  expect(collections).toEqual([{ path: '../retail.coframe/' }]);
});

test('silence means: engine off, no hold-off, today as the date', () => {
  const { sources, stabilityFilter, metricEngine } = model(LEAST);
  expect(sources).toEqual([]);
  expect(stabilityFilter).toEqual({ asOf: null, defaultHoldOffDays: 0, overrides: new Map() });
  expect(metricEngine).toEqual({ enabled: false, maxBytesPerCollection: null });
});

test('a source without sha256 has none; overrides are kept by source', () => {
  const text = LEAST.replace('sources: {}', 'sources: {sales: {path: sales.csv}, stores: {path: stores.csv}}');
  const { sources, stabilityFilter } = model(
    `${text}stability_filter: {default_hold_off_days: 3, overrides: {sales: {hold_off_days: 0}}}\n`,
  );
  expect(sources[0]).toEqual({ name: 'sales', path: 'sales.csv', sha256: null });
  expect(stabilityFilter.overrides).toEqual(new Map([['sales', 0]]));
});

describe('everything that is wrong is told, in the order of the text', () => {
  test('of the form', () => {
    const loaded = loadInstallation('nam: shop\nsources: []\nbackend: {type: 3}\nacs: {}\n', 'i.yaml');
    expect(loaded.ok ? [] : loaded.issues.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual([
      '1:1 MISSING_KEY',
      '1:1 UNKNOWN_KEY',
      '2:10 WRONG_VALUE',
      '3:17 WRONG_VALUE',
      '4:6 WRONG_VALUE',
    ]);
  });

  test('of the meaning', () => {
    const text = LEAST.replace('acs: []', 'acs: [{path: a/}, {path: a/}]');
    const loaded = loadInstallation(`${text}stability_filter: {overrides: {sales: {hold_off_days: 1}}}\n`, 'i.yaml');
    expect(loaded.ok ? [] : loaded.issues.map(({ code, line }) => `${line} ${code}`)).toEqual([
      '4 DUPLICATE_NAME',
      '5 UNKNOWN_SOURCE',
    ]);
  });
});
