import type { MessageTable } from '../canon/issue.ts';
import type { CalendarLevel } from '../columns/calendar.ts';
import type { SourceKind } from './snapshot.ts';

/** A source, by its name in the installation and where it was read from. */
interface Place {
  readonly source: string;
  readonly location: string;
}

/** A cell: `row` counts data rows from 1; `line` counts lines of a text file from 1, null where there are none. */
interface Cell {
  readonly source: string;
  readonly column: string;
  readonly row: number;
  readonly line: number | null;
  readonly value: string;
}

/** Everything that can be wrong with a source: code → what its message needs. */
export interface SourceFaults {
  NOT_FOUND: Place & { readonly status: number };
  HTTP_STATUS: Place & { readonly status: number };
  NETWORK: Place & { readonly reason: string };
  UNREADABLE: Place & { readonly reason: string };
  EMPTY: Place;
  TRUNCATED: Place & { readonly expected: string; readonly found: string };
  NOT_WHAT_ITS_NAME_SAYS: Place & { readonly expected: SourceKind; readonly found: string };
  UNKNOWN_KIND: Place & { readonly found: string };
  MALFORMED: Place & { readonly kind: SourceKind; readonly line: number | null; readonly reason: string };
  NOT_UTF8: Place;
  HASH_MISMATCH: Place & { readonly expected: string; readonly found: string };
  RAGGED_ROW: Place & { readonly line: number; readonly expected: number; readonly found: number };
  UNTERMINATED_QUOTE: Place & { readonly line: number };
  STRAY_QUOTE: Place & { readonly line: number; readonly column: string };
  EMPTY_HEADER: Place & { readonly position: number };
  DUPLICATE_COLUMN: Place & { readonly column: string };
  UNKNOWN_COLUMN: Place & { readonly column: string; readonly columns: readonly string[] };
  UNSUPPORTED_TYPE: Place & { readonly column: string; readonly found: string };
  INCOMPATIBLE_TYPE: Place & { readonly column: string; readonly found: string; readonly expected: string };
  WRONG_CELL: Cell & { readonly expected: string };
  TOO_MANY_DIGITS: Cell & { readonly digits: number };
  OUT_OF_RANGE: Cell & { readonly expected: string };
  NOT_A_PERIOD: Cell & { readonly level: CalendarLevel };
}

/** One fault of a source as plain data: it crosses workers whole, and its message is a function of code and parameters. */
export interface SourceFault {
  readonly code: keyof SourceFaults;
  readonly parameters: SourceFaults[keyof SourceFaults];
  readonly message: string;
}

const KIND_NAMES: Readonly<Record<SourceKind, string>> = {
  csv: 'CSV',
  parquet: 'Parquet',
  arrow: 'Arrow IPC',
  json: 'JSON',
};

const PERIOD_EXAMPLES: Readonly<Record<CalendarLevel, string>> = {
  day: '2024-01-31',
  week: '2024-W05 or its Monday 2024-01-29',
  month: '2024-01 or 2024-01-01',
  quarter: '2024-Q1 or 2024-01-01',
  year: '2024 or 2024-01-01',
};

