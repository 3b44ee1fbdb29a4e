import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, isMap, isSeq, parseDocument, visit } from 'yaml';
import type { SemanticManifest } from '../../../src/collection/manifest.ts';
import { DISPLAY_FIELDS, manifestFingerprint } from '../../../src/collection/manifest-fingerprint.ts';
import { manifestOf } from './compiled.ts';
import { GOLDEN, RETAIL_COLLECTION, RETAIL_INSTALLATION, retailManifest } from './retail.ts';

/** The retail collection with something in every field that it leaves empty. */
const FULL = RETAIL_COLLECTION.replace(
  'name_map:',
  "filter: \"day BETWEEN '2023-10-01' AND '2024-12-31' AND UPPER(region) NOT IN ('NORTH', 'SOUTH')\"\nname_map:",
)
  .replace(
    '{ schema: transactions, column: cost }',
    '{ schema: transactions, column: cost, where: "cost > 0.5 OR NOT -cost = 1e3 OR CASE WHEN customer IS NULL THEN 1 ELSE quantity END = 2" }',
  )
  .replace('a_block: []', 'a_block: [calendar]')
  .replace('grain: [store]', 'grain: [store] # one row each');

type Path = readonly (string | number)[];

/** Every leaf of a value (and every empty list), by path. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, item]) => leaves(item, [...path, key]));
}

/** The value with the leaf at a path changed to another of its kind. */
function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key !== undefined) {
    if (Array.isArray(value)) return value.map((item, index) => (index === key ? changed(item, rest) : item));
    if (typeof value !== 'object' || value === null) throw new Error('no such path');
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, name === key ? changed(item, rest) : item]),
    );
  }
  if (Array.isArray(value)) return ['something'];
  switch (typeof value) {
    case 'string':
      return `${value}!`;
    case 'number':
      return value + 1;
    case 'boolean':
      return !value;
    default:
      return 'something';
  }
}

const plain = (manifest: SemanticManifest): SemanticManifest => JSON.parse(JSON.stringify(manifest));
const fingerprintOf = (value: unknown) => {
  const manifest: SemanticManifest = JSON.parse(JSON.stringify(value));
  return manifestFingerprint(manifest);
};

describe('every field', () => {
  const manifest = plain(manifestOf(FULL, { installation: RETAIL_INSTALLATION, sources: GOLDEN.sources }));
  const paths = leaves(manifest).filter(([first]) => first !== 'fingerprint');
  const isDisplay = (path: Path) => path[0] !== 'nameMap' && path.some((key) => DISPLAY_FIELDS.has(String(key)));

  test('changes the fingerprint when it changes', () => {
    const covered = paths.filter((path) => !isDisplay(path));
    expect(covered.length).toBeGreaterThan(300);
    for (const path of covered) {
      expect(fingerprintOf(changed(manifest, path)), path.join('.')).not.toBe(manifest.fingerprint);
    }
  });

  test('for display does not', () => {
    const display = paths.filter(isDisplay);
    expect(new Set(display.flatMap((path) => path.filter((key) => DISPLAY_FIELDS.has(String(key)))))).toEqual(
      new Set(['description', 'formulaText', 'issues', 'span', 'nameSpan', 'quoted', 'nullable']),
    );
    for (const path of display)
      expect(fingerprintOf(changed(manifest, path)), path.join('.')).toBe(manifest.fingerprint);
  });

  test('changes it when it is taken out', () => {
    for (const key of Object.keys(manifest)) {
      if (key === 'fingerprint' || DISPLAY_FIELDS.has(key)) continue;
      const rest = Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== key));
      expect(fingerprintOf(rest), key).not.toBe(manifest.fingerprint);
    }
  });
});

test('names in the name map are names, also those of display fields', () => {
  const described = (name: string) => ({ ...plain(retailManifest()), nameMap: { [name]: 'sku' } });
  expect(fingerprintOf(described('description'))).not.toBe(fingerprintOf(described('span')));
});

