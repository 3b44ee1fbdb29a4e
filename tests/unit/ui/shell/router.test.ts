import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute, printRoute, type Route } from '../../../../src/ui/shell/router.ts';

describe('routes', () => {
  it.each<[hash: string, Route]>([
    ['', { page: 'query', q: null, c: null }],
    ['#/', { page: 'query', q: null, c: null }],
    ['#/query', { page: 'query', q: null, c: null }],
    ['#/query?q=SELECT+a+AT+b', { page: 'query', q: 'SELECT a AT b', c: null }],
    ['#/query?q=SELECT%20a%20AT%20b&c=full', { page: 'query', q: 'SELECT a AT b', c: 'full' }],
    ['#/engine', { page: 'engine', tab: 'entries' }],
    ['#/engine?tab=faults', { page: 'engine', tab: 'faults' }],
    ['#/engine?tab=lattice', { page: 'engine', tab: 'lattice' }],
    ['#/engine?tab=nothing', { page: 'engine', tab: 'entries' }],
    ['#/engine?tab=profile', { page: 'engine', tab: 'profile', table: null }],
    ['#/engine?tab=profile&table=a+b%26c', { page: 'engine', tab: 'profile', table: 'a b&c' }],
    ['#/engine?tab=faults&table=stores', { page: 'engine', tab: 'faults' }],
    ['#/nowhere', { page: 'query', q: null, c: null }],
  ])('%s', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it('come back from their print, whatever the question holds', () => {
    const text = fc.option(
      fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => !/[\ud800-\udfff]/.test(each)),
      {
        nil: null,
      },
    );
    fc.assert(
      fc.property(text, text, (q, c) => {
        const route: Route = { page: 'query', q, c };
        expect(parseRoute(printRoute(route))).toEqual(route);
        const profile: Route = { page: 'engine', tab: 'profile', table: q };
        expect(parseRoute(printRoute(profile))).toEqual(profile);
      }),
    );
  });
});
