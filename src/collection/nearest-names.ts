import { compareCodePoints } from '../canon/code-point.ts';

/**
 * The candidates that a mistyped name may have meant, nearest first, at most `limit`: within a third of its length
 * (at least one) in edits without regard to case, or one holding the other whole. A suggestion, never a decision.
 */
export function nearestNames(name: string, candidates: Iterable<string>, limit = 3): readonly string[] {
  const wanted = name.toLowerCase();
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const ranked: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const other = candidate.toLowerCase();
    const distance = editDistance(wanted, other);
    if (distance <= allowed) ranked.push({ candidate, distance });
    else if (holds(wanted, other) || holds(other, wanted)) ranked.push({ candidate, distance: allowed + 1 });
  }
  ranked.sort((a, b) => a.distance - b.distance || compareCodePoints(a.candidate, b.candidate));
  return ranked.slice(0, limit).map((each) => each.candidate);
}

/** Short names are in too many others to mean anything. */
function holds(whole: string, part: string): boolean {
  return part.length >= 3 && whole.includes(part);
}

/** Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + substitution,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
