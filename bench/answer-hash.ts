import { tableFromIPC } from 'apache-arrow';
import { columnAt, eachCell } from './cells.ts';

/**
 * SHA-256 of an answer, 64 hex digits, the same for equal answers of any engine: rows as text (the keys in the order of
 * their names, then the value's unscaled integer or number), sorted, one a line. Every column but the last is a key.
 */
export async function answerHash(ipc: ArrayBuffer | Uint8Array): Promise<string> {
  const table = tableFromIPC(ipc instanceof Uint8Array ? ipc : new Uint8Array(ipc));
  const names = table.schema.fields.map(({ name }) => name);
  const keys = names.slice(0, -1).map((name, position) => ({ name, position }));
  keys.sort((a, b) => (a.name < b.name ? -1 : 1));
  const columns = [...keys.map(({ position }) => position), names.length - 1].map((position) => {
    const cells: (string | number)[] = [];
    eachCell(columnAt(table, position), (value) => cells.push(value));
    return cells;
  });
  const rows = Array.from({ length: table.numRows }, (_, row) => columns.map((cells) => cells[row]).join('\t'));
  const text = rows.sort().join('\n');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
