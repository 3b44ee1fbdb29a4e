import type { Column } from '../columns/column.ts';
import { BOOL, DOUBLE, INT64, printType } from '../columns/logical-type.ts';
import { TextColumnBuilder } from '../columns/text-column.ts';
import type { RawTable } from './raw-table.ts';
import type { SourceColumn } from './snapshot.ts';
import { sourceError } from './source-error.ts';
import { decodeUtf8 } from './utf8.ts';

type Cell = string | number | boolean | null | object;

/**
 * Reads an array of objects, or one object a line, into JSON's own types: text, bool, int64 where every number is a safe
 * integer, else double. Columns are the union of the keys in order of first occurrence; a missing key and `null` are
 * NULL. A column that mixes kinds, or holds arrays or objects, cannot be read. Throws `SourceError` NOT_UTF8 or
 * MALFORMED.
 */
export function readJson(source: string, location: string, bytes: Uint8Array): RawTable {
  const text = decodeUtf8(source, location, bytes);
  const { rows, lines } = text.trimStart().startsWith('[')
    ? { rows: parseArray(source, location, text), lines: null }
    : parseLines(source, location, text);

  const cells = new Map<string, Cell[]>();
  rows.forEach((row, index) => {
    for (const [name, value] of Object.entries(row)) {
      let column = cells.get(name);
      if (column === undefined) {
        column = new Array<Cell>(rows.length).fill(null);
        cells.set(name, column);
      }
      column[index] = isCell(value) ? value : null;
    }
  });
  const columns = new Map([...cells].map(([name, list]) => [name, readColumn(list)]));
  return {
    rowCount: rows.length,
    columns: [...columns].map(([name, column]): SourceColumn => {
      return { name, type: typeof column === 'string' ? column : printType(column.type), nullable: true };
    }),
    read: async (wanted) => {
      return wanted.flatMap((name) => {
        const column = columns.get(name);
        return column === undefined || typeof column === 'string' ? [] : [column];
      });
    },
    lineOf: (row) => lines?.[row] ?? null,
    ownStatistics: null,
  };
}

function parseArray(source: string, location: string, text: string): readonly object[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sourceError('MALFORMED', { source, location, kind: 'json', line: null, reason });
  }
  if (!Array.isArray(value)) {
    throw sourceError('MALFORMED', {
      source,
      location,
      kind: 'json',
      line: null,
      reason: 'expected an array of objects',
    });
  }
  return value.map((row: unknown, index) => {
    if (isObject(row)) return row;
    const reason = `element ${index + 1} is ${describe(row)}, expected an object`;
    throw sourceError('MALFORMED', { source, location, kind: 'json', line: null, reason });
  });
}

function parseLines(
  source: string,
  location: string,
  text: string,
): { readonly rows: readonly object[]; readonly lines: readonly number[] } {
  const rows: object[] = [];
  const lines: number[] = [];
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() === '') return;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw sourceError('MALFORMED', { source, location, kind: 'json', line: index + 1, reason });
    }
    if (!isObject(row)) {
      const reason = `expected an object, found ${describe(row)}`;
      throw sourceError('MALFORMED', { source, location, kind: 'json', line: index + 1, reason });
    }
    rows.push(row);
    lines.push(index + 1);
  });
  return { rows, lines };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCell(value: unknown): value is Cell {
  return ['string', 'number', 'boolean', 'object'].includes(typeof value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return value === null ? 'null' : `a ${typeof value}`;
}

/** The column of a list of cells, or the name of what cannot be a column. A column of NULLs is text. */
function readColumn(cells: readonly Cell[]): Column | string {
  const kinds = new Set(cells.map((cell) => (cell === null ? 'null' : Array.isArray(cell) ? 'array' : typeof cell)));
  kinds.delete('null');
  const [kind = 'string'] = kinds;
  if (kinds.size > 1) return `a mix of ${[...kinds].sort().join(' and ')}`;
  switch (kind) {
    case 'string': {
      const builder = new TextColumnBuilder();
      for (const cell of cells) builder.push(typeof cell === 'string' ? wellFormed(cell) : null);
      return builder.column();
    }
    case 'number':
    case 'boolean': {
      const valid = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) : null;
      const values = Float64Array.from(cells, (cell) => (cell === null ? 0 : Number(cell)));
      const type = kind === 'boolean' ? BOOL : values.every(Number.isSafeInteger) ? INT64 : DOUBLE;
      return { form: 'number', type, values, valid };
    }
    default:
      return kind;
  }
}

/** Escapes may write half of a surrogate pair, which UTF-8 cannot: it becomes U+FFFD, as TextEncoder has it. */
function wellFormed(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? new TextDecoder().decode(new TextEncoder().encode(text)) : text;
}
