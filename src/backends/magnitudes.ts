/** The larger of two magnitudes: `Math.max` takes no bigints. */
export function larger(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** The smaller of two magnitudes. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
