import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuilderChoices } from '../../../src/builder/choices.ts';
import type { QuestionOutline } from '../../../src/builder/outline.ts';
import type { OutlinedText, Refusal } from '../../../src/runtime/api.ts';
import { type NodeSession, openInNode, retailInstallation, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

let retail: NodeSession;
let shop: NodeSession;

beforeAll(async () => {
  retail = await openInNode({ ...(await retailInstallation()), warmUp: 'off' });
  shop = await openInNode({
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
  });
});

afterAll(async () => {
  await retail?.close();
  await shop?.close();
});

async function outlined({ service }: NodeSession, text: string): Promise<OutlinedText> {
  const found: OutlinedText | Refusal = valueIn(await service.outline(text));
  if ('code' in found) throw new Error(`${text}: ${found.message}`);
  return found;
}

/** Why the question of an outline would be refused; null: it would be answered. */
async function complaint({ service }: NodeSession, outline: QuestionOutline): Promise<string | null> {
  const written = valueIn(await service.write(outline));
  if (!written.ok) throw new Error(written.fault.message);
  const diagnosis = valueIn(await service.check(written.text));
  return diagnosis.ok ? null : diagnosis.refusal.code;
}

/** Names that work, and those that do not, by what is offered. */
function parted(choices: BuilderChoices['dimensions']) {
  const names = (works: boolean) => choices.filter((each) => each.works === works).map((each) => each.name);
  return { works: names(true), not: names(false) };
}

describe('what is offered for AT works, and nothing else does', () => {
  const asked = [
    'SELECT revenue AT ()',
    'SELECT revenue, cost AT region',
    'SELECT profit AT month',
    "SELECT revenue AT region WHERE store = 'S01'",
    'SELECT stock, revenue AT month',
    'SELECT AVG(revenue @ (day)) AS mean AT region',
    'WITH margin = profit / revenue SELECT margin AS m AT region',
    'SELECT COUNT(*) FROM transactions AT ()',
  ];
  it.each(asked)('%s', async (text) => {
    const { outline, choices } = await outlined(retail, text);
    expect(await complaint(retail, outline)).toBeNull();
    const present = new Set(outline.anchor.map((each) => each.name));
    const found: Record<string, boolean> = {};
    const bridged: Record<string, string | null> = {};
    for (const { name, works, reason, via } of choices.dimensions) {
      if (present.has(name)) continue;
      const wider = { ...outline, anchor: [...outline.anchor, { name, via: null }] };
      const code = await complaint(retail, wider);
      // An inner anchor must be finer than the outer one: that is not a matter of what can be reached.
      found[name] = code === null || code === 'NOTHING_REDUCED';
      expect([name, works, reason === null]).toEqual([name, found[name], found[name]]);
      for (const bridge of via) {
        const anchor = [...outline.anchor, { name, via: bridge }];
        bridged[name] = await complaint(retail, { ...outline, anchor });
      }
    }
    expect(Object.values(found)).toContain(true);
    expect(Object.values(bridged).filter((code) => code !== null)).toEqual([]);
  });
});

describe('what is offered for WHERE works, and nothing else does', () => {
  const asked = ['SELECT revenue AT region', 'SELECT stock, revenue AT month', 'SELECT COUNT(*) FROM stores AT ()'];
  it.each(asked)('%s', async (text) => {
    const { outline, choices } = await outlined(retail, text);
    for (const { name, works } of choices.filters) {
      const code = await complaint(retail, { ...outline, where: [{ kind: 'null', name, negated: true }] });
      expect([name, works]).toEqual([name, code === null]);
    }
  });
});

describe('attributes for SELECT', () => {
  it('are those that the anchor determines', async () => {
    const { outline, choices } = await outlined(retail, 'SELECT revenue AT store');
    expect(choices.attributes.length).toBeGreaterThan(0);
    for (const { name, works } of choices.attributes) {
      const items = [...outline.items, { kind: 'name', name, role: 'attribute', alias: null }] as const;
      expect([name, works]).toEqual([name, (await complaint(retail, { ...outline, items })) === null]);
    }
  });
});

describe('operators of a family', () => {
  it('are accepted by it, each with what it needs', async () => {
    const { outline, choices } = await outlined(retail, 'SELECT revenue AT (store, day, product)');
    for (const { name, operators } of choices.families) {
      for (const { name: operator, takesFraction } of operators) {
        const fraction = takesFraction ? '0.5' : null;
        const items = [{ kind: 'operator', operator, name, role: 'family', fraction, alias: 'x' }] as const;
        const code = await complaint(retail, { ...outline, anchor: [{ name: 'month', via: null }], items });
        // Blocks are a matter of the anchor.
        expect([name, operator, code]).toEqual([name, operator, code === 'BLOCKED_REDUCTION' ? code : null]);
      }
    }
    const revenue = choices.families.find((each) => each.name === 'revenue');
    expect(revenue?.means).toBe('SUM');
    expect(revenue?.operators[0]?.name).toBe('SUM');
    const profit = choices.families.find((each) => each.name === 'profit');
    expect([profit?.means, profit?.operators]).toEqual(['revenue - cost', []]);
  });
});

describe('before anything is chosen', () => {
  it('an empty text has an empty outline, and every choice', async () => {
    const { outline, choices, columns } = await outlined(shop, '  ');
    expect(valueIn(await shop.service.write(outline))).toEqual({ ok: true, text: '' });
    expect(columns).toEqual([]);
    expect(choices.families.map((each) => each.name)).toEqual(['amount', 'target']);
    expect(parted(choices.dimensions).not).toEqual([]);
  });

  it('without series, what some table has together with the rest', async () => {
    const { choices } = await outlined(shop, 'SELECT day AT day');
    expect(parted(choices.dimensions)).toEqual({ works: ['day', 'region', 'sale', 'store'], not: [] });
  });
});

describe('what does not work says why', () => {
  it('a dimension that a series has no way to', async () => {
    const { choices } = await outlined(shop, 'SELECT amount, target AT region');
    const reasons = Object.fromEntries(choices.dimensions.map(({ name, reason }) => [name, reason]));
    expect(reasons).toEqual({
      day: 'Nothing leads there from `targets`.',
      region: null,
      sale: 'Nothing leads there from `targets`.',
      store: null,
    });
  });

  it('an edge that the data contradict', async () => {
    const broken = await openInNode({
      installation: shopInstallation(),
      collections: { 'shop/': SHOP_COLLECTION },
      files: { ...SHOP_FILES, 'stores.csv': 'store,region\nS1,East\nS1,West\nS2,East\nS3,West\n' },
      warmUp: 'off',
    });
    await broken.query('SELECT amount AT region');
    const { choices } = await outlined(broken, 'SELECT amount AT ()');
    const region = choices.dimensions.find((each) => each.name === 'region');
    expect([region?.works, region?.reason]).toEqual([false, '`store→region via stores` does not hold in the data.']);
    await broken.close();
  });
});

describe('an outlined text', () => {
  it('tells the columns of the answer with their types, or their names while it is refused', async () => {
    expect((await outlined(shop, 'SELECT amount AS a AT region')).columns).toEqual([
      { name: 'region', type: 'text', level: null },
      { name: 'a', type: 'int64', level: null },
    ]);
    expect((await outlined(shop, 'SELECT nothing AS a AT region')).columns).toEqual([
      { name: 'region', type: null, level: null },
      { name: 'a', type: null, level: null },
    ]);
  });

  it('says whether writing it would lose comments', async () => {
    expect((await outlined(shop, 'SELECT amount AT region -- why')).hasComments).toBe(true);
    expect((await outlined(shop, 'SELECT amount AT region')).hasComments).toBe(false);
  });

  it('of what is no statement is the refusal that asking gives', async () => {
    const refused = valueIn(await shop.service.outline('SELECT amount GROUP BY region'));
    const checked = valueIn(await shop.service.check('SELECT amount GROUP BY region'));
    expect(checked).toEqual({ ok: false, refusal: refused });
  });
});
