import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataType, tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { readParquet } from 'parquet-wasm/node';

/**
 * The dimensions and measures that the walkthrough asks for.
 * @typedef {'region' | 'store' | 'day'} Dimension
 * @typedef {'revenue' | 'cost' | 'profit'} Measure
 */

/**
 * The retail tables as plain columns: what every answer is compared with. Nothing of the product is used to read or sum
 * them. Money is in cents.
 * @typedef {object} Columns
 * @property {Record<Dimension, readonly string[]>} dimensions a value for each transaction; days as `2024-01-31`
 * @property {Record<Measure, ArrayLike<number>>} measures
 */

/** Answers computed by loops over the rows of the fixture. */
export class Reference {
  #columns;

  /**
   * @param {Columns} columns
   * @param {ReadonlyMap<string, number>} tables rows of each source
   */
  constructor(columns, tables) {
    this.#columns = columns;
    this.tables = tables;
  }

  /**
   * Sums at an anchor, in coordinate order.
   * @param {readonly Dimension[]} anchor
   * @param {readonly Measure[]} measures
   * @returns {(string | number)[][]} rows of the anchor's values and the sums, money with two decimals
   */
  sums(anchor, measures) {
    const { dimensions } = this.#columns;
    const rows = dimensions.store.length;
    /** @type {Map<string, number[]>} */
    const cells = new Map();
    for (let row = 0; row < rows; row++) {
      const coordinate = anchor.map((name) => dimensions[name][row]).join('\0');
      let cell = cells.get(coordinate);
      if (!cell) {
        cell = measures.map(() => 0);
        cells.set(coordinate, cell);
      }
      for (const [index, name] of measures.entries()) {
        cell[index] = (cell[index] ?? 0) + (this.#columns.measures[name][row] ?? Number.NaN);
      }
    }
    // The fixture's texts have no surrogates, so that comparing them is comparing code points.
    return [...cells]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([coordinate, cents]) => [...coordinate.split('\0'), ...cents.map((value) => value / 100)]);
  }
}

/**
 * Reads the fixture.
 * @param {string} folder `public/fixtures/retail`
 * @returns {Promise<Reference>}
 */
export async function readReference(folder) {
  /** @type {(name: string) => Promise<Record<string, string>[]>} */
  const csv = async (name) => parse(await readFile(join(folder, `${name}.csv`)), { columns: true });
  const table = tableFromIPC(readParquet(await readFile(join(folder, 'transactions.parquet'))).intoIPCStream());
  const others = ['stores', 'products', 'store_monthly_inventory', 'region_daily_summary', 'product_promotions'];
  const counted = await Promise.all(
    others.map(async (name) => /** @type {const} */ ([name, (await csv(name)).length])),
  );

  const regions = new Map((await csv('stores')).map(({ store_id, region }) => [store_id, region]));
  const store = texts(table.getChild('store_id'));
  const revenue = cents(table.getChild('revenue'));
  const cost = cents(table.getChild('cost'));
  return new Reference(
    {
      dimensions: {
        store,
        region: store.map((id) => {
          const region = regions.get(id);
          if (region === undefined) throw new Error(`store ${id} sells but is not in stores.csv`);
          return region;
        }),
        day: days(table.getChild('day')),
      },
      measures: { revenue, cost, profit: revenue.map((value, row) => value - (cost[row] ?? Number.NaN)) },
    },
    new Map([['transactions', table.numRows], ...counted]),
  );
}

/**
 * @param {import('apache-arrow').Vector | null} column
 * @returns {string[]}
 */
function texts(column) {
  if (!DataType.isUtf8(column?.type)) throw new Error(`text was expected, found ${column?.type}`);
  return Array.from(column, String);
}

/**
 * @param {import('apache-arrow').Vector | null} column days since 1970
 * @returns {string[]}
 */
function days(column) {
  if (!DataType.isDate(column?.type)) throw new Error(`a date was expected, found ${column?.type}`);
  /** @type {Map<number, string>} */
  const printed = new Map();
  return column.data.flatMap(({ values }) =>
    Array.from(values, (/** @type {number} */ day) => {
      const text = printed.get(day) ?? new Date(day * 86_400_000).toISOString().slice(0, 10);
      printed.set(day, text);
      return text;
    }),
  );
}

/**
 * @param {import('apache-arrow').Vector | null} column decimal with two digits after the point, 128 bits a value
 * @returns {number[]} the unscaled integers
 */
function cents(column) {
  const type = column?.type;
  if (!column || !DataType.isDecimal(type) || type.scale !== 2)
    throw new Error(`decimal(2) was expected, found ${type}`);
  return column.data.flatMap(({ values }) => {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length);
    return Array.from({ length: words.length / 4 }, (_, row) => {
      const low = words[row * 4] ?? Number.NaN;
      if (words[row * 4 + 1] !== low >> 31) throw new Error(`transaction ${row} holds more than 32 bits of cents`);
      return low;
    });
  });
}