describe('how the YAML is written', () => {
  /** Lists whose order means something: reducers (the first is the bare family's). */
  const ORDERED = new Set(['ip_reducers']);

  /** The document with maps and meaningless lists in another order, as text in another style. */
  function respelt(random: (below: number) => number): string {
    const document = parseDocument(FULL);
    const shuffled = <Item>(items: readonly Item[]): Item[] => {
      const left = [...items];
      return items.flatMap(() => left.splice(random(left.length), 1));
    };
    visit(document, {
      Collection: (_, node, path) => {
        const pair = path[path.length - 1];
        const key = pair !== undefined && 'key' in pair ? String(pair.key) : '';
        node.flow = random(2) === 0;
        if (isMap(node)) node.items = shuffled(node.items);
        else if (isSeq(node) && !ORDERED.has(key)) node.items = shuffled(node.items);
        node.commentBefore = random(3) === 0 ? ' a comment' : null;
      },
    });
    const plainDocument = new Document(document.toJS());
    return random(2) === 0 ? document.toString({ lineWidth: 40 }) : plainDocument.toString({ indent: 4 });
  }

  /** The manifest without the places of what compiling noticed. */
  function unplaced(manifest: SemanticManifest): unknown {
    return { ...plain(manifest), issues: manifest.issues.map(({ code, message }) => ({ code, message })) };
  }

  test('does not change the manifest', () => {
    const options = { installation: RETAIL_INSTALLATION, sources: GOLDEN.sources };
    const expected = unplaced(manifestOf(FULL, options));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const random = (below: number) => (stream.next().value ?? 0) % below;
        const text = respelt(random);
        const sources = [...GOLDEN.sources]
          .reverse()
          .map((source) => ({ ...source, columns: [...source.columns].reverse() }));
        expect(unplaced(manifestOf(text, { ...options, sources }))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['spaces and quotes in a formula', 'revenue - cost,', '\'revenue   -  "cost"\','],
    ['a description', 'revenue less cost', 'what is left'],
    ['the case of an operator', 'operator: SUM', 'operator: sum'],
    ['the case of a combining operator', 'combine: SUM', 'combine: Sum'],
    ['a combining operator before the order', 'order: month, combine: SUM', 'combine: SUM, order: month'],
    ['an empty block left out', ', a_block: [] }', ' }'],
    ['a default that is said', 'blocked_reduction: refuse # or: disclose', ''],
    ['an anchor of a hint in another order, twice', '- [region, day]', '- [day, region]\n        - [region, day]'],
  ])('%s does not change the fingerprint', (_, from, to) => {
    const text = RETAIL_COLLECTION.replace(from, to);
    expect(text).not.toBe(RETAIL_COLLECTION);
    expect(retailManifest(text).fingerprint).toBe(GOLDEN.fingerprint);
  });

  test.each([
    ['a name', 'name: buyers', 'name: shoppers'],
    ['the name of the collection', 'retail_full', 'retail'],
    ['a type', 'quantity: { type: int64 }', 'quantity: { type: double }'],
    ['a block', 'a_block: [] }', 'a_block: [geography] }'],
    ['a formula', 'revenue - cost', 'cost - revenue'],
    ['a hint', '- [region, day]', '- [store, day]'],
    ['an order', 'order: month', 'order: quarter'],
    ['how rows of one period combine', 'combine: SUM', 'combine: MAX'],
    ['that they do not', 'combine: SUM, ', ''],
    ['a bridge', 'child: product, parent: promotion, via', 'child: promotion, parent: product, via'],
    [
      'a bridge taken out',
      '    bridges:\n      - { child: product, parent: promotion, via: product_promotions }\n',
      '',
    ],
    ['a blocked reduction', 'refuse # or: disclose', 'disclose'],
  ])('%s does', (_, from, to) => {
    const text = RETAIL_COLLECTION.replace(from, to);
    expect(text).not.toBe(RETAIL_COLLECTION);
    expect(retailManifest(text).fingerprint).not.toBe(GOLDEN.fingerprint);
  });
});
