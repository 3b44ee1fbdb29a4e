/** A quoted identifier, as standard SQL has it. Throws `RangeError` where none can be written. */
export function identifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new RangeError(`identifier: ${JSON.stringify(name)} cannot be written in SQL`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}
