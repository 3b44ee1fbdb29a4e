import { expect, test } from 'vitest';
import { valueIn } from '../../../support/node-session.ts';
import { openLab } from './lab.ts';

const COLLECTION = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store, region], columns: {store: {dimension: store}, region: {dimension: region}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

test('what was found out about the data has no level: it is no answer, and an edge may be contradicted', async () => {
  const lab = await openLab({
    collections: { 'c/': COLLECTION },
    tables: { facts: 'fact,store,amount\n1,S1,10\n2,S2,20\n', stores: 'store,region\nS1,X\nS1,Y\nS2,Y\n' },
  });
  expect(await lab.code('SELECT amount AT region')).toBe('FD_CONTRADICTED');
  expect(await lab.rows('SELECT amount AT ()')).toEqual([[30]]);
  const entries = valueIn(await lab.service.entries());
  const levels = entries.map(({ domain, state, verificationLevel }) => [domain, state, verificationLevel]);
  expect(levels).toEqual(
    expect.arrayContaining([
      ['metric', 'sum', expect.stringMatching(/^A+$/)],
      ['qm', 'edge', null],
      ['qm', 'attestation', null],
    ]),
  );
  await lab.close();
});
