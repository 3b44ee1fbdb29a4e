import { expect, test } from 'vitest';
import { parse } from '../../../src/frameql/parser.ts';
import { resolve } from '../../../src/resolution/resolve.ts';
import { compiled, factsOf } from '../../support/collection.ts';
import { MARKET_COLLECTION, MARKET_TABLES, marketInstallation } from '../runtime/refusals/market.ts';
import { UNBOUND } from './unbound.ts';

const HEADERS = Object.fromEntries(
  Object.entries(MARKET_TABLES).map(([name, text]) => [name, (text.split('\n')[0] ?? '').split(',')]),
);
const MANIFEST = compiled(MARKET_COLLECTION, marketInstallation().installation, HEADERS);

test.each(UNBOUND)('before any data is read: $query', ({ query, code, at, message, bound }) => {
  const [[name, operators] = ['none', []], ...rest] = Object.entries(bound);
  const others = new Map(rest.map(([other, binds]) => [other, new Set(binds)]));
  const facts = { ...factsOf(MANIFEST), backend: { name, operators: new Set(operators), others } };
  const parsed = parse(query);
  if (!parsed.ok) throw new Error(parsed.error.found);
  const resolution = resolve(MANIFEST, facts, parsed.statement);
  if (resolution.ok) throw new Error(`${query} was not refused`);
  const [cause] = resolution.causes;
  expect(cause).toMatchObject({ code, message, remedies: [], witness: null });
  expect(query.slice(cause.span.from, cause.span.to)).toBe(at);
});
