import { CsvError, type Info, type Options, parse } from 'csv-parse/browser/esm/sync';
import { TextColumnBuilder } from '../columns/text-column.ts';
import { mayHoldQuotedEmpty, PIECE_LENGTH, pieceEnd } from './csv-piece.ts';
import type { RawTable } from './raw-table.ts';
import { requireDistinctNames } from './raw-table.ts';
import { sourceError } from './source-error.ts';
import { decodeUtf8 } from './utf8.ts';

/** What parsing a long file needs of its surroundings. */
export interface CsvTools {
  /** Hears the number of data rows read so far. */
  readonly onRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
  /** Lets other tasks of the thread run; called between pieces of the file. */
  readonly pause?: () => Promise<void>;
}

/** Commas, double quotes, any line end. Cells are taken as they are: nothing is trimmed. */
const FORMAT: Options = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true };

/** Stands for an unquoted empty cell while a piece that also holds quoted ones is parsed. */
const NULL_CELL: unique symbol = Symbol('NULL');

/**
 * Reads CSV (RFC 4180, UTF-8, comma, header in the first line) into text columns. An unquoted empty cell is NULL, `""`
 * the empty text, and nothing else is NULL. Blank lines are skipped where the header has more than one column; with one
 * column a blank line is a NULL. Throws `SourceError` NOT_UTF8, RAGGED_ROW, UNTERMINATED_QUOTE, STRAY_QUOTE,
 * EMPTY_HEADER, DUPLICATE_COLUMN or EMPTY, and the signal's reason when aborted.
 */
export async function readCsv(
  source: string,
  location: string,
  bytes: Uint8Array,
  tools: CsvTools = {},
): Promise<RawTable> {
  const text = decodeUtf8(source, location, bytes);
  const reader = new CsvReader(source, location);
  for (let from = 0; from < text.length; ) {
    tools.signal?.throwIfAborted();
    const to = pieceEnd(text, from, PIECE_LENGTH);
    reader.read(text.slice(from, to));
    from = to;
    tools.onRows?.(reader.rowCount);
    await tools.pause?.();
  }
  return reader.table();
}

/** A run of rows whose lines are regular: row `row` stands on line `line`, the next on the next. */
interface LineRun {
  readonly row: number;
  readonly line: number;
}

class CsvReader {
  rowCount = 0;
  readonly #source: string;
  readonly #location: string;
  #names: readonly string[] | null = null;
  #columns: readonly TextColumnBuilder[] = [];
  #line = 1;
  readonly #runs: LineRun[] = [];

  constructor(source: string, location: string) {
    this.#source = source;
    this.#location = location;
  }

  /** Appends the records of a piece of text that ends between two records. */
  read(piece: string): void {
    const skipsBlank = this.#names === null || this.#names.length > 1;
    const records = this.#parse(piece, skipsBlank);
    const lines = countLines(piece);
    // One line a record, as nearly always: their lines follow without asking the parser.
    const starts = records.length === lines ? null : recordLines(piece, skipsBlank);
    this.#runs.push({ row: this.rowCount - (this.#names === null ? 1 : 0), line: this.#line });
    records.forEach((record, index) => {
      const line = this.#line + (starts?.[index] ?? index);
      if (this.#names === null) this.#readHeader(record);
      else this.#readRow(record, line, starts !== null);
    });
    this.#line += lines;
  }

  table(): RawTable {
    const names = this.#names;
    if (names === null) throw sourceError('EMPTY', { source: this.#source, location: this.#location });
    const columns = this.#columns.map((column) => column.column());
    const runs = this.#runs;
    return {
      rowCount: this.rowCount,
      columns: names.map((name) => ({ name, type: 'text', nullable: true })),
      read: async (wanted) => wanted.flatMap((name) => columns[names.indexOf(name)] ?? []),
      lineOf: (row) => {
        const run = runs.findLast((candidate) => candidate.row <= row);
        return run === undefined ? null : run.line + row - run.row;
      },
      ownStatistics: null,
    };
  }

  #readHeader(record: readonly Cell[]): void {
    const place = { source: this.#source, location: this.#location };
    const names = record.map((cell, index) => {
      if (typeof cell !== 'string' || cell === '') throw sourceError('EMPTY_HEADER', { ...place, position: index + 1 });
      return cell;
    });
    requireDistinctNames(this.#source, this.#location, names);
    this.#names = names;
    this.#columns = names.map(() => new TextColumnBuilder());
  }

  #readRow(record: readonly Cell[], line: number, isIrregular: boolean): void {
    if (record.length !== this.#columns.length) {
      const place = { source: this.#source, location: this.#location };
      throw sourceError('RAGGED_ROW', { ...place, line, expected: this.#columns.length, found: record.length });
    }
    if (isIrregular) this.#runs.push({ row: this.rowCount, line });
    this.#columns.forEach((column, index) => {
      const cell = record[index];
      column.push(typeof cell === 'string' ? cell : null);
    });
    this.rowCount++;
  }

  #parse(piece: string, skipsBlank: boolean): readonly (readonly Cell[])[] {
    const options: Options = { ...FORMAT, skip_empty_lines: skipsBlank };
    try {
      if (mayHoldQuotedEmpty(piece)) {
        // The parser's own account of each cell is slow (five times), so only such pieces ask for it.
        return parse<readonly Cell[]>(piece, {
          ...options,
          cast: (cell: string, context) => (cell === '' && !context.quoting ? NULL_CELL : cell),
        });
      }
      const records = parse<readonly Cell[]>(piece, options);
      return records.map((record) => record.map((cell) => (cell === '' ? NULL_CELL : cell)));
    } catch (error) {
      throw this.#fault(error, piece);
    }
  }

  #fault(error: unknown, piece: string): unknown {
    if (!(error instanceof CsvError)) return error;
    const place = { source: this.#source, location: this.#location };
    const line = this.#line + lastGoodLine(piece);
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return sourceError('UNTERMINATED_QUOTE', { ...place, line });
    const position: unknown = error['index'] ?? error['column'];
    const column = (typeof position === 'number' ? this.#names?.[position] : undefined) ?? String(position);
    return sourceError('STRAY_QUOTE', { ...place, line, column });
  }
}

type Cell = string | typeof NULL_CELL;

/** Lines of a piece; a last one without line end counts. */
function countLines(piece: string): number {
  let lines = 0;
  for (let at = piece.search(/\r\n|\n|\r/); at >= 0; ) lines = at = -1;
  void lines;
  return (piece.match(/\r\n|\n|\r|[^\r\n]$/g) ?? []).length;
}
