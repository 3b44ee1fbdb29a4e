import type { CollectionSummary } from '../../runtime/api.ts';
import { OPERATOR_WORDS } from './vocabulary.ts';

/** What a name in a question is. */
export type WordClass = 'family' | 'dimension' | 'attribute' | 'schema' | 'operator';

/** The class of each name that the collection knows, and of the operators; lower case for operators' spelling. */
export function wordClasses(summary: CollectionSummary | null): ReadonlyMap<string, WordClass> {
  const classes = new Map<string, WordClass>();
  for (const operator of OPERATOR_WORDS) {
    classes.set(operator.name, 'operator');
    classes.set(operator.name.toLowerCase(), 'operator');
  }
  if (summary === null) return classes;
  for (const schema of summary.schemas) classes.set(schema.name, 'schema');
  for (const attribute of summary.attributes) classes.set(attribute.name, 'attribute');
  for (const dimension of summary.dimensions) classes.set(dimension.name, 'dimension');
  for (const family of summary.families) classes.set(family.name, 'family');
  return classes;
}
