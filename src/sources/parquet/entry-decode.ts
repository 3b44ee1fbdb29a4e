import { type ColumnChunk, parquetMetadata, parquetSchema } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { readDataPageV2 } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { Batch, Column } from '../../columns/column.ts';
import { toDictionary } from '../../columns/dictionary.ts';
import { readWords } from '../../columns/integer-words.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';
import { TextInterner } from '../../columns/text-interner.ts';
import { type ColumnLayout, LAYOUT_KEY, parseLayout } from './entry-layout.ts';

type Decoder = Parameters<typeof readDataPageV2>[2];

/**
 * Reads what `encodeEntry` wrote, synchronously. Bytes must have passed their checksum: throws `RangeError` (or what the
 * Parquet reader throws) where they are not an entry.
 */
export function decodeEntry(bytes: Uint8Array): Batch {
  const metadata = parquetMetadata(bytes, { geoparquet: false });
  const text = metadata.key_value_metadata?.find((pair) => pair.key === LAYOUT_KEY)?.value;
  const layout = text === undefined ? undefined : parseLayout(text);
  if (layout === undefined) throw new RangeError(`entry: no ${LAYOUT_KEY} in the file; it was not written as an entry`);
  if (layout.columns.length > 0 && Number(metadata.num_rows) !== layout.rows) {
    throw new RangeError(`entry: expected ${layout.rows} rows, found ${metadata.num_rows}`);
  }
  const root = parquetSchema(metadata);
  const [group] = metadata.row_groups;
  const fields = layout.columns.map((column, position) => {
    if (group === undefined) return { name: column.name, column: emptyColumn(column) };
    const chunk = group.columns[position];
    const leaf = root.children[position];
    if (chunk === undefined || leaf === undefined) throw new RangeError(`entry: column ${column.name} is missing`);
    const decoder = { element: leaf.element, schemaPath: [root, leaf] };
    return { name: column.name, column: readColumn(readChunk(bytes, chunk, decoder), column, layout.rows) };
  });
  return { rowCount: layout.rows, fields };
}

/** The pages of a column: values are indices where there is a dictionary; NULLs have no value, only level 0. */
interface Pages {
  readonly dictionary: Values | null;
  readonly values: Values;
  readonly levels: readonly number[] | null;
}

/** Values as Parquet stores them: texts and wide integers as bytes. */
type Values = readonly unknown[] | Int32Array | BigInt64Array | Float64Array;

function readChunk(bytes: Uint8Array, chunk: ColumnChunk, path: Pick<Decoder, 'element' | 'schemaPath'>): Pages {
  const meta = chunk.meta_data;
  if (meta === undefined) throw new RangeError('entry: a column has no metadata');
  const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, Number(meta.total_compressed_size));
  const reader = { view, offset: 0 };
  const decoder: Decoder = {
    ...path,
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    codec: meta.codec,
    parsers: DEFAULT_PARSERS,
  };
  let header = parquetHeader(reader);
  let dictionary: Values | null = null;
  if (header.dictionary_page_header !== undefined) {
    const end = reader.offset + header.compressed_page_size;
    dictionary = valuesOf(
      readPlain(reader, meta.type, header.dictionary_page_header.num_values, path.element.type_length),
    );
    reader.offset = end;
    header = parquetHeader(reader);
  }
  const from = bytes.byteOffset + start + reader.offset;
  const page = readDataPageV2(new Uint8Array(bytes.buffer, from, header.compressed_page_size), header, decoder);
  return { dictionary, values: valuesOf(page.dataPage), levels: page.definitionLevels ?? null };
}

function valuesOf(decoded: ReturnType<typeof readPlain>): Values {
  if (
    Array.isArray(decoded) ||
    decoded instanceof Int32Array ||
    decoded instanceof BigInt64Array ||
    decoded instanceof Float64Array
  ) {
    return decoded;
  }
  throw new RangeError('entry: a page holds values of a kind that entries do not have');
}

