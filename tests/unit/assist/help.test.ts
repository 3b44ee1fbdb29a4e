import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RetailEditor } from './retail.ts';

let retail: RetailEditor;

beforeAll(async () => {
  retail = await RetailEditor.open();
});

afterAll(async () => {
  await retail?.close();
});

describe('a word is described', () => {
  const factsOf = (facts: readonly { readonly name: string; readonly value: string }[]) =>
    facts.map(({ name, value }) => `${name}: ${value}`);

  test('a family: description, formula or root, reducers, blocks', async () => {
    const profit = await retail.describe('SELECT pro|fit AT region');
    expect(profit).toMatchObject({ from: 7, to: 13, kind: 'family', type: 'decimal(2)', doc: 'Revenue less cost.' });
    expect(factsOf(profit?.facts ?? [])).toEqual(['formula: revenue - cost', 'from: transactions']);
    const stock = await retail.describe('SELECT stock| AT region');
    expect(factsOf(stock?.facts ?? [])).toEqual([
      'root: store_monthly_inventory.units_on_hand',
      'reducers: LAST, SUM',
      'blocked: no SUM along calendar',
    ]);
  });

  test('a dimension: family, type, edges, bridges', async () => {
    const product = await retail.describe('SELECT revenue AT |product');
    expect(product).toMatchObject({ kind: 'dimension', type: 'text', doc: 'A dimension of merchandise.' });
    expect(factsOf(product?.facts ?? [])).toEqual([
      'leads to: category (via products), product_name (via products)',
      'by VIA: product ↔ promotion VIA product_promotions',
    ]);
    expect(await retail.describe('SELECT revenue AT mon|th')).toMatchObject({ doc: 'The months of calendar.' });
  });

  test.each([
    ['SELECT SU|M(revenue) AT region', 'operator', 'SUM(x)'],
    ['SELECT COUNT|(*) AS n AT region', 'operator', 'COUNT(*)'],
    ['SELECT revenue.MAX| AT region', 'operator', 'MAX(x)'],
    ['SELECT ROUND|(revenue, 1) AS r AT region', 'function', 'ROUND(x[, n])'],
    ['SELECT la|g(revenue) AS r AT month', 'window', 'LAG(x[, n][, step => level])'],
    ['SELECT store_na|me AT store', 'attribute', 'store_name'],
    ['SELECT revenue FROM trans|actions AT region', 'schema', 'transactions'],
    ['SELECT revenue AT promotion VIA product_|promotions', 'bridge', 'product_promotions'],
    ['SELECT revenue AS r AT region HAVING |r > 1', 'column', 'r'],
    ['WITH net = revenue SELECT ne|t AT region', 'column', 'net'],
    ['SELECT revenue A|T region', 'keyword', 'AT'],
    ['SELECT revenue AT region ORDER B|Y revenue', 'keyword', 'ORDER BY'],
    ['SELECT "reg|ion" AT region', 'dimension', 'region'],
  ])('%s', async (place, kind, title) => {
    const found = await retail.describe(place);
    expect(found).toMatchObject({ kind, title });
    expect((found?.doc ?? '').length + (found?.facts.length ?? 0)).toBeGreaterThan(0);
  });

  test.each(['SELECT nons|ense AT region', "SELECT 'reg|ion'", 'SELECT 12|', 'SELECT revenue  |  AT region', '|'])(
    '%s says nothing',
    async (place) => {
      expect(await retail.describe(place)).toBeNull();
    },
  );
});

