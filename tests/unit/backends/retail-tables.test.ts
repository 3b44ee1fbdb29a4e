import { readFile } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEXT } from '../../../src/columns/logical-type.ts';
import { attestFd } from '../../../src/protocol/attest-fd.ts';
import type { BackendName, DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BACKENDS } from '../../support/backends.ts';
import { loadPlain, type PlainTable } from './tables.ts';

/*
 * The retail tables on every engine: what each discovers, and dependencies that hold and that do not. The reference is
 * plain loops over the rows, read without any code of the product.
 */

const ROOT = new URL('../../../public/fixtures/retail/', import.meta.url);

/** What the YAML and the generator say is there. */
const DISCOVERED: Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: number }>> = {
  transactions: { columns: ['store_id', 'sku', 'customer_id'], rows: 523_023 },
  stores: { columns: ['store_id', 'store_name', 'region', 'opened'], rows: 13 },
  products: { columns: ['sku', 'product_name', 'category', 'unit_price'], rows: 2231 },
  store_monthly_inventory: { columns: ['store_id', 'month', 'units_delivered', 'units_on_hand'], rows: 195 },
  region_daily_summary: { columns: ['region', 'day', 'revenue', 'cost', 'transactions'], rows: 1329 },
};

const DEPENDENCIES = [
  ['stores', 'store_id', 'region', true],
  ['stores', 'store_id', 'store_name', true],
  ['products', 'sku', 'category', true],
  ['products', 'sku', 'product_name', true],
  ['products', 'sku', 'unit_price', true],
  ['stores', 'region', 'store_id', false],
  ['products', 'category', 'sku', false],
  ['transactions', 'customer_id', 'store_id', false],
] as const;

const tables = new Map<string, PlainTable>();
const engines = new Map<BackendName, DataAPIBackend>();

beforeAll(async () => {
  for (const [name, { columns }] of Object.entries(DISCOVERED)) tables.set(name, await readTable(name, columns));
  for (const { name, start } of BACKENDS) {
    const backend = await start();
    engines.set(name, backend);
    for (const [table, columns] of tables) await loadPlain(backend, table, columns);
  }
}, 60_000);
afterAll(() => Promise.all([...engines.values()].map((backend) => backend.close())));

describe.each(BACKENDS)('on $name', ({ name }) => {
  it('the same tables are found, with their columns and rows', async () => {
    const backend = engineOf(name);
    expect(await backend.listTables()).toEqual(Object.keys(DISCOVERED).sort());
    for (const [table, { columns, rows }] of Object.entries(DISCOVERED)) {
      expect(await backend.describeTable(table)).toEqual({
        table,
        rowCount: rows,
        columns: columns.map((column) => ({ name: column, type: TEXT })),
      });
    }
  });

  it.each(DEPENDENCIES)('%s: %s → %s holds: %s', async (table, child, parent, holds) => {
    const x = { column: child, type: TEXT };
    const finding = await attestFd(engineOf(name), 'fd', table, x, { column: parent, type: TEXT });
    const expected = dependency(table, child, parent);
    expect(finding).toMatchObject({ holds, ...expected });
    expect(expected.violation_count === 0).toBe(holds);
  });
});

/** Children, and those with more than one parent. */
function dependency(table: string, child: string, parent: string) {
  const parents = new Map<string, Set<string>>();
  const columns = tables.get(table) ?? {};
  const values = (column: string) => columns[column]?.values ?? [];
  for (const [row, value] of values(child).entries()) {
    const known = parents.get(String(value)) ?? new Set<string>();
    known.add(String(values(parent)[row]));
    parents.set(String(value), known);
  }
  const violating = [...parents.values()].filter((each) => each.size > 1);
  return { distinct_x_count: parents.size, violation_count: violating.length };
}

function engineOf(name: BackendName): DataAPIBackend {
  const backend = engines.get(name);
  if (backend === undefined) throw new RangeError(`${name} was not started`);
  return backend;
}

/** Columns of a table as text. */
async function readTable(name: string, columns: readonly string[]): Promise<PlainTable> {
  const values = name === 'transactions' ? await parquetColumns(name, columns) : await csvColumns(name, columns);
  return Object.fromEntries(columns.map((column, i) => [column, { type: TEXT, values: values[i] ?? [] }]));
}

async function csvColumns(name: string, columns: readonly string[]): Promise<readonly string[][]> {
  const rows: readonly Readonly<Record<string, string>>[] = parse(await readFile(new URL(`${name}.csv`, ROOT)), {
    columns: true,
  });
  return columns.map((column) => rows.map((row) => row[column] ?? ''));
}

async function parquetColumns(name: string, columns: readonly string[]): Promise<readonly string[][]> {
  const table = tableFromIPC(readParquet(await readFile(new URL(`${name}.parquet`, ROOT))).intoIPCStream());
  return columns.map((column) => Array.from(table.getChild(column) ?? [], String));
}
