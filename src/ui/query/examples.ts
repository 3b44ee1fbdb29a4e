import type { CollectionSummary, Session } from '../../runtime/api.ts';
import demoExamples from './demo-examples.json';

/** A question to begin with, and what it shows. */
export interface Example {
  readonly query: string;
  readonly shows: string;
}

/**
 * Questions that suit any collection, made from what it declares: a metric at a dimension, in all, at two dimensions,
 * a formula, a ranking. Some may have no right answer there; `validExamples` keeps those that have.
 */
export function proposedExamples(summary: CollectionSummary): readonly Example[] {
  const roots = summary.families.filter((family) => family.kind === 'root');
  const formula = summary.families.find((family) => family.kind === 'derived');
  const coarse = summary.dimensions.filter(
    (dimension) => isParent(summary, dimension.name) && dimension.level === null,
  );
  const dimensions = [...coarse, ...summary.dimensions.filter((dimension) => !coarse.includes(dimension))];
  const examples: Example[] = [];
  for (const family of roots.slice(0, 3)) {
    for (const dimension of dimensions.slice(0, 4)) {
      examples.push({
        query: `SELECT ${dimension.name}, ${family.name}\nAT ${dimension.name}`,
        shows: `${family.name} of each ${dimension.name}`,
      });
    }
    examples.push({ query: `SELECT ${family.name}\nAT ()`, shows: `${family.name} in all` });
  }
  const [first, second] = dimensions;
  const [root] = roots;
  if (root !== undefined && first !== undefined && second !== undefined) {
    examples.push({
      query: `SELECT ${first.name}, ${second.name}, ${root.name}\nAT (${first.name}, ${second.name})`,
      shows: `${root.name} by ${first.name} and ${second.name}`,
    });
    examples.push({
      query: `SELECT ${first.name}, ${root.name}\nAT ${first.name}\nORDER BY ${root.name} DESC\nLIMIT 10`,
      shows: `The ten largest of ${first.name}`,
    });
  }
  if (formula !== undefined && first !== undefined) {
    examples.push({
      query: `SELECT ${first.name}, ${formula.name}\nAT ${first.name}`,
      shows: `${formula.name} = ${formula.formula ?? 'a formula'}`,
    });
  }
  return examples;
}

function isParent(summary: CollectionSummary, name: string): boolean {
  return summary.edges.some((edge) => edge.parent === name);
}

/** The first `limit` of the proposals that the collection has a right answer to, told without reading data. */
export async function validExamples(
  session: Pick<Session, 'check'>,
  proposals: readonly Example[],
  limit: number,
): Promise<readonly Example[]> {
  const valid: Example[] = [];
  for (const example of proposals) {
    const diagnosis = await session.check(example.query);
    if (diagnosis.ok) valid.push(example);
    if (valid.length === limit) break;
  }
  return valid;
}

/** The demo's own list where the session shows the demo, else what its collection suggests. */
export async function examplesOf(
  session: Pick<Session, 'check'>,
  summary: CollectionSummary,
): Promise<readonly Example[]> {
  const demo = await validExamples(session, demoExamples, demoExamples.length);
  return demo.length === demoExamples.length ? demo : validExamples(session, proposedExamples(summary), 6);
}