describe('a call shows how it is written', () => {
  test.each([
    ['SELECT SUM(|', 'SUM(x)', 'x'],
    ['SELECT ROUND(revenue|, 1)', 'ROUND(x[, n])', 'x'],
    ['SELECT ROUND(revenue, |)', 'ROUND(x[, n])', 'n'],
    ['SELECT ROUND(revenue, 12|)', 'ROUND(x[, n])', 'n'],
    ['SELECT QUANTILE(revenue, 0.9|) AT month', 'QUANTILE(x, q)', 'q'],
    ['SELECT LAG(revenue, 1, step => |', 'LAG(x[, n][, step => level])', 'step => level'],
    [
      'SELECT LAST(stock, combine => S|UM)',
      'LAST(x[, order => date][, combine => SUM | MIN | MAX])',
      'combine => SUM | MIN | MAX',
    ],
    ['SELECT SUM(ABS(re|venue))', 'ABS(x)', 'x'],
    ['SELECT SUM((re|venue - cost))', 'SUM(x)', 'x'],
    ["SELECT CONCAT(a, 'b', c, |", 'CONCAT(a, b, …)', '…'],
    ["SELECT CONTAINS(region, 'Ea|st')", 'CONTAINS(text, part)', 'part'],
    ['SELECT SUM(revenue, |)', 'SUM(x)', null],
  ])('%s', async (place, label, active) => {
    const found = await retail.signature(place);
    expect(found?.label).toBe(label);
    const span = found?.active == null ? undefined : found.parameters[found.active];
    expect(span === undefined ? null : label.slice(span.from, span.to)).toBe(active);
  });

  test.each([
    'SELECT SUM(revenue)|',
    'SELECT (revenue| - cost)',
    'SELECT NONSENSE(re|venue)',
    'SELECT AVG(x) @ (re|gion)',
  ])('%s shows none', async (place) => {
    expect(await retail.signature(place)).toBeNull();
  });
});

describe('a question is formatted', () => {
  test.each([
    ['select  revenue  at re|gion', 'SELECT revenue\n  AT re|gion'],
    ['|select revenue at (region)', '|SELECT revenue\n  AT region'],
    ["select revenue at region where region=|'East'", "SELECT revenue\n  AT region\n  WHERE region =| 'East'"],
    ['select revenue at region  |  ', 'SELECT revenue\n  AT region|'],
    ["SELECT revenue where month = '2024-01' at ((reg|ion))", null],
  ])('%j', async (place, expected) => {
    const found = await retail.format(place);
    const shown = found.ok ? `${found.text.slice(0, found.caret)}|${found.text.slice(found.caret)}` : null;
    expect(shown).toBe(expected);
  });

  test('twice is once, and it means the same', async () => {
    const once = await retail.format(
      'select region, sum(revenue) as r at (region) having r>1 order by r desc limit 2|',
    );
    if (!once.ok) throw new Error(once.reason);
    expect(await retail.format(`${once.text}|`)).toEqual({ ...once, caret: once.text.length });
    expect(await retail.refusal(once.text)).toBeNull();
  });

  test.each([
    ['SELECT revenue -- all of it\n AT region|', /comments/],
    ['SELECT revenue AT|', /no complete question/],
    ['  |', /nothing to format/],
  ])('%j stays, and says why', async (place, reason) => {
    expect(await retail.format(place)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('a name leads to where it is declared', () => {
  test.each([
    ['SELECT reve|nue AT region', 69, '  - name: revenue'],
    ['SELECT profit| AT region', 105, '  - name: profit'],
    ['SELECT revenue AT |region', 21, '      region: { dimension: region }'],
    ['SELECT revenue AT cate|gory', 29, '      category: { dimension: category }'],
    ['SELECT revenue AT pro|duct', 24, '  - name: products'],
    ['SELECT revenue AT cust|omer', 14, '      customer_id: { dimension: customer }'],
    ['SELECT revenue AT mon|th', 66, '    calendar: { from: day, levels: [week, month, quarter, year] }'],
    ['SELECT store_name| AT store', 22, '      store_name: { attribute_of: store }'],
    ['SELECT revenue FROM sto|res AT region', 17, '  - name: stores'],
    [
      'SELECT revenue AT promotion VIA product_prom|otions',
      64,
      '      - { child: product, parent: promotion, via: product_promotions }',
    ],
  ])('%s', async (place, line, first) => {
    const found = await retail.definition(place);
    expect(found).toMatchObject({ kind: 'yaml', file: 'ac.yaml', line });
    expect(found?.kind === 'yaml' ? found.lines[0] : null).toBe(first);
  });

  test('or to the place in the text that gives it', async () => {
    expect(await retail.definition('WITH net = revenue SELECT ne|t AT region')).toMatchObject({
      kind: 'text',
      at: { from: 5, to: 8 },
    });
    expect(await retail.definition('SELECT revenue AS r AT region ORDER BY r|')).toMatchObject({
      kind: 'text',
      at: { from: 18, to: 19 },
    });
  });

  test.each(['SELECT SU|M(revenue)', 'SELECT nonsense| AT region', 'SEL|ECT revenue', '|'])(
    '%s leads nowhere',
    async (place) => {
      expect(await retail.definition(place)).toBeNull();
    },
  );
});
