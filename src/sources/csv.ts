import { TextColumnBuilder } from '../columns/text-column.ts';
import { type CsvRecord, NULL_CELL, parseHeader, parsePiece } from './csv-piece.ts';
import { pieceEnd } from './csv-split.ts';
import { type RawTable, requireDistinctNames } from './raw-table.ts';
import { sourceError } from './source-error.ts';
import { decodeUtf8 } from './utf8.ts';

/** About how many characters are parsed at a time: between two pieces a worker can answer other messages. */
const PIECE_LENGTH = 262_144;

/** What reading a long file needs of its surroundings. */
export interface ReadTools {
  /** Hears the number of data rows read so far. */
  readonly onRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
  /** Lets other tasks of the thread run. */
  readonly pause?: () => Promise<void>;
}

/**
 * Reads CSV (RFC 4180, UTF-8, commas, header in the first line) into text columns. Cells are taken as they are: nothing
 * is trimmed. An unquoted empty cell is NULL, `""` the empty text, and nothing else is NULL. Blank lines are skipped
 * where the header has more than one column; with one column a blank line is a NULL. Throws `SourceError` EMPTY,
 * NOT_UTF8, RAGGED_ROW, UNTERMINATED_QUOTE, STRAY_QUOTE, EMPTY_HEADER or DUPLICATE_COLUMN, and the signal's reason when
 * aborted.
 */
export async function readCsv(
  source: string,
  location: string,
  bytes: Uint8Array,
  tools: ReadTools = {},
): Promise<RawTable> {
  const place = { source, location };
  const text = decodeUtf8(source, location, bytes);
  const lead = /^(?:\r\n|\n|\r)*/.exec(text)?.[0] ?? '';
  if (lead.length === text.length) throw sourceError('EMPTY', place);

  const names: string[] = [];
  const columns: TextColumnBuilder[] = [];
  const lines = new LineIndex();
  let rows = 0;
  let line = 1 + (lead.match(/\r\n|\n|\r/g)?.length ?? 0);
  for (let from = lead.length; from < text.length; ) {
    tools.signal?.throwIfAborted();
    const to = pieceEnd(text, from, PIECE_LENGTH);
    const piece = text.slice(from, to);
    const isFirst = names.length === 0;
    if (isFirst) {
      names.push(...requireHeader(source, location, parseHeader(place, piece, line)));
      columns.push(...names.map(() => new TextColumnBuilder()));
    }
    const { records, lineCount } = parsePiece(place, piece, line, names);
    for (const record of isFirst ? records.slice(1) : records) {
      requireCells(source, location, record, names.length);
      lines.add(rows, record.line);
      for (const [index, column] of columns.entries()) {
        const cell = record.cells[index];
        column.push(cell === undefined || cell === NULL_CELL ? null : cell);
      }
      rows++;
    }
    line += lineCount;
    from = to;
    tools.onRows?.(rows);
    await tools.pause?.();
  }

  const finished = columns.map((column) => column.column());
  return {
    rowCount: rows,
    columns: names.map((name) => ({ name, type: 'text', nullable: true })),
    read: async (wanted) => wanted.flatMap((name) => finished[names.indexOf(name)] ?? []),
    lineOf: (row) => lines.lineOf(row),
    ownStatistics: null,
  };
}

function requireHeader(source: string, location: string, record: CsvRecord): readonly string[] {
  record.cells.forEach((cell, index) => {
    if (cell === NULL_CELL || cell === '') throw sourceError('EMPTY_HEADER', { source, location, position: index + 1 });
  });
  requireDistinctNames(source, location, record.cells);
  return record.cells;
}

function requireCells(source: string, location: string, record: CsvRecord, expected: number): void {
  const found = record.cells.length;
  if (found !== expected) throw sourceError('RAGGED_ROW', { source, location, line: record.line, expected, found });
}

/** Lines of rows. It keeps a mark only where a row does not stand on the line after the row before it. */
class LineIndex {
  readonly #marks: { readonly row: number; readonly line: number }[] = [];

  add(row: number, line: number): void {
    const mark = this.#marks[this.#marks.length - 1];
    if (mark === undefined || mark.line + row - mark.row !== line) this.#marks.push({ row, line });
  }

  lineOf(row: number): number | null {
    const mark = this.#marks.findLast((candidate) => candidate.row <= row);
    return mark === undefined ? null : mark.line + row - mark.row;
  }
}
