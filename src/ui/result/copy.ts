import { canonicalText } from '../format/cell.ts';
import type { CellRange } from '../grid/selection.ts';
import type { FrameColumn, FrameView } from './frame.ts';

export type CopyFormat = 'tsv' | 'csv' | 'json';

/** What is copied: rows of a frame in the order shown; `row` maps a shown row to the frame's. */
export interface CopySource {
  readonly frame: FrameView;
  readonly row: (shown: number) => number;
}

/** The whole frame as text. */
export function copyFrame(source: CopySource, format: CopyFormat): string {
  const { frame } = source;
  switch (format) {
    case 'tsv':
      return copyRange(source, { top: 0, bottom: frame.rowCount - 1, left: 0, right: frame.columns.length - 1 }, true);
    case 'csv':
      return delimited(source, frame.columns, 0, frame.rowCount, true, ',', quoteCsv, '\r\n');
    case 'json':
      return copyJson(source);
  }
}

/** A rectangle of cells as tab-separated canonical values: full digits, `-`, ISO dates, NULL empty. */
export function copyRange(source: CopySource, range: CellRange, header: boolean): string {
  const columns = source.frame.columns.slice(range.left, range.right + 1);
  return delimited(source, columns, range.top, range.bottom + 1, header, '\t', quoteTsv, '\n');
}

function delimited(
  { row }: CopySource,
  columns: readonly FrameColumn[],
  from: number,
  to: number,
  header: boolean,
  separator: string,
  quote: (text: string) => string,
  lineEnd: string,
): string {
  const lines = header ? [columns.map((column) => quote(column.name)).join(separator)] : [];
  for (let shown = from; shown < to; shown++) {
    const place = row(shown);
    lines.push(
      columns
        .map((column) => {
          const value = column.read(place);
          // The empty text and NULL stay apart: `""` and nothing.
          return value === '' ? '""' : quote(canonicalText(value, column.type));
        })
        .join(separator),
    );
  }
  return lines.join(lineEnd);
}

function quoteTsv(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function quoteCsv(text: string): string {
  return /[,\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The wire shape of an answer: columns and rows; exact numbers that a double cannot hold are texts. */
function copyJson({ frame, row }: CopySource): string {
  const rows = Array.from({ length: frame.rowCount }, (_, shown) => {
    const place = row(shown);
    return `    [${frame.columns.map((column) => jsonCell(column, place)).join(', ')}]`;
  });
  const names = frame.columns.map((column) => JSON.stringify(column.name)).join(', ');
  return `{\n  "columns": [${names}],\n  "rows": [\n${rows.join(',\n')}\n  ]\n}`;
}

function jsonCell(column: FrameColumn, row: number): string {
  const value = column.read(row);
  if (value === null) return 'null';
  const text = canonicalText(value, column.type);
  switch (column.type.kind) {
    case 'bool':
      return text;
    case 'int64':
    case 'decimal':
    case 'double':
      return typeof value === 'bigint' ? JSON.stringify(text) : text;
    case 'text':
    case 'date':
      return JSON.stringify(text);
  }
}