const MESSAGES: MessageTable<SourceFaults> = {
  NOT_FOUND: ({ source, location, status }) =>
    `source ${source}: nothing is at ${location} (status ${status}); put the file there or correct the source's path`,
  HTTP_STATUS: ({ source, location, status }) =>
    `source ${source}: the server answered ${status} for ${location}, expected 200; open the address in a browser to see why`,
  NETWORK: ({ source, location, reason }) =>
    `source ${source}: ${location} could not be fetched (${reason}); check the connection, and that another origin sends Access-Control-Allow-Origin`,
  UNREADABLE: ({ source, location, reason }) =>
    `source ${source}: ${location} could not be read (${reason}); choose the file again`,
  EMPTY: ({ source, location }) =>
    `source ${source}: ${location} is empty, expected at least a header or a schema; write the file again`,
  TRUNCATED: ({ source, location, expected, found }) =>
    `source ${source}: ${location} is cut short: expected ${expected}, found ${found}; copy or download the file again`,
  NOT_WHAT_ITS_NAME_SAYS: ({ source, location, expected, found }) =>
    `source ${source}: ${location} is not what its name says: expected ${KIND_NAMES[expected]}, found ${found}; point the source at the file itself, or rename it`,
  UNKNOWN_KIND: ({ source, location, found }) =>
    `source ${source}: ${location} is of no known kind: expected Parquet, CSV, Arrow IPC or JSON, found ${found}; convert it to one of these`,
  MALFORMED: ({ source, location, kind, line, reason }) =>
    `source ${source}: ${location}${line === null ? '' : `, line ${line}`} is not readable as ${KIND_NAMES[kind]}: ${reason}; write the file again`,
  NOT_UTF8: ({ source, location }) =>
    `source ${source}: ${location} holds text that is not UTF-8; save the file as UTF-8`,
  HASH_MISMATCH: ({ source, location, expected, found }) =>
    `source ${source}: ${location} is not the file that the installation names: expected SHA-256 ${expected}, found ${found}; restore the file or update sha256`,
  RAGGED_ROW: ({ source, location, line, expected, found }) =>
    `source ${source}: ${location}, line ${line} has ${found} ${found === 1 ? 'cell' : 'cells'}, the header has ${expected}; quote cells that hold commas, or complete the row`,
  UNTERMINATED_QUOTE: ({ source, location, line }) =>
    `source ${source}: ${location}, line ${line} opens a quote that never closes; close it, or double the quotes inside the cell`,
  STRAY_QUOTE: ({ source, location, line, column }) =>
    `source ${source}: ${location}, line ${line}, column ${column}: a quote stands inside a cell; quote the whole cell and double the quotes in it`,
  EMPTY_HEADER: ({ source, location, position }) =>
    `source ${source}: ${location}: column ${position} has no name in the first line; name it or remove the column`,
  DUPLICATE_COLUMN: ({ source, location, column }) =>
    `source ${source}: ${location} has more than one column named ${column}; rename all but one`,
  UNKNOWN_COLUMN: ({ source, location, column, columns }) =>
    `source ${source}: ${location} has no column ${column}; it has ${columns.join(', ')}; correct the name in the collection`,
  UNSUPPORTED_TYPE: ({ source, location, column, found }) =>
    `source ${source}: ${location}: column ${column} is of type ${found}, expected text, a number, a boolean or a date; leave it out or convert it`,
  INCOMPATIBLE_TYPE: ({ source, location, column, found, expected }) =>
    `source ${source}: ${location}: column ${column} is ${found} in the file and cannot be read as ${expected}; declare it as ${found}, or convert the file`,
  WRONG_CELL: ({ source, column, row, line, value, expected }) =>
    `source ${source}: column ${column}, ${printRow(row, line)}: expected ${expected}, found ${quote(value)}; correct the cell or declare another type`,
  TOO_MANY_DIGITS: ({ source, column, row, line, value, digits }) =>
    `source ${source}: column ${column}, ${printRow(row, line)}: ${quote(value)} has more than ${digits} digits after the point; declare decimal with more digits, or round the file`,
  OUT_OF_RANGE: ({ source, column, row, line, value, expected }) =>
    `source ${source}: column ${column}, ${printRow(row, line)}: ${quote(value)} is outside ${expected}; declare double, or correct the cell`,
  NOT_A_PERIOD: ({ source, column, row, line, value, level }) =>
    `source ${source}: column ${column}, ${printRow(row, line)}: ${quote(value)} is not a ${level}, expected ${PERIOD_EXAMPLES[level]}; correct the cell or bind the column to another level`,
};

function printRow(row: number, line: number | null): string {
  return line === null ? `row ${row}` : `row ${row} (line ${line})`;
}

/** The cell's text in a message: quoted, and cut where it is long. */
function quote(value: string): string {
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
}

/** What reading a source throws. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly fault: SourceFault;

  constructor(fault: SourceFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Makes the error of a code. */
export function sourceError<Code extends keyof SourceFaults>(code: Code, parameters: SourceFaults[Code]): SourceError {
  return new SourceError({ code, parameters, message: MESSAGES[code](parameters) });
}
