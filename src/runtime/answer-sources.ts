import { determinedSteps } from '../planning/level-parts.ts';
import type { Plan } from '../planning/plan.ts';
import type { Answer, Disclosure, Refusal } from './api.ts';
import type { ExecutionContext } from './execute.ts';

/** Looks at the sources that a text reads, until it is planned over sources that have been looked at. */
export async function lookAgain(
  context: Pick<ExecutionContext, 'plan' | 'look' | 'manifest'>,
  text: string,
): Promise<void> {
  for (;;) {
    const planned = context.plan(text);
    await context.look(planned.ok ? sourcesRead(planned.plan) : witnessed(context, planned.refusal));
    if (context.plan(text) === planned) return;
  }
}

/** The lookups that columns determined by the anchor climb through; atoms name their own. */
export function climbedSources(plan: Plan): readonly string[] {
  const steps = determinedSteps(plan.level);
  return steps.flatMap((step) => (step.kind === 'lookup' ? [step.source] : []));
}

/** Every source that an answer may be made of. */
function sourcesRead(plan: Plan): readonly string[] {
  const atoms = [...plan.atoms, ...Object.values(plan.substitutes).flat()];
  return [...new Set([...atoms.flatMap((atom) => Object.keys(atom.sourceHashes)), ...climbedSources(plan)])];
}

/** What a refusal shows of the data may be of any source. */
function witnessed({ manifest }: Pick<ExecutionContext, 'manifest'>, { witness }: Refusal): readonly string[] {
  return witness === undefined ? [] : manifest.sources.map(({ name }) => name);
}

/** What is to be told of sources that are taken for what they were. */
export function assumedSources(
  { proof }: Pick<ExecutionContext, 'proof'>,
  sourceHashes: Readonly<Record<string, string>>,
): readonly Disclosure[] {
  return Object.keys(sourceHashes).flatMap((source) => {
    const known = proof(source);
    if (!known.isAssumed) return [];
    const seconds = known.provenAgo === null ? null : Math.max(1, Math.round(known.provenAgo / 1000));
    const message = `The server gave no proof that ${source} is unchanged${assumption(known.isComparing, seconds)}.`;
    return [{ code: 'source_assumed_unchanged' as const, critical: false, message, parameters: { source, seconds } }];
  });
}

function assumption(isComparing: boolean, seconds: number | null): string {
  if (isComparing) return '; its bytes are being fetched and compared';
  if (seconds === null) return ', and its bytes could not be fetched to compare them';
  return `; that was last proven ${seconds} s ago`;
}

/** The sources of an answer, by the bytes that it was made of. */
export function sourcesOf(
  context: Pick<ExecutionContext, 'facts' | 'proof'>,
  sourceHashes: Readonly<Record<string, string>>,
): Answer['provenance']['sources'] {
  return Object.entries(sourceHashes).map(([name, contentHash]) => {
    const { isAssumed, provenAgo } = context.proof(name);
    const rows = context.facts().snapshots.get(name)?.rowCount ?? 0;
    return { name, contentHash, rows, assumed: isAssumed, provenMilliseconds: provenAgo };
  });
}
