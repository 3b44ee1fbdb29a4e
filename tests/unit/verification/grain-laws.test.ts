import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { i2, i3 } from '../../../src/collection/conditions.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { openData } from './verified-data.ts';

let backend: DataAPIBackend;
beforeAll(async () => {
  backend = await nodeBackend();
}, 60_000);
afterAll(() => backend.close());

const collection = (grain: string) => `
coframe: 1
name: rows
schemas:
  - {name: rows, source: rows, grain: [${grain}], columns: {a: {dimension: a}, b: {dimension: b}}}
metric_families: []
`;

const cell = fc.option(fc.constantFrom('x', 'y', 'z', '😀'), { nil: '' });
const table = fc.array(fc.tuple(cell, cell), { maxLength: 8 });

test.each(['a', 'a, b'])('a grain of %s is unique and whole just where plain counting says so', async (grain) => {
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const lines = rows.map(([a, b], position) => `${a},${b},${position}`);
      const data = await openData(backend, {
        collection: collection(grain),
        files: { 'rows.csv': `${['a,b,line', ...lines].join('\n')}\n` },
      });
      const coordinates = rows.map(([a, b]) => (grain === 'a' ? [a] : [a, b]));
      const whole = coordinates.filter((coordinate) => !coordinate.includes('')).map((coordinate) => coordinate.join());
      const distinct = new Set(whole);
      const repeated = [...distinct].filter((each) => whole.filter((other) => other === each).length > 1);
      const unique = await data.verify(i2('rows'));
      expect(unique.counts).toEqual({ rows: rows.length, coordinates: distinct.size, duplicates: repeated.length });
      expect(unique.status).toBe(repeated.length === 0 ? 'verified' : 'contradicted');
      const nulls = coordinates.flat().filter((each) => each === '').length;
      const present = await data.verify(i3('rows'));
      expect(present.counts).toEqual({ rows: rows.length, nulls });
      expect(present.status).toBe(nulls === 0 ? 'verified' : 'contradicted');
    }),
    { numRuns: 25 },
  );
});
