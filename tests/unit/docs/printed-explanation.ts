import type { ExplainedAtom, Explanation } from '../../../src/runtime/api.ts';
import { wrapped } from './printed-answer.ts';

/**
 * An explanation as the manual shows it: the canonical text, what the answer needs and how it would come, and why so; the
 * default backend's statement where it would be run.
 */
export function printedExplanation(told: Explanation): string {
  const isRun = told.atoms.some(({ route }) => route.path === 'backend');
  return [
    `question   ${told.canonical}`,
    ...told.atoms.map((atom) => `needs      ${needed(atom)}`),
    ...told.schemas.flatMap(({ subject, chosen, alternatives }) => [
      `schema     ${subject}: ${chosen}`,
      ...alternatives.map(({ name, reason }) => `           not ${name}: ${reason}`),
    ]),
    ...told.proofs.map(
      ({ kind, subject, basis, holds }) => `proof      ${kind} ${subject}: ${holds ? basis : 'contradicted'}`,
    ),
    ...told.missing.map((condition) => `first      ${condition}`),
    `level      ${told.level}`,
    ...told.statements
      .filter(({ isDefault }) => isDefault && isRun)
      .map(({ backend, text }) => `${backend.padEnd(10)} ${text.split('\n').map(folded).join(INDENT)}`),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

const INDENT = `\n${' '.repeat(11)}`;

/** A line of a statement, in lines that fit the page. */
function folded(line: string): string {
  return wrapped(line).replaceAll('\n', INDENT);
}

function needed({ label, state, anchor, filter, schema, rows, route }: ExplainedAtom): string {
  const from =
    route.entry === null
      ? `${schema}, ${rows.toLocaleString('en')} rows`
      : `the entry at (${route.entry.anchor.join(', ')}), ${route.entry.rows.toLocaleString('en')} rows`;
  const steps = route.steps.length === 0 ? '' : `; ${route.steps.join(', ')}`;
  const where = filter === null ? '' : ` where ${filter}`;
  return `${label}, state ${state} at (${anchor.join(', ')})${where}: ${route.path}, from ${from}${steps}`;
}
