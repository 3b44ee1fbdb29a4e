import type { Cursor } from './cursor.ts';

/** The clauses after SELECT, in their order. */
export const CLAUSES = ['FROM', 'AT', 'WHERE', 'HAVING', 'ORDER BY', 'LIMIT'] as const;

export type Clause = (typeof CLAUSES)[number];

/** A clause that begins at a place: its keywords, and whether they are SQL's for it. */
export interface ClauseStart {
  readonly clause: Clause;
  readonly words: number;
  readonly foreign: boolean;
}

/** The clause that begins `count` places on; null where none does. `GROUP BY` and a lone `BY` are read as AT. */
export function clauseHere(cursor: Cursor, count = 0): ClauseStart | null {
  if (cursor.ahead(count)?.kind === 'keyword') {
    for (const clause of ['FROM', 'AT', 'WHERE', 'HAVING', 'LIMIT'] as const) {
      if (cursor.at(clause, count)) return { clause, words: 1, foreign: false };
    }
    if (cursor.at('ORDER', count)) return { clause: 'ORDER BY', words: 1, foreign: false };
    if (cursor.at('BY', count)) return { clause: 'AT', words: 1, foreign: true };
  }
  if (cursor.atWord('GROUP', count) && cursor.at('BY', count + 1)) return { clause: 'AT', words: 2, foreign: true };
  return null;
}

/** Whether `clause` must stand before `other`. WHERE may stand before AT too. */
export function precedes(clause: Clause, other: Clause): boolean {
  return CLAUSES.indexOf(clause) < CLAUSES.indexOf(other) && !(clause === 'AT' && other === 'WHERE');
}
