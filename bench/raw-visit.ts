import { readCells } from './cells.ts';
import { RawDuckdb } from './raw-duckdb.ts';

/** What a page has to do for its first number without Coframe: start DuckDB, load the tables, ask. */
const STATEMENT =
  'SELECT region, sum(revenue) AS revenue FROM transactions_varchar JOIN stores USING (store_id) GROUP BY region';

const raw = await RawDuckdb.start();
await raw.loadRetail(new URL('fixtures/retail/', document.baseURI).href, 'varchar');
const { cells } = readCells(await raw.run(STATEMENT));
document.body.textContent = `${cells} cells`;
document.body.dataset.shown = String(performance.now());
