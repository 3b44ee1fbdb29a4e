import type { Cell } from './cells.ts';
import { plainColumns } from './plain-columns.ts';

/**
 * SHA-256 of an answer, 64 hex digits, the same for equal answers of any engine: rows as text (the keys in the order of
 * their names, then the value's unscaled integer or number), sorted, one a line. Every column but the last is a key.
 */
export function answerHash(ipc: ArrayBuffer | Uint8Array): Promise<string> {
  const columns = plainColumns(ipc instanceof Uint8Array ? ipc : new Uint8Array(ipc));
  const keys = columns.slice(0, -1).sort((a, b) => (a.name < b.name ? -1 : 1));
  return rowsHash([...keys, ...columns.slice(-1)].map(({ values }) => values));
}

/** SHA-256 of rows in any order, from their columns. */
export async function rowsHash(columns: readonly (readonly Cell[])[]): Promise<string> {
  const rows = Array.from(columns[0] ?? [], (_, row) => columns.map((cells) => cells[row]).join('\t'));
  const text = rows.sort().join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
