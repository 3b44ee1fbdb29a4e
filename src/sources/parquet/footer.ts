import { type FileMetaData, parquetMetadata, type SchemaElement } from 'hyparquet';
import { decimal, printType } from '../../columns/logical-type.ts';
import type { SourceColumn } from '../snapshot.ts';
import { sourceError } from '../source-error.ts';

const MAGIC = 'PAR1';
/** Magic, an empty footer's length and magic again. */
const SHORTEST = 12;

/** What a Parquet file says of itself, read without its data and without WASM. */
export interface ParquetFooter {
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
  readonly metadata: FileMetaData;
}

/**
 * Reads the footer of a whole Parquet file, or of its last bytes. Throws `SourceError` TRUNCATED where the file does not
 * end as it began, MALFORMED where its footer cannot be read.
 */
export function readFooter(source: string, location: string, bytes: Uint8Array): ParquetFooter {
  const place = { source, location };
  if (bytes.length < SHORTEST || new TextDecoder().decode(bytes.subarray(-MAGIC.length)) !== MAGIC) {
    throw sourceError('TRUNCATED', { ...place, expected: `${MAGIC} at its end`, found: 'other bytes' });
  }
  try {
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    return { rowCount: Number(metadata.num_rows), columns: topColumns(metadata.schema), metadata };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sourceError('MALFORMED', { ...place, kind: 'parquet', line: null, reason });
  }
}

/** Top-level columns: the schema is the tree in preorder, its root first. */
function topColumns(schema: readonly SchemaElement[]): readonly SourceColumn[] {
  const columns: SourceColumn[] = [];
  for (let at = 1; at < schema.length; at = after(schema, at)) {
    const element = schema[at];
    if (element !== undefined) {
      columns.push({
        name: element.name,
        type: naturalTypeName(element),
        nullable: element.repetition_type !== 'REQUIRED',
      });
    }
  }
  return columns;
}

/** Index of the element after the subtree at `at`; a count of children is not believed beyond the schema's end. */
function after(schema: readonly SchemaElement[], at: number): number {
  let next = at + 1;
  for (let child = schema[at]?.num_children ?? 0; child > 0 && next < schema.length; child--)
    next = after(schema, next);
  return next;
}

/** The printed natural type, or the format's own name for what is no text, number, boolean or date. */
function naturalTypeName(element: SchemaElement): string {
  const { type, num_children, repetition_type, converted_type, logical_type } = element;
  if (num_children !== undefined && num_children > 0) return logical_type?.type.toLowerCase() ?? 'group';
  if (repetition_type === 'REPEATED') return 'list';
  if (converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL') {
    return printType(decimal(element.scale ?? (logical_type?.type === 'DECIMAL' ? logical_type.scale : 0)));
  }
  switch (type) {
    case 'BOOLEAN':
      return 'bool';
    case 'INT32':
      if (converted_type === 'DATE' || logical_type?.type === 'DATE') return 'date';
      return converted_type === 'TIME_MILLIS' || logical_type?.type === 'TIME' ? 'time' : 'int64';
    case 'INT64':
      if (converted_type?.startsWith('TIMESTAMP') || logical_type?.type === 'TIMESTAMP') return 'date';
      return converted_type === 'TIME_MICROS' || logical_type?.type === 'TIME' ? 'time' : 'int64';
    case 'INT96':
      return 'date';
    case 'FLOAT':
    case 'DOUBLE':
      return 'double';
    case 'BYTE_ARRAY':
      return isText(element) ? 'text' : 'binary';
    default:
      return logical_type?.type.toLowerCase() ?? 'binary';
  }
}

function isText({ converted_type, logical_type }: SchemaElement): boolean {
  return (
    converted_type === 'UTF8' ||
    converted_type === 'ENUM' ||
    converted_type === 'JSON' ||
    logical_type?.type === 'STRING' ||
    logical_type?.type === 'ENUM' ||
    logical_type?.type === 'JSON'
  );
}
