import type { ColumnChunk, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';

const MAGIC = 0x31524150;

/**
 * A Parquet file of only the named top-level columns: their chunks as they stand, under a footer of their own. With it
 * the synchronous reader of parquet-wasm reads a few columns of many, which it cannot by itself. Its asynchronous one
 * can, but never settles where its WASM traps on a damaged page. Statistics, indexes and key-value pairs stay behind
 * (a stored Arrow schema would describe columns that are not there). Throws `RangeError` where a chunk is not within
 * the file.
 */
export function projectColumns(bytes: Uint8Array, metadata: FileMetaData, names: readonly string[]): Uint8Array {
  const writer = new ByteWriter();
  writer.appendUint32(MAGIC);
  const row_groups = metadata.row_groups.map((group): RowGroup => {
    const columns = names.map((name) => copyChunk(bytes, chunkOf(group, name), name, writer));
    return { columns, total_byte_size: group.total_byte_size, num_rows: group.num_rows };
  });
  const [root] = metadata.schema;
  const elements = names.map((name) => elementOf(metadata.schema, name));
  const schema = [{ name: root?.name ?? 'schema', num_children: elements.length }, ...elements];
  const { version, num_rows, created_by } = metadata;
  const creator = created_by === undefined ? {} : { created_by };
  writeMetadata(writer, { version, schema, num_rows, row_groups, metadata_length: 0, ...creator });
  writer.appendUint32(MAGIC);
  return writer.getBytes();
}

function chunkOf(group: RowGroup, name: string): ColumnChunk {
  const chunk = group.columns.find(({ meta_data }) => {
    return meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === name;
  });
  if (chunk === undefined) throw new RangeError(`a row group has no column ${name}`);
  return chunk;
}

/** Appends a chunk's bytes; its offsets become those in the new file. */
function copyChunk(bytes: Uint8Array, chunk: ColumnChunk, name: string, writer: ByteWriter): ColumnChunk {
  const meta = chunk.meta_data;
  if (meta === undefined) throw new RangeError(`column ${name} has no metadata`);
  const { dictionary_page_offset: dictionary = 0n, data_page_offset: data } = meta;
  const start = dictionary > 0n && dictionary < data ? dictionary : data;
  const end = start + meta.total_compressed_size;
  if (start < 4n || end > BigInt(bytes.length)) {
    throw new RangeError(`column ${name} lies at bytes ${start} to ${end} of a file of ${bytes.length}`);
  }
  const shift = BigInt(writer.offset) - start;
  writer.appendBytes(bytes.subarray(Number(start), Number(end)));
  const { type, encodings, path_in_schema, codec, num_values, total_uncompressed_size, total_compressed_size } = meta;
  return {
    file_offset: start + shift,
    meta_data: {
      type,
      encodings,
      path_in_schema,
      codec,
      num_values,
      total_uncompressed_size,
      total_compressed_size,
      data_page_offset: data + shift,
      ...(start === dictionary ? { dictionary_page_offset: start + shift } : {}),
    },
  };
}

/** The column's schema element; integer annotations in their older form, which the writer spells right. */
function elementOf(schema: readonly SchemaElement[], name: string): SchemaElement {
  const element = schema.find((candidate, index) => index > 0 && candidate.name === name && isLeaf(candidate));
  if (element === undefined) throw new RangeError(`the schema has no column ${name}`);
  const { logical_type, ...rest } = element;
  if (logical_type === undefined) return rest;
  if (logical_type.type !== 'INTEGER') return { ...rest, logical_type };
  return { ...rest, converted_type: rest.converted_type ?? integerType(logical_type.bitWidth, logical_type.isSigned) };
}

function isLeaf(element: SchemaElement): boolean {
  return element.num_children === undefined || element.num_children === 0;
}

function integerType(bitWidth: number, isSigned: boolean): NonNullable<SchemaElement['converted_type']> {
  switch (bitWidth) {
    case 8:
      return isSigned ? 'INT_8' : 'UINT_8';
    case 16:
      return isSigned ? 'INT_16' : 'UINT_16';
    case 32:
      return isSigned ? 'INT_32' : 'UINT_32';
    default:
      return isSigned ? 'INT_64' : 'UINT_64';
  }
}
