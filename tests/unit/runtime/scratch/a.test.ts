import { test } from 'vitest';
import { openLab } from '../regressions/lab.ts';

const T = 120_000;
async function say(label: string, run: () => Promise<unknown>) {
  try { console.log(label, JSON.stringify(await run())); } catch (error) { console.log(label, 'ERR', String(error instanceof Error ? error.message : error).slice(0, 400)); }
}
const simple = (columns: string, extra = '') => `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {${columns}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
${extra}`;

test('count first, then the first column', async () => {
  const lab = await openLab({ collections: { 'c/': simple('fact: {dimension: fact}, amount: {type: decimal(2)}') }, tables: { facts: 'amount,fact\n5,a\n7,b\n' } });
  await say('count', () => lab.rows('SELECT COUNT(*) FROM facts AT ()', { engine: false }));
  await say('sum', () => lab.rows('SELECT amount AT ()'));
  await say('sum off', () => lab.rows('SELECT amount AT ()', { engine: false }));
  await lab.close();
}, T);

test('count first, dims int', async () => {
  const lab = await openLab({ collections: { 'c/': simple('fact: {dimension: fact, type: int64}, amount: {type: decimal(2)}') }, tables: { facts: 'fact,amount\n10,5\n9,7\n' } });
  await say('count', () => lab.rows('SELECT COUNT(*) FROM facts AT ()', { engine: false }));
  await say('by fact', () => lab.rows('SELECT fact, amount AT fact', { engine: false }));
  await say('filter', () => lab.rows('SELECT fact, amount AT fact WHERE fact > 9', { engine: false }));
  await lab.close();
}, T);

test('two collections, two types', async () => {
  const lab = await openLab({ collections: { 'c/': simple('fact: {dimension: fact}, amount: {type: decimal(2)}'), 'd/': simple('fact: {dimension: fact}, amount: {type: decimal(4)}').replace('name: c', 'name: d') }, tables: { facts: 'amount,fact\n5,a\n7,b\n' } });
  await say('c', () => lab.rows('SELECT amount AT ()'));
  await lab.service.use('d');
  await say('d', () => lab.rows('SELECT amount AT ()'));
  await lab.close();
}, T);

test('root where over a mapped dimension', async () => {
  const lab = await openLab({ collections: { 'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {f: {dimension: fact}, store_id: {dimension: store}, amount: {type: int64}, store: {type: text}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount, where: "store = 'S1'"}, ip_reducers: [{operator: SUM, a_block: []}]}
` }, tables: { facts: 'f,store_id,amount,store\na,S1,5,X\nb,S2,7,S1\n' } });
  await say('where', () => lab.rows('SELECT amount AT ()'));
  await lab.close();
}, T);
test('root where over a mapped dimension 2', async () => {
  const lab = await openLab({ collections: { 'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {f: {dimension: fact}, store_id: {dimension: store}, amount: {type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount, where: "store = 'S1'"}, ip_reducers: [{operator: SUM, a_block: []}]}
` }, tables: { facts: 'f,store_id,amount,store\na,S1,5,X\nb,S2,7,S1\n' } });
  await say('where', () => lab.rows('SELECT amount AT ()'));
  await lab.close();
}, T);
