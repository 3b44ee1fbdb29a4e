import { expect, test } from 'vitest';
import { parse } from '../../../src/frameql/parser.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { retailFacts, retailManifest } from '../../support/retail.ts';

const RETAIL = retailManifest();
const FACTS = retailFacts(RETAIL);

/** `f(f(…x…))`, so many times. */
function nested(depth: number, of: (inner: string) => string, inner = 'AVG(revenue)'): string {
  return depth === 0 ? inner : nested(depth - 1, of, of(inner));
}

function resolved(text: string) {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.error.hint ?? text);
  const resolution = resolve(RETAIL, FACTS, parsed.statement);
  return resolution.ok ? 'resolves' : resolution.causes[0].message;
}

// Each is written in terms of its argument several times over, so that text doubles with every level.
test.each([
  ['ROUND', (inner: string) => `ROUND(${inner}, 2)`],
  ['ABS', (inner: string) => `ABS(${inner})`],
  ['GREATEST', (inner: string) => `GREATEST(${inner}, ${inner.length < 40 ? inner : 'revenue'})`],
  ['COALESCE', (inner: string) => `COALESCE(${inner}, 1)`],
])('%s inside itself resolves while it is small, and is refused before it grows beyond measure', (name, of) => {
  expect(resolved(`SELECT region, ${nested(2, of)} AS x AT region`)).toBe('resolves');
  expect(resolved(`SELECT region, ${nested(60, of)} AS x AT region`)).toBe(
    `${name} stands over so many functions inside one another that it cannot be computed. Use fewer of them.`,
  );
});
