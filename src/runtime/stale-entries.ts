import type { EntryRow, MetricRow } from '../engine/entry.ts';
import type { EntryList } from '../engine/entry-list.ts';
import type { Atom } from '../planning/atom.ts';
import type { Plan } from '../planning/plan.ts';
import { printTerm } from '../resolution/print-expression.ts';
import type { Planned } from './execute.ts';

/** What is known when entries are judged. */
export interface Present {
  /** The hash of a source's bytes; undefined where it cannot be read. */
  readonly hashOf: (source: string) => string | undefined;
  readonly plan: (text: string) => Planned;
}

/**
 * The rows of entries that nothing could serve any more: computed from other bytes than a source has now, or under a
 * declaration (formula, condition, boundary) that gives the same question another entry. What rests on a source that cannot
 * be read stays, since it may come back as it was; so does what a question that is refused today was made for.
 */
export function staleEntries(entries: EntryList, present: Present): readonly EntryRow[] {
  return entries.all().flatMap(({ row }) => (isOfOtherBytes(row, present) || isOtherwise(row, present) ? [row] : []));
}

/** The atoms of a plan that hold what an entry held: of the same schema, or where it no longer serves of another. */
export function successors(row: MetricRow, plan: Plan): readonly Atom[] {
  const alike = plan.atoms.filter((atom) => isAlike(row, atom));
  const others = Object.values(plan.substitutes).flatMap((atoms) => atoms.filter((atom) => isAlike(row, atom)));
  const ofSchema = [...alike, ...others].filter((atom) => atom.schema === row.schema);
  return (ofSchema.length > 0 ? ofSchema : alike).filter((atom) => atom.memoise);
}

/**
 * Finest first: whatever follows from another entry comes after it, so that it can be rolled up. No entry has more rows
 * than one that it follows from, nor fewer terms in its filter; of equal ones the one with more dimensions, then the one
 * that has climbed less, can be the finer.
 */
export function finestFirst(rows: readonly MetricRow[]): readonly MetricRow[] {
  const climbed = (row: MetricRow) => row.anchor.reduce((sum, { access }) => sum + access.steps.length, 0);
  return rows.toSorted(
    (a, b) =>
      b.rows - a.rows ||
      a.filter.length - b.filter.length ||
      b.anchor.length - a.anchor.length ||
      climbed(a) - climbed(b),
  );
}

/** The filter of an entry in words; null: none. */
export function filterWords(filter: MetricRow['filter']): string | null {
  return filter.length === 0 ? null : filter.map((term) => printTerm(term.expression)).join(' AND ');
}

function isOfOtherBytes(row: EntryRow, { hashOf }: Present): boolean {
  return Object.entries(row.sourceHashes).some(([source, hash]) => (hashOf(source) ?? hash) !== hash);
}

/** Whether the question that an entry was made for gives another entry in its place now. */
function isOtherwise(row: EntryRow, { plan }: Present): boolean {
  if (row.domain === 'qm' || row.question === null) return false;
  const planned = plan(row.question);
  if (!planned.ok) return false;
  const present = successors(row, planned.plan).filter((atom) => atom.schema === row.schema);
  return present.length > 0 && present.every((atom) => atom.key !== row.key);
}

function isAlike(row: MetricRow, atom: Atom): boolean {
  return row.family === atom.family && row.state === atom.state && shape(row) === shape(atom);
}

/** Anchor and filter by their names and words. */
function shape({
  anchor,
  filter,
}: Pick<MetricRow, 'filter'> & { readonly anchor: Atom['anchor'] | MetricRow['anchor'] }) {
  const names = anchor.map((each) => (typeof each === 'string' ? each : each.name)).toSorted();
  return JSON.stringify([names, filter.map((term) => printTerm(term.expression)).toSorted()]);
}
