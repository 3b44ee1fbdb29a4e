/** The values nearest to a text, best first: the same letters in another case, then few edits; at most `limit`. */
export function nearestTexts(wanted: string, values: readonly string[], limit: number): readonly string[] {
  const target = wanted.toLowerCase();
  return values
    .map((value) => ({ value, distance: editDistance(target, value.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ value }) => value);
}

/** Levenshtein distance: single-letter insertions, deletions and replacements (Wagner and Fischer, 1974). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const removed = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, inserted));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
