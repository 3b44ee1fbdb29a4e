import { describe, expect, it } from 'vitest';
import { csv } from '../../cases/case.ts';
import { BACKENDS } from '../../support/backends.ts';
import { overridden } from '../../support/overridden-backend.ts';
import { openLab } from './regressions/lab.ts';

const COLLECTION = `coframe: 1
name: shop
schemas:
  - {name: sales, source: sales, grain: [sale], columns: {sale: {dimension: sale}, amount: {type: int64}}}
  - {name: returns, source: returns, grain: [return], columns: {return: {dimension: return}, refund: {type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: refund, family_root: {schema: returns, column: refund}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

describe.each(BACKENDS)('a table too large for $name', ({ name }) => {
  it('is refused with its rows and the limit, before it is read; the rest goes on', async () => {
    const lab = await openLab({
      settings: '',
      collections: { 'shop/': COLLECTION },
      tables: { sales: csv('sale,amount', 'a,1'), returns: csv('return,refund', 'b,2') },
      // As if there were so many: the backend's own check takes the announced number.
      wrap: (backend) =>
        overridden(backend, {
          load: (request) => backend.load(request.table === 'sales' ? { ...request, rowCount: 1e9 } : request),
        }),
    });
    try {
      await lab.service.useBackend(name);
      const refusal = await lab.ask('SELECT amount AT ()');
      expect(refusal).toMatchObject({
        mood: 'refuse',
        code: 'TABLE_TOO_LARGE',
        parameters: { table: 'sales', rows: 1e9, backend: name },
      });
      expect('message' in refusal && refusal.message).toMatch(/sales.*1,?000,?000,?000/);
      expect('parameters' in refusal && Number(refusal.parameters.limit)).toBeGreaterThan(2 ** 29);
      expect(await lab.rows('SELECT refund AT ()')).toEqual([[2]]);
    } finally {
      await lab.close();
    }
  });
});
