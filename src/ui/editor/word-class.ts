import type { CollectionSummary } from '../../runtime/api.ts';

/** What a name in a question is. */
export type WordClass = 'family' | 'dimension' | 'attribute' | 'schema';

/** The class of each name that the collection knows. */
export function wordClasses(summary: CollectionSummary | null): ReadonlyMap<string, WordClass> {
  const classes = new Map<string, WordClass>();
  if (summary === null) return classes;
  for (const schema of summary.schemas) classes.set(schema.name, 'schema');
  for (const attribute of summary.attributes) classes.set(attribute.name, 'attribute');
  for (const dimension of summary.dimensions) classes.set(dimension.name, 'dimension');
  for (const family of summary.families) classes.set(family.name, 'family');
  return classes;
}
