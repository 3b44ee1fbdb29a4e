/** End of an Arrow IPC stream: a continuation mark and a metadata length of 0. */
export const END_OF_STREAM = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/**
 * One Arrow IPC stream of the parts that a pending query gives: the schema, then record batches. Text must be plain
 * Utf8: DuckDB sends no dictionaries with the parts.
 */
export function joinStream(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = [...parts, END_OF_STREAM];
  const stream = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    stream.set(part, at);
    at += part.length;
  }
  return stream;
}
