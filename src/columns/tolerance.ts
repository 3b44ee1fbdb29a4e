/** Largest difference between equal doubles, relative to the larger of them. */
export const RELATIVE_TOLERANCE = 1e-9;

/** The same, relative to Σ|x| of what was added up: what cancels leaves its rounding behind. */
export const SUM_TOLERANCE = 1e-12;

/** Whether two doubles count as equal. `sumOfMagnitudes`: Σ|x| of the values that they were made of. */
export function sameDouble(a: number, b: number, sumOfMagnitudes: number): boolean {
  const allowed = RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b)) + SUM_TOLERANCE * sumOfMagnitudes;
  return a === b || Math.abs(a - b) <= allowed;
}
