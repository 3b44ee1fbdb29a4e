import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadInstallation } from '../../../src/collection/installation.ts';
import type { ManifestSource } from '../../../src/collection/manifest.ts';
import { compiled } from './compiled.ts';
import { GOLDEN, RETAIL_COLLECTION, RETAIL_INSTALLATION } from './retail.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Every YAML block of the page, with the line it begins on. */
const BLOCKS = [...read('docs/collection.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ({ 1: text = '', index, input }) => ({
    line: input.slice(0, index).split('\n').length,
    text,
  }),
);

const FLIGHTS: readonly ManifestSource[] = Object.entries({
  flights: ['flight', 'date', 'origin', 'destination', 'delay', 'distance'],
  airports: ['iata', 'name', 'city', 'state', 'country'],
}).map(([name, columns]) => ({
  name,
  kind: 'csv',
  columns: columns.map((column) => ({ name: column, type: 'text', nullable: true })),
}));

type Document = Record<string, unknown>;

/** The document with the keys of a block: what a list names anew stands in place of what had that name. */
function withBlock(document: Document, block: Document): Document {
  const named = (items: readonly unknown[]) => new Map(items.map((item) => [nameOf(item), item]));
  const merged = Object.entries(block).map(([key, value]) => {
    const old = document[key];
    if (!Array.isArray(value) || !Array.isArray(old)) return [key, value];
    return [key, [...new Map([...named(old), ...named(value)]).values()]];
  });
  return { ...document, ...Object.fromEntries(merged) };
}

function nameOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'name' in item ? item.name : item;
}

/** Codes of what is wrong with a collection that has a block. */
function issuesOf(block: string, base: string, installation: string, sources: readonly ManifestSource[]) {
  const text = stringify(withBlock(parse(base), parse(block)));
  const result = compiled(text, { installation, sources });
  return result.ok ? [] : result.issues.map(({ message }) => message);
}

test.each(BLOCKS)('the YAML on line $line of the page compiles', ({ text }) => {
  if (text.startsWith('# installation\n')) {
    expect(loadInstallation(text, 'installation.yaml')).toMatchObject({ ok: true });
  } else if (text.startsWith('# flights\n')) {
    const installation = read('public/fixtures/flights/installation.coframe/installation.yaml');
    expect(issuesOf(text, read('public/fixtures/flights/flights.coframe/ac.yaml'), installation, FLIGHTS)).toEqual([]);
  } else {
    expect(issuesOf(text, RETAIL_COLLECTION, RETAIL_INSTALLATION, GOLDEN.sources)).toEqual([]);
  }
});

test('the page has a block for each part of the documents', () => {
  const keys = new Set(BLOCKS.flatMap(({ text }) => Object.keys(parse(text))));
  const documents = [RETAIL_COLLECTION, RETAIL_INSTALLATION].flatMap((text) => Object.keys(parse(text)));
  expect([...documents, 'filter'].filter((key) => !keys.has(key))).toEqual([]);
});
