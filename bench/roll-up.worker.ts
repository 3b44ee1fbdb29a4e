import { expose } from 'comlink';
import { encodeBatch } from '../src/columns/arrow.ts';
import type { Batch, DictionaryColumn } from '../src/columns/column.ts';
import { decimal, TEXT } from '../src/columns/logical-type.ts';
import type { EdgeMap } from '../src/compose/frame.ts';
import { type RollUpRequest, rollUp } from '../src/engine/rollup/rollup.ts';
import type { Step } from '../src/resolution/access.ts';
import { decodeEntry, encodeEntry } from '../src/sources/parquet/entry-codec.ts';
import { type Times, timeInTurn } from './timing.ts';

/** A synthetic entry: the sum of some money at (store, product), one row a pair. */
export interface EntryShape {
  readonly stores: number;
  readonly products: number;
}

/** Drop the stores, or besides climb from products to categories. */
export type RollUpKind = 'drop' | 'climb';

const CATEGORIES = 12;

const CLIMB: Step = {
  kind: 'lookup',
  edge: 'product→category via products',
  schema: 'products',
  source: 'products',
  childColumn: 'product',
  parentColumn: 'category',
  childType: TEXT,
  type: TEXT,
};

/** Rolls synthetic entries up where the engine does: inside a worker. */
class RollUps {
  private entry: Batch = { rowCount: 0, fields: [] };
  private products: Batch = { rowCount: 0, fields: [] };

  /** Makes an entry as one that was stored and read again; answers it and its products' categories as Arrow IPC. */
  make(shape: EntryShape): { readonly entry: Uint8Array; readonly products: Uint8Array } {
    this.entry = decodeEntry(encodeEntry(syntheticEntry(shape)));
    this.products = productCategories(shape.products);
    return { entry: encodeBatch(this.entry), products: encodeBatch(this.products) };
  }

  /** The rolled-up state as Arrow IPC. */
  answer(kind: RollUpKind): Uint8Array {
    return encodeBatch(this.rolledUp(kind));
  }

  async times(kind: RollUpKind, batch: number, rounds: number): Promise<Times> {
    const [times] = await timeInTurn([{ batch, call: () => void this.rolledUp(kind) }], rounds);
    if (times === undefined) throw new RangeError('roll-up: nothing was timed');
    return times;
  }

  private rolledUp(kind: RollUpKind): Batch {
    const request: RollUpRequest = {
      batch: this.entry,
      state: 'sum',
      argument: null,
      inputType: decimal(2),
      filter: null,
      climbs: kind === 'climb' ? [{ name: 'category', from: 'product', steps: [CLIMB] }] : [],
      keys: [kind === 'climb' ? 'category' : 'product'],
    };
    return rollUp(request, new Map<string, EdgeMap>([[CLIMB.edge, { edge: CLIMB.edge, pairs: this.products }]]));
  }
}

export type { RollUps };

function syntheticEntry({ stores, products }: EntryShape): Batch {
  const rowCount = stores * products;
  const cents = Float64Array.from({ length: rowCount }, (_, row) => ((row * 7919) % 100_003) - 5_000);
  return {
    rowCount,
    fields: [
      { name: 'product', column: repeated('P', products, rowCount, (row) => row % products) },
      { name: 'store', column: repeated('S', stores, rowCount, (row) => Math.floor(row / products)) },
      { name: 'sum', column: { form: 'number', type: decimal(2), values: cents, valid: null } },
    ],
  };
}

function repeated(letter: string, distinct: number, rows: number, code: (row: number) => number): DictionaryColumn {
  const values = Array.from({ length: distinct }, (_, i) => `${letter}${String(i).padStart(5, '0')}`);
  return { form: 'dictionary', type: TEXT, codes: Int32Array.from({ length: rows }, (_, row) => code(row)), values };
}

function productCategories(products: number): Batch {
  return {
    rowCount: products,
    fields: [
      { name: 'child', column: repeated('P', products, products, (row) => row) },
      { name: 'parent', column: repeated('C', CATEGORIES, products, (row) => row % CATEGORIES) },
    ],
  };
}

expose(new RollUps());
