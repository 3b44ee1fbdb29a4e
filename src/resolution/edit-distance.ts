/** Optimal string alignment distance (insert, delete, replace, swap neighbours), case-insensitive. */
export function editDistance(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i++) {
    const row = [i];
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1] === right[j - 1] ? 0 : 1;
      let best = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[right.length] ?? 0;
}

/** The nearest of the names, best first, at most `limit`; only those that share most of their letters. */
export function nearest(name: string, names: Iterable<string>, limit = 3): readonly string[] {
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const candidate of new Set(names)) {
    const distance = editDistance(name, candidate);
    const inside = candidate.toLowerCase().includes(name.toLowerCase()) && name.length >= 3;
    if (inside || distance <= Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))) {
      scored.push({ name: candidate, distance });
    }
  }
  scored.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return scored.slice(0, limit).map((each) => each.name);
}
