import { answerHash } from './answer-hash.ts';
import { readCells } from './cells.ts';
import { RawDuckdb } from './raw-duckdb.ts';

/** What a page has to do for its first number without Coframe: start DuckDB, load the tables, ask. */
const STATEMENT =
  'SELECT region, sum(revenue) AS revenue FROM transactions_varchar JOIN stores USING (store_id) GROUP BY region';

const raw = await RawDuckdb.start();
await raw.loadRetail(new URL('fixtures/retail/', document.baseURI).href, 'varchar');
const ipc = await raw.run(STATEMENT);
document.body.textContent = `${readCells(ipc).cells} cells`;
const shown = performance.now();
document.body.dataset.hash = await answerHash(ipc);
document.body.dataset.shown = String(shown);
