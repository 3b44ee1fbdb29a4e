import type { Atom } from '../planning/atom.ts';
import type { EntryRow, MetricRow } from './entry.ts';

/** Why an atom does not follow from an entry. */
export type Obstacle =
  | { readonly kind: 'not mergeable' }
  | { readonly kind: 'other bytes'; readonly source: string }
  | { readonly kind: 'filtered' }
  /** All names that are needed and that the entry does not determine. */
  | { readonly kind: 'undetermined'; readonly names: readonly string[] }
  | { readonly kind: 'no map' }
  | { readonly kind: 'unreadable' };

/** An entry from which the atom did not follow. */
export interface Obstructed {
  readonly row: MetricRow;
  readonly obstacle: Obstacle;
}

/**
 * The declared edge, as `state → country`, that would lead from one of the names to the target if the data did not
 * contradict it; undefined where none does.
 */
export type ContradictedEdge = (names: readonly string[], target: string) => string | undefined;

/** The reason that stands before all others where an atom has no entry of its own. */
const NOT_EXACT = 'no entry at exactly this anchor and filter';

/** Entries that are told one by one; of more it is told how many they are. */
const TOLD = 5;

/** Why an atom is never had from entries, whatever there is; empty where it may be. */
export function neverFromEntries({ family, state, blockedAlong, memberships }: Atom): readonly string[] {
  return [
    ...blockedAlong.map((along) => `${family ?? state} is blocked along ${along}`),
    ...memberships.map(({ dimension }) => `members of ${dimension} are counted for each question`),
  ];
}

/** Why an atom came from the backend, in words; `met`: the entries of its state. */
export function whyNoEntry(
  state: string,
  met: readonly Obstructed[],
  contradicted: ContradictedEdge,
): readonly string[] {
  if (met.length === 0) return [NOT_EXACT, 'no entry holds this state'];
  return [NOT_EXACT, ...whyNone('no entry', state, met, contradicted)];
}

/** Why an atom was rolled up and not had more cheaply, in words; `met`: the entries that would have been cheaper. */
export function whyNoCheaper(
  state: string,
  met: readonly Obstructed[],
  contradicted: ContradictedEdge,
): readonly string[] {
  return met.length === 0 ? [NOT_EXACT] : [NOT_EXACT, ...whyNone('no cheaper entry', state, met, contradicted)];
}

/** What holds of all of the entries once, else of those that come nearest. */
function whyNone(
  none: string,
  state: string,
  met: readonly Obstructed[],
  contradicted: ContradictedEdge,
): readonly string[] {
  const edges = new Set<string>();
  const left = met.filter(({ row, obstacle }) => {
    const found = obstacle.kind === 'undetermined' ? contradictedAmong(row, obstacle.names, contradicted) : [];
    for (const edge of found) edges.add(`${edge} is contradicted by the data`);
    return found.length === 0;
  });
  const lacking = lackedByAll(left);
  if (lacking.length > 0) return [...edges, `${none} has ${lacking.join(', ')}`];
  const told = left
    .toSorted((a, b) => a.row.rows - b.row.rows)
    .map((each) => `${entryName(each.row)}: ${words(state, each.obstacle)}`);
  const distinct = [...new Set(told)];
  const more = distinct.length - TOLD;
  return [...edges, ...distinct.slice(0, TOLD), ...(more > 0 ? [`and ${more} more entries`] : [])];
}

function contradictedAmong(
  row: MetricRow,
  names: readonly string[],
  contradicted: ContradictedEdge,
): readonly string[] {
  const dimensions = row.anchor.map(({ name }) => name);
  return names.flatMap((name) => contradicted(dimensions, name) ?? []);
}

/** The names that none of the entries determines; empty where something else stands in the way of one of them. */
function lackedByAll(met: readonly Obstructed[]): readonly string[] {
  const [first, ...others] = met.map(({ obstacle }) => (obstacle.kind === 'undetermined' ? obstacle.names : []));
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)));
}

function words(state: string, obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'not mergeable':
      return `${state} does not roll up from parts`;
    case 'other bytes':
      return `it was computed from other bytes of ${obstacle.source}`;
    case 'filtered':
      return 'its filter leaves out rows that are asked for';
    case 'undetermined':
      return `it does not determine ${obstacle.names.join(', ')}`;
    case 'no map':
      return 'a map of an edge is not stored';
    case 'unreadable':
      return 'its file could not be read';
  }
}

function entryName(row: EntryRow): string {
  return row.domain === 'metric'
    ? `${row.family ?? row.state}@(${row.anchor.map((each) => each.name).join(', ')})`
    : row.subject;
}
