import type { AtomProvenance } from '../../runtime/api.ts';

/** What an atom holds, in plain words: `sum of revenue`, `rows`. */
export function stateWords(atom: Pick<AtomProvenance, 'state' | 'family'>): string {
  const of = atom.family === null ? '' : ` of ${atom.family}`;
  switch (atom.state) {
    case 'sum':
      return `sum${of}`;
    case 'count':
      return `number of values${of}`;
    case 'rows':
      return 'number of rows';
    case 'min':
      return `smallest${of}`;
    case 'max':
      return `largest${of}`;
    case 'median':
      return `middle values${of}`;
    case 'distinct':
      return `distinct values${of}`;
    case 'coordinates':
      return 'distinct coordinates';
    default:
      return `${atom.state}${of}`;
  }
}
