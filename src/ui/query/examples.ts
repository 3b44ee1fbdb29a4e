import type { CollectionSummary, Session } from '../../runtime/api.ts';
import { spelled } from '../words/spelled.ts';
import demoExamples from './demo-examples.json';

/** A question to begin with, and what it shows. */
export interface Example {
  readonly query: string;
  readonly shows: string;
}

/** How many names of each kind are tried. */
const TRIED = 4;

/**
 * Questions that suit any collection, made from what it declares. Each inner list is one kind of question (a metric by
 * a dimension, its total, by two dimensions, a ranking, another metric, a formula) with several candidates: some may
 * have no right answer there, so the first that has one is shown.
 */
export function proposedExamples(summary: CollectionSummary): readonly (readonly Example[])[] {
  const [first, ...others] = summary.families.filter((family) => family.kind === 'root');
  const formulas = summary.families.filter((family) => family.kind === 'derived');
  const dimensions = coarsestFirst(summary).slice(0, TRIED);
  if (first === undefined) return [];
  const byEach = (
    families: readonly { readonly name: string }[],
    shows: (family: string, dimension: string) => string,
  ) =>
    families
      .slice(0, TRIED)
      .flatMap(({ name }) =>
        dimensions.map((dimension) => ({ query: question([dimension], name), shows: shows(name, dimension) })),
      );
  const pairs = dimensions.flatMap((a) => dimensions.filter((b) => b !== a).map((b) => [a, b] as const));
  return [
    byEach([first], (family, dimension) => `${family} of each ${dimension}`),
    [{ query: question([], first.name), shows: `${first.name} in all` }],
    pairs.map(([a, b]) => ({ query: question([a, b], first.name), shows: `${first.name} by ${a} and ${b}` })),
    dimensions.map((dimension) => ({
      query: `${question([dimension], first.name)}\nORDER BY ${spelled(first.name)} DESC\nLIMIT 10`,
      shows: `The ten largest of ${dimension} by ${first.name}`,
    })),
    byEach(others, (family, dimension) => `${family} of each ${dimension}`),
    byEach(formulas, (family, dimension) => `${family}, a formula, of each ${dimension}`),
  ];
}

function question(anchor: readonly string[], family: string): string {
  const names = anchor.map(spelled);
  const at = names.length === 1 ? names.join() : `(${names.join(', ')})`;
  return `SELECT ${[...names, spelled(family)].join(', ')}\nAT ${at}`;
}

/** Dimensions that others roll up to, without the calendar; then the rest. */
function coarsestFirst(summary: CollectionSummary): readonly string[] {
  const coarse = summary.dimensions.filter(
    ({ name, level }) => level === null && summary.edges.some((edge) => edge.parent === name),
  );
  const rest = summary.dimensions.filter((dimension) => !coarse.includes(dimension));
  return [...coarse, ...rest].map(({ name }) => name);
}

/** The first candidate of each kind that the collection has a right answer to, told without reading data. */
export async function validExamples(
  session: Pick<Session, 'check'>,
  kinds: readonly (readonly Example[])[],
): Promise<readonly Example[]> {
  const valid: Example[] = [];
  for (const candidates of kinds) {
    for (const example of candidates) {
      const diagnosis = await session.check(example.query);
      if (!diagnosis.ok) continue;
      valid.push(example);
      break;
    }
  }
  return valid;
}

/** The demo's own list where the session shows the demo, else what its collection suggests. */
export async function examplesOf(
  session: Pick<Session, 'check'>,
  summary: CollectionSummary,
): Promise<readonly Example[]> {
  const demo = await validExamples(
    session,
    demoExamples.map((example) => [example]),
  );
  return demo.length === demoExamples.length ? demo : validExamples(session, proposedExamples(summary));
}
