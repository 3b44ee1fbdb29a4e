import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REFUSAL_EXAMPLES } from '../../../scripts/docs/refusal-examples.mjs';
import { refusalsPage } from '../../../scripts/docs/refusals.mjs';
import { CLARIFYING, REFUSAL_MESSAGES } from '../../../src/resolution/refusal.ts';
import { type NodeSession, openInNode, retailInstallation } from '../../support/node-session.ts';
import { marketInstallation } from '../runtime/refusals/market.ts';

const page = refusalsPage(REFUSAL_MESSAGES, CLARIFYING).split('\n');
const rows = page.filter((line) => line.startsWith('| `'));

test('each code has a row and a section, in the order of the table of messages', () => {
  const codes = Object.keys(REFUSAL_MESSAGES);
  expect(rows.map((row) => row.split('`')[1])).toEqual(codes);
  expect(page.filter((line) => line.startsWith('### ')).map((line) => line.split('`')[1])).toEqual(codes);
});

test('what asks back is told apart', () => {
  const asking = rows.filter((row) => row.includes('| asks back |')).map((row) => row.split('`')[1]);
  expect(new Set(asking)).toEqual(CLARIFYING);
});

test('no message has a hole', () => {
  expect(page.filter((line) => /undefined|NaN|\[object|, \.|\(\)\.$/.test(line))).toEqual([]);
});

describe('each example', () => {
  const sessions = new Map<'retail' | 'market', NodeSession>();

  beforeAll(async () => {
    const retail = await retailInstallation();
    const promotions = new URL('../../../public/fixtures/retail/product_promotions.csv', import.meta.url);
    const files = { ...retail.files, '../product_promotions.csv': await readFile(promotions, 'utf8') };
    sessions.set('retail', await openInNode({ ...retail, files, warmUp: 'off' }));
    sessions.set('market', await openInNode(marketInstallation()));
  }, 60_000);

  afterAll(async () => {
    await Promise.all([...sessions.values()].map((session) => session.close()));
  });

  const asked = Object.entries(REFUSAL_EXAMPLES).flatMap(([code, example]) =>
    example.asked === null ? [] : [{ code, ...example, ...example.asked }],
  );

  test.each(asked)('$code: $query', async ({ code, collection, query, parameters, remedy }) => {
    const refusal = await sessions.get(collection)?.query(query);
    expect(refusal).toMatchObject({ code, parameters });
    expect(refusal && 'remedies' in refusal && (refusal.remedies[0]?.query ?? null)).toBe(remedy);
  });
});
