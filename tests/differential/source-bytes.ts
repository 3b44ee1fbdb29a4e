import { Table as ArrowTable, Bool, DateDay, Float64, Int64, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { printUnits } from './question.ts';
import type { Cell, Table, Type } from './world.ts';

/** The source of a table in its format. */
export function bytesOf(table: Table): string | Uint8Array {
  switch (table.format) {
    case 'csv':
      return csvText(table);
    case 'json':
      return jsonText(table);
    case 'arrow':
      return arrowBytes(table);
  }
}

/** The cell as a CSV or a text cell has it. */
function cellText(cell: Exclude<Cell, null>, type: Type): string {
  if (typeof cell === 'bigint') return printUnits(cell, type.kind === 'decimal' ? type.digits : 0);
  return Object.is(cell, -0) ? '-0' : String(cell);
}

function csvText({ columns, rows }: Table): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) =>
    row
      .map((cell, place) => {
        if (cell === null) return '';
        const text = cellText(cell, columns[place]?.type ?? { kind: 'text' });
        return text === '' || /[",\r\n]/.test(text) ? quoted(text) : text;
      })
      .join(','),
  );
  return `${[columns.map((column) => quoted(column.name)).join(','), ...lines].join('\n')}\n`;
}

/** Texts, truths and safe numbers as JSON has them; larger integers, decimals and dates as texts. */
function jsonText({ columns, rows }: Table): string {
  const isSafe = columns.map((_, place) =>
    rows.every((row) => {
      const cell = row[place] ?? null;
      return typeof cell !== 'bigint' || (cell < 2n ** 53n && cell > -(2n ** 53n));
    }),
  );
  // Without a row an array has no columns.
  if (rows.length === 0) return JSON.stringify([]);
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        columns.map(({ name, type }, place) => {
          const cell = row[place] ?? null;
          const plain =
            typeof cell === 'bigint'
              ? type.kind === 'int64' && isSafe[place]
                ? Number(cell)
                : cellText(cell, type)
              : cell;
          return [name, plain];
        }),
      ),
    ),
  );
}

function arrowBytes({ columns, rows }: Table): Uint8Array {
  const vectors = columns.map(({ name, type }, place) => {
    const cells = rows.map((row) => row[place] ?? null);
    return [name, arrowVector(cells, type)] as const;
  });
  return tableToIPC(new ArrowTable(Object.fromEntries(vectors)), 'stream');
}

function arrowVector(cells: readonly Cell[], type: Type) {
  switch (type.kind) {
    case 'int64':
      return vectorFromArray(cells, new Int64());
    case 'double':
      return vectorFromArray(cells, new Float64());
    case 'bool':
      return vectorFromArray(cells, new Bool());
    case 'date':
      if (type.level === 'day') {
        return vectorFromArray(
          cells.map((cell) => (typeof cell === 'string' ? new Date(cell) : null)),
          new DateDay(),
        );
      }
      break;
    case 'text':
    case 'decimal':
      break;
  }
  return vectorFromArray(
    cells.map((cell) => (cell === null ? null : cellText(cell, type))),
    new Utf8(),
  );
}
