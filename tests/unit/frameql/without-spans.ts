/** A copy of a tree without what a canonical text may change: where a node stood, and whether its name was quoted. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['span', 'nameSpan', 'quoted'].includes(key))
      .map(([key, each]) => [key, withoutSpans(each)]),
  );
}
