import type { ArrowAnswer, AtomProvenance, Provenance, SeriesProvenance } from '../../runtime/api.ts';
import { formatAge } from '../format/age.ts';
import { countOf, formatCount } from '../format/count.ts';
import { backendTitle } from './backend.ts';
import { anchorText, code, listOf, type Phrase } from './phrase.ts';

/** The way an atom came, in one word or two. */
export function pathWord(path: AtomProvenance['path'], backend: Provenance['backend']): string {
  switch (path) {
    case 'exact':
      return 'exact';
    case 'rollup':
      return 'roll-up';
    case 'backend':
      return backendTitle(backend);
  }
}

/** How one atom came to be, as the end of a sentence that begins with its series. */
export function atomPhrase(atom: AtomProvenance, backend: Provenance['backend'], locale: string): Phrase {
  switch (atom.path) {
    case 'exact':
      return ['read from the stored entry at ', code(anchorText(atom.anchor)), entryTail(atom, locale)];
    case 'rollup': {
      const from = atom.entry?.anchor ?? atom.anchor;
      return ['rolled up from an entry at ', code(anchorText(from)), entryTail(atom, locale), rollupTail(atom, from)];
    }
    case 'backend': {
      const scanned = atom.rowsScanned === null ? '' : `, ${countOf(atom.rowsScanned, 'row', 'rows', locale)} read`;
      return [`computed by ${backendTitle(backend)} from `, code(atom.schema), scanned];
    }
  }
}

function entryTail(atom: AtomProvenance, locale: string): string {
  if (atom.entry === null) return '';
  return `, ${countOf(atom.entry.rows, 'row', 'rows', locale)}, kept ${formatAge(atom.entry.ageMilliseconds)}`;
}

function rollupTail(atom: AtomProvenance, from: readonly string[]): string {
  const steps = atom.steps.map((step) => step.replace('→', ' → '));
  if (steps.length > 0) return `: ${steps.join(', ')}`;
  const dropped = from.filter((dimension) => !atom.anchor.includes(dimension));
  return dropped.length > 0 ? `: added up over ${listOf(dropped)}` : '';
}

/** The names of all series of an answer, each once: those of stored states, and formulas over them. */
export function seriesNames(provenance: Pick<Provenance, 'series' | 'derived'>): readonly string[] {
  return [...new Set([...provenance.series.map(({ series }) => series), ...Object.keys(provenance.derived)])];
}

/** The opening sentence of “Where this came from”. */
export function originSentence(answer: Pick<ArrowAnswer, 'served_from' | 'provenance'>, locale: string): string {
  const { provenance } = answer;
  const series = countOf(seriesNames(provenance).length, 'series', 'series', locale);
  const backend = backendTitle(provenance.backend);
  switch (answer.served_from) {
    case 'engine_cache':
      return `${series}, without touching a database.`;
    case 'engine_mixed':
      return `${series}: some from stored entries, some from ${backend}.`;
    case 'engine_backend':
      return `${series}, computed by ${backend} and kept for next time.`;
    case 'backend':
      return `${series}, computed by ${backend}; nothing was kept.`;
  }
}

/** The one word that stands beside a series' name: its atoms' path, or `mixed`. */
export function seriesPathWord(series: SeriesProvenance, backend: Provenance['backend']): string {
  const words = new Set(series.atoms.map((atom) => pathWord(atom.path, backend)));
  const [only] = words;
  return words.size === 1 && only !== undefined ? only : 'mixed';
}

/** Rows that all atoms read, or null where none says. */
export function rowsScanned(provenance: Provenance): number | null {
  const counts = provenance.series.flatMap((series) => series.atoms.map((atom) => atom.rowsScanned));
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
}

/** A condition's counts in words: `1,329 of 1,329`. Empty where there are none. */
export function countsWords(counts: Readonly<Record<string, number>>, locale: string): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name.replaceAll('_', ' ')} ${formatCount(count, locale)}`)
    .join(', ');
}
