import { tokenize } from '../../frameql/tokens.ts';
import type { ExplainedAtom, Explanation, PlanGraph, PlanNode } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { stateWords } from '../provenance/state-words.ts';
import { anchorText, code, listOf, type Phrase } from '../words/phrase.ts';

/** The text without the EXPLAIN before it: the question itself. */
export function withoutExplain(text: string): string {
  const first = tokenize(text).find((token) => token.kind !== 'comment');
  if (first === undefined || first.text.toUpperCase() !== 'EXPLAIN') return text;
  return text.slice(0, first.span.from) + text.slice(first.span.to).trimStart();
}

/** What an atom is, at its anchor: `sum of revenue at (region)`. */
export function atomPhrase(atom: Pick<ExplainedAtom, 'state' | 'family' | 'label' | 'anchor'>): Phrase {
  const of = atom.family ?? (atom.label === 'coordinates' || atom.label === 'COUNT(*)' ? null : atom.label);
  return [`${stateWords({ state: atom.state, family: of })} at `, code(anchorText(atom.anchor))];
}

/** The way an atom would come now, in a word, and the colour role that says the same. */
export function routeWord(
  atom: ExplainedAtom,
  backend: string,
): { readonly word: string; readonly role: 'hit' | 'work' } {
  switch (atom.route.path) {
    case 'exact':
      return { word: 'stored', role: 'hit' };
    case 'rollup':
      return { word: 'rolled up', role: 'hit' };
    case 'backend':
      return { word: `computed by ${backend}`, role: 'work' };
  }
}

/** The way an atom would come now, in a sentence. */
export function routePhrase(atom: ExplainedAtom, backend: string, locale: string): Phrase {
  const { entry, path, steps } = atom.route;
  if (entry === null) {
    const rows = countOf(atom.rows, 'row', 'rows', locale);
    return [`${backend} would compute it from `, code(atom.schema), `, ${rows}.`];
  }
  const size = `${countOf(entry.rows, 'row', 'rows', locale)}, ${formatBytes(entry.bytes)}`;
  const at = code(anchorText(entry.anchor));
  if (path === 'exact') return ['The stored entry at ', at, ` holds it as it is: ${size}.`];
  const dropped = entry.anchor.filter((name) => !atom.anchor.includes(name));
  const how =
    steps.length > 0 ? `, by ${listOf(steps.map(arrowed))}` : dropped.length > 0 ? `, over ${listOf(dropped)}` : '';
  return ['It would be rolled up from the stored entry at ', at, `${how}: ${size}.`];
}

/** An edge with air around its arrow. */
export function arrowed(edge: string): string {
  return edge.replace(/\s*(→|↔)\s*/g, ' $1 ');
}

/** How far what a conclusion rests on is known, in a word. */
export function basisWord({ basis, holds }: Explanation['proofs'][number]): string {
  if (!holds) return 'contradicted by the data';
  switch (basis) {
    case 'declared':
      return 'declared, not yet attested';
    case 'attested':
      return 'attested on the data';
    case 'construction':
      return 'true by construction';
  }
}

/** What a conclusion says. */
export function proofSentence({ kind, subject }: Explanation['proofs'][number]): string {
  switch (kind) {
    case 'fd_holds':
      return `${arrowed(subject)} holds`;
    case 'grain_unique':
      return `the grain of ${subject} is unique`;
    case 'sibling_coherent':
      return `${subject}: both give the same`;
    case 'partition_invariant':
      return `${subject} follows from any partition`;
    default:
      return `${subject} (${kind.replaceAll('_', ' ')})`;
  }
}

/** A kind of node in a word. */
export function nodeWord(kind: PlanNode['kind']): string {
  switch (kind) {
    case 'series':
      return 'shown';
    case 'window':
      return 'window';
    case 'reduction':
      return 'inner anchor';
    case 'replica':
      return 'repeated';
    case 'atom':
      return 'state';
    case 'entry':
      return 'entry';
    case 'schema':
      return 'table';
  }
}

/** The graph as sentences, one a node, in the order of the graph: what it is, and what it is made of. */
export function graphSentences({ nodes, edges }: PlanGraph): readonly string[] {
  const labels = new Map(nodes.map(({ id, label }) => [id, label]));
  return nodes.map(({ id, kind, label, detail }) => {
    const made = edges.filter(({ from }) => from === id);
    const told = detail === '' ? '' : ` (${detail})`;
    const of = made.map(({ to, label: how }) => `${labels.get(to) ?? to}${how === '' ? '' : `, ${how}`}`);
    return `${nodeWord(kind)} ${label}${told}${of.length === 0 ? '' : `: from ${of.join('; ')}`}`;
  });
}
