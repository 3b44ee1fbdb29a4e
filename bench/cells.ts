import { type Data, DataType, type Table, tableFromIPC, Vector } from 'apache-arrow';

/** What was read: how many cells, and something that depends on every one of them, so that none can be left out. */
export interface CellSum {
  readonly cells: number;
  readonly sum: number;
}

/** A value as it is read: texts, numbers, dates as day numbers, decimals as their unscaled integers. */
export type Cell = string | number;

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

/** The rows of an Arrow IPC stream of text columns. */
export function textRows(ipc: Uint8Array): readonly (readonly string[])[] {
  const table = tableFromIPC(ipc);
  const columns = table.schema.fields.map((_, position) => textsOf(columnAt(table, position)));
  return Array.from({ length: table.numRows }, (_, row) => columns.map((texts) => texts[row] ?? ''));
}

/** A column of a table by its place. Throws `RangeError` where there is none. */
export function columnAt(table: Table, position: number): Vector {
  const column = table.getChildAt(position);
  if (column === null) throw new RangeError(`answer: it has no column ${position}`);
  return column;
}

/** One loop a form, as a reader in a hurry writes it; forms that none is written for are read value by value. */
function columnSum(column: Vector): number {
  let sum = 0;
  for (const chunk of column.data) {
    const values: unknown = chunk.values;
    const { length, stride, dictionary } = chunk;
    if (DataType.isDictionary(column.type) && values instanceof Int32Array && dictionary !== undefined) {
      const texts = textsOf(dictionary);
      for (let row = 0; row < length; row++) sum += texts[values[row] ?? 0]?.length ?? 0;
    } else if (DataType.isUtf8(column.type)) {
      for (const text of chunkTexts(chunk)) sum += text.length;
    } else if (DataType.isDecimal(column.type) && values instanceof Uint32Array) {
      for (let row = 0; row < length; row++) sum += unscaled(values, stride * row);
    } else if (DataType.isDate(column.type) && values instanceof Int32Array) {
      for (let row = 0; row < length; row++) sum += values[row] ?? 0;
    } else if (values instanceof Float64Array) {
      for (let row = 0; row < length; row++) sum += values[row] ?? 0;
    } else {
      eachOfChunk(column.type, chunk, (value) => {
        sum += typeof value === 'string' ? value.length : value;
      });
    }
  }
  return sum;
}

/** All texts of a column, or of a dictionary. */
function textsOf(column: Vector): readonly string[] {
  return column.data.flatMap((chunk) => chunkTexts(chunk));
}

/** One decoding for all: where every byte is a character, offsets cut the one long text. */
function chunkTexts({ values, valueOffsets, length }: Data): readonly string[] {
  const bytes: unknown = values;
  const offsets: unknown = valueOffsets;
  if (!(bytes instanceof Uint8Array) || !(offsets instanceof Int32Array))
    throw new TypeError('answer: a text column is not held in UTF-8 with 32-bit offsets');
  const start = offsets[0] ?? 0;
  const used = bytes.subarray(start, offsets[length] ?? start);
  const decoder = new TextDecoder();
  const text = decoder.decode(used);
  const isAscii = text.length === used.length;
  const texts: string[] = [];
  let from = 0;
  for (let row = 0; row < length; row++) {
    const to = (offsets[row + 1] ?? 0) - start;
    texts.push(isAscii ? text.slice(from, to) : decoder.decode(used.subarray(from, to)));
    from = to;
  }
  return texts;
}

/** Calls back with every value of a column in order; decimals as their unscaled integers, dates as day numbers. */
export function eachCell(column: Vector, visit: (value: Cell) => void): void {
  for (const chunk of column.data) eachOfChunk(column.type, chunk, visit);
}

function eachOfChunk(type: DataType, chunk: Data, visit: (value: Cell) => void): void {
  const values: unknown = chunk.values;
  if (DataType.isDictionary(type) && values instanceof Int32Array && chunk.dictionary !== undefined) {
    const texts = textsOf(chunk.dictionary);
    for (let row = 0; row < chunk.length; row++) visit(texts[values[row] ?? 0] ?? 0);
  } else if (DataType.isUtf8(type)) {
    for (const text of chunkTexts(chunk)) visit(text);
  } else if (DataType.isDecimal(type) && values instanceof Uint32Array) {
    for (let row = 0; row < chunk.length; row++) visit(unscaled(values, chunk.stride * row));
  } else if (values instanceof Float64Array || (DataType.isDate(type) && values instanceof Int32Array)) {
    for (let row = 0; row < chunk.length; row++) visit(values[row] ?? 0);
  } else if (values instanceof BigInt64Array) {
    for (let row = 0; row < chunk.length; row++) visit(Number(values[row] ?? 0));
  } else {
    const column = new Vector([chunk]);
    for (let row = 0; row < chunk.length; row++) visit(Number(column.get(row) ?? 0));
  }
}

/** A 128-bit integer that a double holds, from its little-endian words. */
function unscaled(words: Uint32Array, at: number): number {
  const low = words[at] ?? 0;
  const high = (words[at + 1] ?? 0) | 0;
  return high * TWO_32 + low;
}
