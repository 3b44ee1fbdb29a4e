import { type Data, type DataType, DateUnit, Type, tableFromIPC, type Vector } from 'apache-arrow';
import type { Batch, BigIntColumn, Column, DictionaryColumn, Field, NumberColumn } from './column.ts';
import { toDictionary } from './dictionary.ts';
import { type LargeIntegers, readWords } from './integer-words.ts';
import type { LogicalType } from './logical-type.ts';
import { TextInterner } from './text-interner.ts';

/**
 * Reads Arrow IPC (stream or file) into a batch: the columns that `types` names, in the order of the stream, each in
 * the form of its wanted type: text in dictionary form; exact numbers in number form, or in bigint form where one is
 * beyond 2^53 − 1; double, bool and date in number form. Fields named in `keys` come in dictionary form whatever their
 * type. Texts of a dictionary come in its order, without those that no row has. Throws `RangeError` where a wanted column is missing or its Arrow
 * type cannot hold the wanted type exactly, `TypeError` for text that is not UTF-8.
 */
export function decodeBatch(
  ipc: Uint8Array,
  types: ReadonlyMap<string, LogicalType>,
  keys: ReadonlySet<string> = new Set(),
): Batch {
  const table = tableFromIPC(ipc);
  const fields: Field[] = [];
  for (const [position, { name }] of table.schema.fields.entries()) {
    const type = types.get(name);
    if (type === undefined) continue;
    const chunks: Data<DataType>[] = [];
    for (const batch of table.batches) {
      const chunk = batch.data.children[position];
      if (chunk !== undefined && chunk.length > 0) chunks.push(chunk);
    }
    const column = decodeColumn(chunks, table.numRows, type, name);
    fields.push({ name, column: keys.has(name) ? toDictionary(column) : column });
  }
  for (const name of types.keys()) {
    if (!fields.some((field) => field.name === name)) {
      const names = table.schema.fields.map((field) => field.name).join(', ');
      throw new RangeError(`arrow: no column ${name}; the stream has ${names}`);
    }
  }
  return { rowCount: table.numRows, fields };
}

/**
 * One column of `rows` rows from its Arrow chunks, in the form of the wanted type; exact numbers as units. Refuses as
 * `decodeBatch` does.
 */
export function decodeColumn(chunks: readonly Data<DataType>[], rows: number, type: LogicalType, name: string): Column {
  switch (type.kind) {
    case 'text':
      return decodeText(chunks, rows, type, name);
    case 'int64':
    case 'decimal':
      return decodeExact(chunks, rows, type, name);
    case 'double':
    case 'bool':
    case 'date':
      return decodeNumbers(chunks, rows, type, name);
  }
}

