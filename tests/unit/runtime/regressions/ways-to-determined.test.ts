import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

const COLLECTION = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, district: {dimension: district}, chain: {dimension: chain}}}
  - {name: districts, source: districts, grain: [district], columns: {district: {dimension: district}, country: {dimension: country}}}
  - {name: chains, source: chains, grain: [chain], columns: {chain: {dimension: chain}, country: {dimension: country}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: district, via: stores}, {child: store, parent: chain, via: stores}, {child: district, parent: country, via: districts}, {child: chain, parent: country, via: chains}]}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;
const tables = {
  facts: 'fact,store,amount\n1,S1,10\n2,S2,20\n',
  stores: 'store,district,chain\nS1,D1,C1\nS2,D2,C2\n',
  districts: 'district,country\nD1,X\nD2,Y\n',
};
const QUESTIONS = [
  'SELECT store, country, amount AT store',
  "SELECT store, country = 'X' AS x, amount AT store",
  'SELECT district, chain, country, amount AT (district, chain)',
  'SELECT store, country FROM facts AT store',
];

test.each(QUESTIONS)('two ways from the anchor that disagree determine nothing: %s', async (question) => {
  const lab = await openLab({
    collections: { 'c/': COLLECTION },
    tables: { ...tables, chains: 'chain,country\nC1,Y\nC2,Y\n' },
  });
  const answer = await lab.ask(question);
  expect('code' in answer && answer.code).toBe('AMBIGUOUS_PATH');
  expect('code' in answer && answer.witness?.rows.length).toBeGreaterThan(0);
  if ('code' in answer) for (const { query } of answer.remedies) await lab.rows(query);
  await lab.close();
});

test('two ways that agree determine, once that is attested', async () => {
  const lab = await openLab({
    collections: { 'c/': COLLECTION },
    tables: { ...tables, chains: 'chain,country\nC1,X\nC2,Y\n' },
  });
  expect(await lab.everyWay('SELECT store, country, amount AT store')).toEqual([
    ['S1', 'X', 10],
    ['S2', 'Y', 20],
  ]);
  const answer = await lab.ask('SELECT store, country, amount AT store');
  if ('code' in answer) throw new Error(answer.message);
  const agreed = answer.provenance.conditions.filter(({ id }) => id === 'I6').map(({ status }) => status);
  expect(agreed).toEqual(['verified']);
  await lab.close();
});

test.each([
  [
    'SELECT district, country, amount AT district',
    ['SELECT district, country, amount AT (district, country)', 'SELECT district, amount AT district'],
  ],
  [
    "SELECT district, country = 'X' AS x, amount AT district",
    ["SELECT district, country = 'X' AS x, amount AT (district, country)"],
  ],
])('the only way was declared and does not hold: %s', async (question, remedies) => {
  const lab = await openLab({
    collections: { 'c/': COLLECTION },
    tables: { ...tables, districts: 'district,country\nD1,X\nD1,Y\nD2,Y\n', chains: 'chain,country\nC1,X\nC2,Y\n' },
  });
  const answer = await lab.ask(question);
  if (!('code' in answer)) throw new Error(`${question} was answered`);
  expect(answer).toMatchObject({
    code: 'FD_CONTRADICTED',
    parameters: { series: 'district', dimension: 'country', edge: 'district→country via districts', violations: 1 },
    witness: { rows: [['D1', 'X', 'Y']] },
  });
  expect(question.slice(answer.span.from, answer.span.to)).toBe('country');
  expect(answer.remedies.map(({ query }) => query)).toEqual(remedies);
  for (const query of remedies) await lab.rows(query);
  await lab.close();
});
