import type { RefusalCode } from '../../../../src/resolution/refusal.ts';
import type { Json } from '../../../../src/runtime/api.ts';
import { startedInNode } from '../../../support/backends.ts';
import type { NodeInstallation } from '../../../support/node-session.ts';
import { overridden } from '../../../support/overridden-backend.ts';
import { MARKET_COLLECTION, marketInstallation } from './market.ts';

/** A question that is refused, and all that its reader is told. */
export interface RefusalCase {
  readonly query: string;
  readonly code: RefusalCode;
  /** The words that the span covers. */
  readonly at: string;
  readonly message: string;
  /** Complete queries, in order: each runs. */
  readonly remedies: readonly string[];
  /** What the first of them answers. */
  readonly rows?: readonly (readonly Json[])[];
  /** Columns of the witness, then its rows. */
  readonly witness?: readonly (readonly Json[])[];
  /** Codes of the other causes. */
  readonly others?: readonly RefusalCode[];
  /** What is the matter with the market; default: nothing. */
  readonly market?: Market;
}

/** Markets with something the matter. */
export type Market = 'whole' | 'changed sales' | 'no targets' | 'ragged stores' | 'large sales' | 'blocked merging';

/** The installation of a market. */
export function installed(market: Market): NodeInstallation {
  const whole = marketInstallation();
  const without = (path: string) => Object.fromEntries(Object.entries(whole.files).filter(([name]) => name !== path));
  switch (market) {
    case 'whole':
      return whole;
    case 'changed sales': {
      const stated = `sales: {path: sales.csv, sha256: ${'a'.repeat(64)}}`;
      return { ...whole, installation: whole.installation.replace('sales: {path: sales.csv}', stated) };
    }
    case 'no targets':
      return { ...whole, files: without('targets.csv') };
    case 'ragged stores':
      return { ...whole, files: { ...without('stores.csv'), 'stores.csv': 'store,store_name,region\nS1,Harbour\n' } };
    case 'large sales':
      // As if there were so many rows: the backend's own check takes the announced number.
      return {
        ...whole,
        startBackend: (name) =>
          startedInNode(name, (backend) =>
            overridden(backend, {
              load: (request) => backend.load(request.table === 'sales' ? { ...request, rowCount: 1e9 } : request),
            }),
          ),
      };
    case 'blocked merging':
      return marketInstallation(
        MARKET_COLLECTION.replace('{operator: SUM, a_block: [calendar]}', '{operator: SUM, a_block: [geography]}'),
      );
  }
}