/** Marks the rows of a chunk that are valid; a chunk without NULLs marks all. */
function markValid(chunk: Data<DataType>, valid: Uint8Array, at: number): void {
  const { nullBitmap, offset, length } = chunk;
  if (chunk.nullCount === 0) {
    valid.fill(1, at, at + length);
    return;
  }
  for (let i = 0; i < length; i++) {
    const bit = offset + i;
    valid[at + i] = ((nullBitmap[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
}

function readValidity(chunks: readonly Data<DataType>[], rows: number): Uint8Array | null {
  if (chunks.every((chunk) => chunk.nullCount === 0)) return null;
  const valid = new Uint8Array(rows);
  let at = 0;
  for (const chunk of chunks) {
    markValid(chunk, valid, at);
    at += chunk.length;
  }
  return valid;
}

function decodeNumbers(chunks: readonly Data<DataType>[], rows: number, type: LogicalType, name: string): Column {
  const values = new Float64Array(rows);
  const valid = readValidity(chunks, rows);
  let at = 0;
  for (const chunk of chunks) {
    if (type.kind === 'bool') readBits(chunk, values, at, name);
    else if (type.kind === 'date') values.set(dayNumbers(chunk, name), at);
    else readDoubles(chunk, values, at, name);
    at += chunk.length;
  }
  if (valid !== null) for (let row = 0; row < rows; row++) if (valid[row] === 0) values[row] = 0;
  return { form: 'number', type, values, valid };
}

function readBits(chunk: Data<DataType>, values: Float64Array, at: number, name: string): void {
  if (chunk.typeId !== Type.Bool || !(chunk.values instanceof Uint8Array)) throw mismatch(name, 'Bool', chunk);
  for (let i = 0; i < chunk.length; i++) {
    const bit = chunk.offset + i;
    values[at + i] = ((chunk.values[bit >> 3] ?? 0) >> (bit & 7)) & 1;
  }
}

function dayNumbers(chunk: Data<DataType>, name: string): Int32Array {
  const unit: unknown = 'unit' in chunk.type ? chunk.type.unit : undefined;
  if (chunk.typeId !== Type.Date || unit !== DateUnit.DAY || !(chunk.values instanceof Int32Array)) {
    throw mismatch(name, 'Date32', chunk);
  }
  return chunk.values.subarray(0, chunk.length);
}

function readDoubles(chunk: Data<DataType>, values: Float64Array, at: number, name: string): void {
  const source: unknown = chunk.values;
  if (source instanceof Float64Array || source instanceof Float32Array) {
    // + 0 makes −0 the one zero.
    for (let i = 0; i < chunk.length; i++) values[at + i] = (source[i] ?? 0) + 0;
    return;
  }
  if (chunk.typeId !== Type.Int) throw mismatch(name, 'Float64', chunk);
  const large = readIntegers(chunk, values, at, name);
  if (large !== null) throw new RangeError(`arrow: column ${name}: ${large[0]?.[1]} is not exact as a double`);
}

function decodeExact(chunks: readonly Data<DataType>[], rows: number, type: LogicalType, name: string): Column {
  for (const chunk of chunks) requireUnits(chunk, type, name);
  return decodeIntegers(chunks, rows, type, name);
}

/** The integers that chunks hold, whatever they stand for: units, or ticks of a timestamp. */
export function decodeIntegers(
  chunks: readonly Data<DataType>[],
  rows: number,
  type: LogicalType,
  name: string,
): NumberColumn | BigIntColumn {
  const values = new Float64Array(rows);
  const valid = readValidity(chunks, rows);
  const large: LargeIntegers = [];
  let at = 0;
  for (const chunk of chunks) {
    for (const each of readIntegers(chunk, values, at, name) ?? []) large.push(each);
    at += chunk.length;
  }
  if (valid !== null) for (let row = 0; row < rows; row++) if (valid[row] === 0) values[row] = 0;
  const present = large.filter(([row]) => valid === null || valid[row] !== 0);
  if (present.length === 0) return { form: 'number', type, values, valid };
  const exact = Array.from(values, BigInt);
  for (const [row, value] of present) exact[row] = value;
  return { form: 'bigint', type, values: exact, valid };
}

/** Decimals on the wire hold units: their scale is the type's digits, or 0 where a backend has only wide integers. */
function requireUnits(chunk: Data<DataType>, type: LogicalType, name: string): void {
  const isWhole = chunk.typeId === Type.Int || chunk.typeId === Type.Decimal;
  if (!isWhole && !(chunk.values instanceof Float64Array)) throw mismatch(name, 'integers', chunk);
  const scale: unknown = 'scale' in chunk.type ? chunk.type.scale : 0;
  const digits = type.kind === 'decimal' ? type.digits : 0;
  if (scale !== 0 && scale !== digits) throw mismatch(name, `units of ${digits} digits`, chunk);
}

/** Writes the chunk's integers at `at`; those beyond 2^53 − 1 are returned (null: none). */
function readIntegers(chunk: Data<DataType>, values: Float64Array, at: number, name: string): LargeIntegers | null {
  const source: unknown = chunk.values;
  if (source instanceof BigInt64Array) return readWords(source, 2, true, chunk.length, values, at);
  if (source instanceof BigUint64Array) return readWords(source, 2, false, chunk.length, values, at);
  if (chunk.typeId === Type.Decimal && source instanceof Uint32Array) {
    return readWords(source, chunk.stride, true, chunk.length, values, at);
  }
  if (isSmallIntegers(source)) {
    values.set(source.subarray(0, chunk.length), at);
    return null;
  }
  if (source instanceof Float64Array) {
    for (let i = 0; i < chunk.length; i++) {
      const value = source[i] ?? 0;
      if (!Number.isSafeInteger(value) && chunk.getValid(i)) {
        throw new RangeError(`arrow: column ${name}, row ${at + i}: ${value} is not an exact integer`);
      }
      values[at + i] = value + 0;
    }
    return null;
  }
  throw mismatch(name, 'integers', chunk);
}

type SmallIntegers = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array;

function isSmallIntegers(source: unknown): source is SmallIntegers {
  return (
    source instanceof Int8Array ||
    source instanceof Int16Array ||
    source instanceof Int32Array ||
    source instanceof Uint8Array ||
    source instanceof Uint16Array ||
    source instanceof Uint32Array
  );
}

function decodeText(chunks: readonly Data<DataType>[], rows: number, type: LogicalType, name: string): Column {
  const codes = new Int32Array(rows);
  const valid = readValidity(chunks, rows);
  const interner = new TextInterner();
  let at = 0;
  let dictionary: Vector | null = null;
  let dictionaryCodes: Int32Array = new Int32Array(0);
  for (const chunk of chunks) {
    if (chunk.typeId === Type.Dictionary && chunk.dictionary !== undefined) {
      if (dictionary !== chunk.dictionary) {
        dictionary = chunk.dictionary;
        dictionaryCodes = internChunks(dictionary.data, interner, name, usedIndices(chunks, dictionary, valid, name));
      }
      const indices = indicesOf(chunk, name);
      for (let i = 0; i < chunk.length; i++) {
        codes[at + i] = valid?.[at + i] === 0 ? -1 : (dictionaryCodes[indices[i] ?? 0] ?? -1);
      }
    } else {
      codes.set(internChunks([chunk], interner, name), at);
    }
    at += chunk.length;
  }
  const column: DictionaryColumn = { form: 'dictionary', type, codes, values: interner.values() };
  return column;
}

/** Marks the places of a dictionary that some valid row of its chunks has. */
function usedIndices(
  chunks: readonly Data<DataType>[],
  dictionary: Vector,
  valid: Uint8Array | null,
  name: string,
): Uint8Array {
  const used = new Uint8Array(dictionary.length);
  let at = 0;
  for (const chunk of chunks) {
    if (chunk.dictionary === dictionary) {
      const indices = indicesOf(chunk, name);
      for (let i = 0; i < chunk.length; i++) if (valid?.[at + i] !== 0) used[indices[i] ?? 0] = 1;
    }
    at += chunk.length;
  }
  return used;
}

function indicesOf(chunk: Data<DataType>, name: string): SmallIntegers {
  const indices: unknown = chunk.values;
  if (!isSmallIntegers(indices)) throw mismatch(name, 'a dictionary with 32-bit indices', chunk);
  return indices;
}

/** Codes of the texts of plain chunks (Utf8, LargeUtf8, Utf8View), −1 at NULLs and where `used` is 0. */
function internChunks(
  chunks: readonly Data<DataType>[],
  interner: TextInterner,
  name: string,
  used: Uint8Array | null = null,
): Int32Array {
  const codes = new Int32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    const bytes: unknown = chunk.values;
    if (!(bytes instanceof Uint8Array)) throw mismatch(name, 'Utf8', chunk);
    const intern = chunk.typeId === Type.Utf8View ? viewReader(chunk, bytes) : offsetReader(chunk, bytes, name);
    const hasNulls = chunk.nullCount > 0;
    for (let i = 0; i < chunk.length; i++) {
      const isAbsent = (used !== null && used[at + i] === 0) || (hasNulls && !chunk.getValid(i));
      codes[at + i] = isAbsent ? -1 : intern(i, interner);
    }
    at += chunk.length;
  }
  return codes;
}

type TextReader = (index: number, interner: TextInterner) => number;

function offsetReader(chunk: Data<DataType>, bytes: Uint8Array, name: string): TextReader {
  if (chunk.typeId !== Type.Utf8 && chunk.typeId !== Type.LargeUtf8) throw mismatch(name, 'Utf8', chunk);
  const offsets = chunk.valueOffsets;
  return (index, interner) => interner.intern(bytes, Number(offsets[index]), Number(offsets[index + 1]));
}

/** Views of 16 bytes: length, then up to 12 bytes in place, or prefix, buffer and offset (Arrow columnar format 1.4). */
function viewReader(chunk: Data<DataType>, views: Uint8Array): TextReader {
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  return (index, interner) => {
    const from = 16 * index;
    const length = words.getInt32(from, true);
    if (length <= 12) return interner.intern(views, from + 4, from + 4 + length);
    const bytes = chunk.variadicBuffers[words.getInt32(from + 8, true)] ?? new Uint8Array(0);
    const offset = words.getInt32(from + 12, true);
    return interner.intern(bytes, offset, offset + length);
  };
}

function mismatch(name: string, expected: string, chunk: Data<DataType>): RangeError {
  return new RangeError(`arrow: column ${name}: expected ${expected}, found ${String(chunk.type)}`);
}
