import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/frameql/parser.ts';
import demoExamples from '../../../../src/ui/query/demo-examples.json';
import { proposedExamples } from '../../../../src/ui/query/examples.ts';
import { shopSummary } from '../summary.ts';

describe('examples', () => {
  const proposals = proposedExamples(shopSummary);

  it('are questions of the language, named by what they show', () => {
    for (const example of [...proposals.flat(), ...demoExamples]) {
      expect(parse(example.query), example.query).toMatchObject({ ok: true });
      expect(example.shows).not.toBe('');
    }
  });

  it('begin with a metric at a dimension that others roll up to', () => {
    expect(proposals[0]?.[0]).toEqual({ query: 'SELECT region, revenue\nAT region', shows: 'revenue of each region' });
    expect(proposals[1]).toEqual([{ query: 'SELECT revenue\nAT ()', shows: 'revenue in all' }]);
  });

  it('quote names that are words of the language', () => {
    const only = {
      ...shopSummary,
      dimensions: shopSummary.dimensions.filter(({ name }) => name === 'Order'),
      edges: [],
    };
    expect(proposedExamples(only)[0]?.[0]?.query).toBe('SELECT "Order", revenue\nAT "Order"');
  });

  it('are none for a collection without metrics', () => {
    expect(proposedExamples({ ...shopSummary, families: [] })).toEqual([]);
  });
});
