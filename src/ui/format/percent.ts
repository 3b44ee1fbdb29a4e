/** A ratio as a percentage with one digit; 100 % and 0 % only where they are exact. */
export function formatPercent(ratio: number): string {
  if (ratio === 0) return '0\u00a0%';
  if (ratio === 1) return '100\u00a0%';
  if (ratio < 0.001) return '<\u00a00.1\u00a0%';
  if (ratio > 0.999 && ratio < 1) return '>\u00a099.9\u00a0%';
  const text = (ratio * 100).toFixed(1);
  return `${text.endsWith('.0') ? text.slice(0, -2) : text}\u00a0%`;
}
