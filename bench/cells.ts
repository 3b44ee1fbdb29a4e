import { type Data, DataType, type Table, tableFromIPC, Vector } from 'apache-arrow';

/** What was read: how many cells, and something that depends on every one of them, so that none can be left out. */
export interface CellSum {
  readonly cells: number;
  readonly sum: number;
}

const TWO_32 = 4_294_967_296;

/**
 * Opens an Arrow IPC stream and reads every cell of it as a JavaScript value: texts as strings, numbers, decimals and
 * dates as numbers. One reader for every engine's answers; NULL counts as 0.
 */
export function readCells(ipc: ArrayBuffer | Uint8Array): CellSum {
  const table = tableFromIPC(ipc instanceof Uint8Array ? ipc : new Uint8Array(ipc));
  const sum = table.schema.fields.reduce((total, _, position) => total + columnSum(columnAt(table, position)), 0);
  return { cells: table.numRows * table.numCols, sum };
}

/** A column of a table by its place. Throws `RangeError` where there is none. */
export function columnAt(table: Table, position: number): Vector {
  const column = table.getChildAt(position);
  if (column === null) throw new RangeError(`answer: it has no column ${position}`);
  return column;
}

function columnSum(column: Vector): number {
  let sum = 0;
  eachCell(column, (value) => {
    sum += typeof value === 'string' ? value.length : value;
  });
  return sum;
}

/** Calls back with every value of a column in order; decimals as their unscaled integers, dates as day numbers. */
export function eachCell(column: Vector, visit: (value: string | number) => void): void {
  for (const chunk of column.data) eachOfChunk(column.type, chunk, visit);
}

function eachOfChunk(type: DataType, chunk: Data, visit: (value: string | number) => void): void {
  const values: unknown = chunk.values;
  if (DataType.isDictionary(type) && values instanceof Int32Array && chunk.dictionary !== undefined) {
    // Texts of a dictionary are decoded once, however many rows name them.
    const texts: (string | number)[] = [];
    eachCell(chunk.dictionary, (value) => texts.push(value));
    for (let row = 0; row < chunk.length; row++) visit(texts[values[row] ?? 0] ?? 0);
  } else if (DataType.isDecimal(type) && values instanceof Uint32Array) {
    for (let row = 0; row < chunk.length; row++) visit(unscaled(values, chunk.stride * row));
  } else if (values instanceof Float64Array || (DataType.isDate(type) && values instanceof Int32Array)) {
    for (let row = 0; row < chunk.length; row++) visit(values[row] ?? 0);
  } else {
    const column = new Vector([chunk]);
    for (let row = 0; row < chunk.length; row++) {
      const value: unknown = column.get(row);
      visit(typeof value === 'string' ? value : Number(value ?? 0));
    }
  }
}

/** A 128-bit integer that a double holds, from its little-endian words. */
function unscaled(words: Uint32Array, at: number): number {
  const low = words[at] ?? 0;
  const high = (words[at + 1] ?? 0) | 0;
  return high * TWO_32 + low;
}
