import { expect, test } from 'vitest';
import { parse } from '../../../src/frameql/parser.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { retailFacts, retailManifest } from '../../support/retail.ts';

const RETAIL = retailManifest();
const FACTS = retailFacts(RETAIL);

test.each([
  ['SELECT store_name, revenue AT store_name', 'store_name'],
  ['SELECT UPPER(region) AS r, revenue AT r', 'r'],
  ['SELECT region, CUMSUM(revenue) AS c AT (region, mnth)', 'mnth'],
])('a name in AT that is no dimension is told, and not what follows from it: %s', (query, at) => {
  const parsed = parse(query);
  if (!parsed.ok) throw new Error(query);
  const resolution = resolve(RETAIL, FACTS, parsed.statement);
  if (resolution.ok) throw new Error(`${query} resolves`);
  const [cause, ...others] = resolution.causes;
  expect([cause.code, cause.span.from]).toEqual(['UNKNOWN_NAME', query.lastIndexOf(at)]);
  expect(others).toEqual([]);
});