function readColumn({ dictionary, values, levels }: Pages, { name, type, form }: ColumnLayout, rows: number): Column {
  const present = levels === null ? rows : levels.reduce((sum, level) => sum + level, 0);
  if (values.length !== present || (levels !== null && levels.length !== rows)) {
    throw new RangeError(`entry: column ${name}: expected ${present} values, found ${values.length}`);
  }
  if (dictionary !== null) {
    const codes = spread(values, levels, new Int32Array(rows), -1);
    return { form: 'dictionary', type, codes, values: readScalars(dictionary, type) };
  }
  if (type.kind === 'text') {
    const interner = new TextInterner();
    const codes = spread(internAll(values, interner), levels, new Int32Array(rows), -1);
    return { form: 'dictionary', type, codes, values: interner.values() };
  }
  const column = readNumbers(values, levels, type, rows);
  return form === 'dictionary' ? toDictionary(column) : column;
}

/** Writes values over the rows that have one, and `absent` over the others. */
function spread<Target extends Int32Array | Float64Array>(
  values: Values | Int32Array,
  levels: readonly number[] | null,
  target: Target,
  absent: number,
): Target {
  let next = 0;
  for (let row = 0; row < target.length; row++) {
    target[row] = levels === null || levels[row] === 1 ? Number(values[next++]) : absent;
  }
  return target;
}

/** The distinct values of a dictionary page as scalars. */
function readScalars(dictionary: Values, type: LogicalType): Scalar[] {
  if (type.kind === 'text') {
    const interner = new TextInterner();
    internAll(dictionary, interner);
    return interner.values();
  }
  return Array.from(dictionary, (value: unknown): Scalar => {
    if (typeof value === 'number') return value;
    return integerScalar(typeof value === 'bigint' ? value : wideInteger(value));
  });
}

function internAll(values: Values, interner: TextInterner): Int32Array {
  const codes = new Int32Array(values.length);
  for (let index = 0; index < codes.length; index++) {
    const bytes = values[index];
    if (!(bytes instanceof Uint8Array)) throw new RangeError('entry: a text is not kept as bytes');
    codes[index] = interner.intern(bytes, 0, bytes.length);
  }
  return codes;
}

function readNumbers(values: Values, levels: readonly number[] | null, type: LogicalType, rows: number): Column {
  const valid = levels === null ? null : Uint8Array.from(levels);
  if (values instanceof BigInt64Array) {
    const compact = new Float64Array(values.length);
    if (readWords(values, 2, true, values.length, compact, 0) === null) {
      return { form: 'number', type, values: spread(compact, levels, new Float64Array(rows), 0), valid };
    }
    return readLarge(values, levels, type, rows);
  }
  if (values[0] instanceof Uint8Array) return readLarge(Array.from(values, wideInteger), levels, type, rows);
  return { form: 'number', type, values: spread(values, levels, new Float64Array(rows), 0), valid };
}

function readLarge(
  values: BigInt64Array | readonly bigint[],
  levels: readonly number[] | null,
  type: LogicalType,
  rows: number,
): Column {
  let next = 0;
  const spreadValues = Array.from({ length: rows }, (_, row) => {
    return levels === null || levels[row] === 1 ? (values[next++] ?? 0n) : 0n;
  });
  return { form: 'bigint', type, values: spreadValues, valid: levels === null ? null : Uint8Array.from(levels) };
}

/** 16 bytes, big-endian two's complement. */
function wideInteger(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) throw new RangeError('entry: a wide integer is not kept as bytes');
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  return (view.getBigInt64(0) << 64n) | view.getBigUint64(8);
}

function emptyColumn({ type, form }: ColumnLayout): Column {
  switch (form) {
    case 'dictionary':
      return { form, type, codes: new Int32Array(0), values: [] };
    case 'number':
      return { form, type, values: new Float64Array(0), valid: null };
    case 'bigint':
      return { form, type, values: [], valid: null };
  }
}
