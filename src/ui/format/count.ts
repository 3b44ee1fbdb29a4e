/** A count with its digits grouped: `523,023`. */
export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { useGrouping: 'always' }).format(count);
}

/** A count with its noun: `1 row`, `3 rows`, `0 entries`. */
export function countOf(count: number, one: string, many: string, locale: string): string {
  return `${formatCount(count, locale)}\u00a0${count === 1 ? one : many}`;
}
