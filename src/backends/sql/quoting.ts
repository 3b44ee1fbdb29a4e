/** A quoted identifier, as standard SQL has it. Throws `RangeError` where none can be written. */
export function identifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new RangeError(`identifier: ${JSON.stringify(name)} cannot be written in SQL`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal. SQL text cannot hold NUL, which ends the statement: `nul` is the expression that gives it. */
export function textLiteral(value: string, nul: string): string {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(` || ${nul} || `)})`;
}
