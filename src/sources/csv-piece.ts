import { CsvError, type Options, parse } from 'csv-parse/browser/esm/sync';
import { countLines, hasOpenQuote } from './csv-split.ts';
import { sourceError } from './source-error.ts';

/** An unquoted empty cell. It is no text that UTF-8 can hold, so no cell is mistaken for it. */
export const NULL_CELL = '\ud800';

/** One record: its cells, and the line of the file that it begins on, from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

interface Place {
  readonly source: string;
  readonly location: string;
}

const FORMAT: Options = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true };

/** The first record of a piece of text that begins on line `line`. Throws as `parsePiece` does. */
export function parseHeader(place: Place, piece: string, line: number): CsvRecord {
  const [cells = []] = parseRecords(place, piece, line, [], { to: 1 });
  return { cells, line };
}

/**
 * The records of a piece of text that begins on line `line` and ends between two records; `names` are the file's
 * columns (blank lines are skipped where there are several). Throws `SourceError` UNTERMINATED_QUOTE or STRAY_QUOTE.
 */
export function parsePiece(
  place: Place,
  piece: string,
  line: number,
  names: readonly string[],
): { readonly records: readonly CsvRecord[]; readonly lineCount: number } {
  const options: Options = { skip_empty_lines: names.length > 1 };
  const rows = parseRecords(place, piece, line, names, options);
  const lineCount = countLines(piece);
  // One line a record, as nearly always: their lines follow without asking the parser once more.
  const spans = rows.length === lineCount ? null : recordLines(piece, options);
  return {
    records: rows.map((cells, index) => ({ cells, line: line + (spans?.[index]?.before ?? index) })),
    lineCount,
  };
}

function parseRecords(
  place: Place,
  piece: string,
  line: number,
  names: readonly string[],
  options: Options,
): readonly string[][] {
  try {
    const { text, mark } = markQuotedEmpties(piece);
    const records = parse(text, { ...FORMAT, ...options });
    for (const record of records) {
      for (let index = 0; index < record.length; index++) {
        if (record[index] === '') record[index] = NULL_CELL;
        else if (record[index] === mark) record[index] = '';
      }
    }
    return records;
  } catch (error) {
    throw fault(error, place, piece, line, names, options);
  }
}

/** A quoted cell; matched one after the other, so that quotes and commas inside one are passed over with it. */
const QUOTED_CELL = /(^|[,\r\n])("[^"]*(?:""[^"]*)*")(?=[,\r\n]|$)/g;

/**
 * The piece with every quoted empty cell turned into a quoted mark, a character that is not in the piece: the parser
 * tells of each cell whether it was quoted, but takes five times as long when asked.
 */
function markQuotedEmpties(piece: string): { readonly text: string; readonly mark: string | null } {
  const mayHoldOne = /(?:^|[,\r\n])""(?:[,\r\n]|$)/.test(piece);
  // With a quote left open the parser will refuse the piece; looking for cells in it could take long.
  if (!mayHoldOne || hasOpenQuote(piece)) return { text: piece, mark: null };
  let code = 0xe000;
  while (piece.includes(String.fromCharCode(code))) code++;
  const mark = String.fromCharCode(code);
  const text = piece.replace(QUOTED_CELL, (whole, before: string, cell: string) => {
    return cell === '""' ? `${before}"${mark}"` : whole;
  });
  return { text, mark };
}

/**
 * For each record, how many lines of the piece stand before its first and after which one it ends; as far as the piece
 * can be parsed.
 */
function recordLines(piece: string, options: Options): readonly { readonly before: number; readonly end: number }[] {
  const spans: { before: number; end: number }[] = [];
  try {
    parse(piece, {
      ...FORMAT,
      ...options,
      on_record: (record: readonly string[], { lines }) => {
        // The parser counts up to the record's last line.
        const inside = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
        spans.push({ before: lines - 1 - inside, end: lines });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return spans;
}

function fault(
  error: unknown,
  place: Place,
  piece: string,
  line: number,
  names: readonly string[],
  options: Options,
): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    // The parser names the last line; the record with the open quote begins after the last whole one.
    return sourceError('UNTERMINATED_QUOTE', { ...place, line: line + (recordLines(piece, options).at(-1)?.end ?? 0) });
  }
  const { lines, index } = error;
  const column = typeof index === 'number' ? (names[index] ?? `number ${index + 1}`) : 'unknown';
  return sourceError('STRAY_QUOTE', { ...place, line: line - 1 + (typeof lines === 'number' ? lines : 1), column });
}
