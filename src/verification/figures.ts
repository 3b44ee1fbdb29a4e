/** A number with its noun: `1 row`, `1,329 rows`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${verb(count, noun, plural)}`;
}

/** The form of a word that goes with a number. */
export function verb(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
