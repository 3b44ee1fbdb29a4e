import { describe, expect, test } from 'vitest';
import { type NodeInstallation, tryInNode } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

function shop(given: Partial<NodeInstallation> = {}): NodeInstallation {
  return {
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
    ...given,
  };
}

/** The shop's collection with one line changed; lines count from 1. */
function withLine(line: number, text: string): Partial<NodeInstallation> {
  const lines = SHOP_COLLECTION.split('\n');
  lines[line - 1] = text;
  return { collections: { 'shop/': lines.join('\n') } };
}

describe('YAML that cannot be used: every problem with its place', () => {
  test.each([
    {
      what: 'a bracket that never closes',
      given: withLine(6, '    grain: [sale'),
      issue: { code: 'YAML_SYNTAX', file: 'ac.yaml', line: 7 },
    },
    {
      what: 'a tab as indentation',
      given: withLine(6, '\tgrain: [sale]'),
      issue: { code: 'YAML_SYNTAX', file: 'ac.yaml', line: 6 },
    },
    {
      what: 'a web page in its place',
      given: { collections: { 'shop/': '<!doctype html>\n<html><body>Not found</body></html>\n' } },
      issue: { code: 'WRONG_VALUE', file: 'ac.yaml', line: 1, column: 1 },
    },
    {
      what: 'an empty file',
      given: { collections: { 'shop/': '' } },
      issue: { code: 'WRONG_VALUE', file: 'ac.yaml', line: 1, column: 1 },
    },
    {
      what: 'a key that is misspelt',
      given: withLine(5, '    sourse: sales'),
      issue: { code: 'UNKNOWN_KEY', file: 'ac.yaml', line: 5, column: 5, message: expect.stringContaining('source') },
    },
    {
      what: 'a source that there is not',
      given: withLine(5, '    source: sale'),
      issue: {
        code: 'UNKNOWN_SOURCE',
        file: 'ac.yaml',
        line: 5,
        column: 13,
        message: expect.stringContaining('`sales`'),
      },
    },
    {
      what: 'a column that its file has not',
      given: withLine(11, '      amont: {type: int64}'),
      issue: {
        code: 'UNKNOWN_COLUMN',
        file: 'ac.yaml',
        line: 11,
        column: 7,
        message: expect.stringContaining('`amount`'),
      },
    },
    {
      what: 'an operator that there is not',
      given: withLine(25, '    ip_reducers: [{operator: TOTAL, a_block: []}]'),
      issue: { code: 'UNKNOWN_OPERATOR', file: 'ac.yaml', line: 25, column: 30 },
    },
    {
      what: 'an installation without sources',
      given: { installation: 'name: shop\nbackend: {type: duckdb}\nacs: [{path: shop/}]\n' },
      issue: { code: 'MISSING_KEY', file: 'installation.yaml', line: 1 },
    },
    {
      what: 'a backend that there is not',
      given: { installation: shopInstallation().replace('duckdb', 'oracle') },
      issue: { code: 'WRONG_VALUE', file: 'installation.yaml', line: 6, message: expect.stringContaining('duckdb') },
    },
    {
      what: 'a hash that is none',
      given: { installation: shopInstallation({ hashes: { sales: 'abc' } }) },
      issue: { code: 'WRONG_VALUE', file: 'installation.yaml', line: 3 },
    },
    {
      what: 'an installation that is no YAML',
      given: { installation: 'name: "shop\n' },
      issue: { code: 'YAML_SYNTAX', file: 'installation.yaml' },
    },
  ])('$what', async ({ given, issue }) => {
    const { outcome, service } = await tryInNode(shop(given));
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'collection' } });
    if (outcome.ok || outcome.error.kind !== 'collection') throw new Error('it opened');
    const { issues, message } = outcome.error;
    expect(issues).toContainEqual(expect.objectContaining(issue));
    const [first] = issues;
    expect(message).toContain(`${first?.file}:${first?.line}:${first?.column}: ${first?.message}`);
    await service.close();
  });

  test('several problems are told at once', async () => {
    const collection = SHOP_COLLECTION.replace('source: sales', 'source: sale').replace(
      'operator: MAX',
      'operator: MOST',
    );
    const { outcome } = await tryInNode(shop({ collections: { 'shop/': collection } }));
    if (outcome.ok || outcome.error.kind !== 'collection') throw new Error('it opened');
    expect(outcome.error.issues.map(({ code }) => code)).toEqual(['UNKNOWN_SOURCE', 'UNKNOWN_OPERATOR']);
    expect(outcome.error.message).toContain('(and 1 more)');
  });

  test.each([
    { what: 'nothing at its address', reply: { status: 404 }, code: 'NOT_FOUND', said: 'answered 404' },
    { what: 'no network', reply: null, code: 'UNREACHABLE', said: 'could not be fetched' },
  ])('a collection with $what', async ({ reply, code, said }) => {
    const { outcome } = await tryInNode(
      shop({
        collections: {},
        fetch: async () => {
          if (reply === null) throw new TypeError('Failed to fetch');
          return new Response('', reply);
        },
      }),
    );
    expect(outcome).toMatchObject({
      ok: false,
      error: {
        kind: 'collection',
        issues: [{ code, message: expect.stringContaining('http://localhost/shop/ac.yaml') }],
      },
    });
    if (!outcome.ok) expect(outcome.error.message).toContain(said);
  });
});
