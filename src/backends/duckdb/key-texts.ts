import {
  type Data,
  DataType,
  Dictionary,
  Field,
  makeData,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  type Uint8,
  type Uint16,
  type Uint32,
  Utf8,
  type Vector,
} from 'apache-arrow';
import { END_OF_STREAM } from './ipc-stream.ts';

/** Before each message of an Arrow IPC stream: a continuation mark and the length of its metadata. */
const PREFIX_BYTES = 8;

/**
 * The Arrow IPC stream with texts for codes: the columns named become Dictionary<their integer type, Utf8>. Only the
 * schema is written anew, with the dictionaries after it; the record batches, whose codes are the indices, follow as they
 * came. Throws `RangeError` where a column of codes holds no integers.
 */
export function withTexts(ipc: Uint8Array, texts: ReadonlyMap<string, Vector<Utf8>>): Uint8Array {
  if (texts.size === 0) return ipc;
  const view = new DataView(ipc.buffer, ipc.byteOffset, ipc.byteLength);
  // The schema has no body: the next message follows its metadata.
  const end = PREFIX_BYTES + view.getInt32(4, true);
  const { schema } = RecordBatchReader.from(ipc.subarray(0, end)).open();
  const columns = schema.fields.map((field, id) => {
    const dictionary = texts.get(field.name);
    return dictionary === undefined
      ? { field, data: makeData({ type: field.type, length: 0 }) }
      : codedColumn(field, id, dictionary);
  });
  const head = headOf(columns);
  const stream = new Uint8Array(head.length + ipc.length - end);
  stream.set(head);
  stream.set(ipc.subarray(end), head.length);
  return stream;
}

/** Types of codes: as wide as the enumeration needs. */
type Codes = Uint8 | Uint16 | Uint32;

interface EmptyColumn {
  readonly field: Field;
  readonly data: Data;
}

function codedColumn({ name, type }: Field, id: number, dictionary: Vector<Utf8>): EmptyColumn {
  if (!areCodes(type)) throw new RangeError(`arrow: column ${name}: expected codes, found ${String(type)}`);
  const coded = new Dictionary<Utf8, Codes>(new Utf8(), type, id);
  return { field: new Field(name, coded, true), data: makeData({ type: coded, length: 0, dictionary }) };
}

function areCodes(type: DataType): type is Codes {
  return DataType.isInt(type) && !type.isSigned && type.bitWidth <= 32;
}

/** Schema, dictionaries and a record batch without rows, which the writer needs to send the dictionaries. */
function headOf(columns: readonly EmptyColumn[]): Uint8Array {
  const fields = columns.map(({ field }) => field);
  const data = makeData({
    type: new Struct(fields),
    length: 0,
    nullCount: 0,
    children: columns.map((column) => column.data),
  });
  const bytes = RecordBatchStreamWriter.writeAll([new RecordBatch(new Schema(fields), data)]).toUint8Array(true);
  return bytes.subarray(0, bytes.length - END_OF_STREAM.length);
}
