import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NodeSession, openInNode } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

let session: NodeSession;
beforeAll(async () => {
  session = await openInNode({
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
  });
});
afterAll(() => session.close());

test.each([
  { query: 'SELECT amont AT ()', name: 'amont', suggests: 'amount', from: 7 },
  { query: 'SELECT amount AT regoin', name: 'regoin', suggests: 'region', from: 17 },
  { query: "SELECT amount AT () WHERE stor = 'S1'", name: 'stor', suggests: 'store', from: 26 },
  { query: 'SELECT amount FROM sale AT ()', name: 'sale', suggests: 'sales', from: 19 },
])('an unknown name is named, with what it may have meant: $query', async ({ query, name, suggests, from }) => {
  const answer = await session.query(query);
  expect(answer).toMatchObject({
    mood: 'refuse',
    code: 'UNKNOWN_NAME',
    span: { from, to: from + name.length },
    message: expect.stringMatching(new RegExp(`named \`${name}\`.*\`${suggests}\``)),
  });
  if (!('code' in answer)) throw new Error('it was answered');
  expect(answer.remedies).not.toEqual([]);
  for (const remedy of answer.remedies) expect(await session.query(remedy.query)).toHaveProperty('rows');
});

test.each([
  { what: 'nothing', query: '' },
  { what: 'prose', query: 'how much did we sell?' },
  { what: 'half a statement', query: 'SELECT amount AT (' },
  { what: 'an open quote', query: "SELECT amount AT () WHERE store = 'S1" },
  { what: 'a control character', query: 'SELECT amount\u0000 AT ()' },
])('$what is refused as no statement, and the next question answers', async ({ query }) => {
  expect(await session.query(query)).toMatchObject({ mood: 'refuse', code: 'SYNTAX' });
  expect(await session.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
});
