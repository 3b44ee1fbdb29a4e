import { sameType } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { Atom } from '../planning/atom.ts';
import type { Access, Step } from '../resolution/access.ts';
import { conjunction } from '../resolution/where.ts';
import type { MetricRow } from './entry.ts';
import type { Obstacle } from './why-not.ts';

/** How an atom follows from an entry: filter, climb, drop. */
export interface Derivation {
  readonly filter: Expression | null;
  /** Names that the entry does not hold itself, climbed from one of its dimensions. */
  readonly climbs: readonly { readonly name: string; readonly from: string; readonly steps: readonly Step[] }[];
  /** The atom's anchor. */
  readonly keys: readonly string[];
}

/** The parts of an entry that a derivation reads. */
export type DerivableEntry = Pick<MetricRow, 'stateKey' | 'anchor' | 'filter' | 'notFurtherRollable' | 'sourceHashes'>;

/**
 * Whether an atom's state follows from an entry of the same state: its filter's terms are among the atom's, and every
 * dimension of the anchor and of the remaining terms is one of the entry's dimensions or climbs from one by the very
 * path that the atom takes from the rows, read as the same types (an entry may be of a collection since changed).
 * What stands in the way where it does not.
 */
export function derive(entry: DerivableEntry, atom: Atom): Derivation | { readonly obstacle: Obstacle } {
  if (!atom.rollable || entry.notFurtherRollable) return { obstacle: { kind: 'not mergeable' } };
  for (const [source, hash] of Object.entries(entry.sourceHashes)) {
    const present = atom.sourceHashes[source];
    if (present !== undefined && present !== hash) return { obstacle: { kind: 'other bytes', source } };
  }
  const asked = new Set(atom.filter.map((term) => term.key));
  if (!entry.filter.every((term) => asked.has(term.key))) return { obstacle: { kind: 'filtered' } };
  const held = new Set(entry.filter.map((term) => term.key));
  const remaining = atom.filter.filter((term) => !held.has(term.key));
  const climbs: { name: string; from: string; steps: readonly Step[] }[] = [];
  const undetermined: string[] = [];
  for (const name of new Set([...atom.anchor, ...remaining.flatMap((term) => term.names)])) {
    const access = atom.inputs.find((input) => input.name === name)?.access;
    if (access === undefined) throw new RangeError(`atom: ${name} is not one of its inputs`);
    const route = routeTo(entry, name, access);
    if (route === undefined) undetermined.push(name);
    else if (route.from !== name || route.steps.length > 0) climbs.push({ name, ...route });
  }
  if (undetermined.length > 0) return { obstacle: { kind: 'undetermined', names: undetermined } };
  return { filter: conjunction(remaining.map((term) => term.expression)), climbs, keys: atom.anchor };
}

/** From which dimension of the entry a name climbs, and how; the shortest climb. */
function routeTo(
  entry: DerivableEntry,
  name: string,
  access: Access,
): { readonly from: string; readonly steps: readonly Step[] } | undefined {
  let best: { readonly from: string; readonly steps: readonly Step[] } | undefined;
  for (const dimension of entry.anchor) {
    const steps = remainingSteps(dimension.access, access);
    if (steps === undefined) continue;
    if (steps.length === 0 && dimension.name === name) return { from: name, steps };
    if (best === undefined || steps.length < best.steps.length) best = { from: dimension.name, steps };
  }
  return best;
}

/** The steps of `whole` after `part`, where part is its beginning. */
function remainingSteps(part: Access, whole: Access): readonly Step[] | undefined {
  if (part.column !== whole.column || !sameType(part.columnType, whole.columnType)) return undefined;
  if (part.steps.length > whole.steps.length) return undefined;
  const begins = part.steps.every((step, i) => sameStep(step, whole.steps[i]));
  return begins ? whole.steps.slice(part.steps.length) : undefined;
}

function sameStep(a: Step, b: Step | undefined): boolean {
  if (b === undefined) return false;
  if (a.kind === 'calendar' || b.kind === 'calendar') {
    return a.kind === 'calendar' && b.kind === 'calendar' && a.from === b.from && a.to === b.to;
  }
  return (
    a.source === b.source &&
    a.childColumn === b.childColumn &&
    a.parentColumn === b.parentColumn &&
    sameType(a.childType, b.childType) &&
    sameType(a.type, b.type)
  );
}
