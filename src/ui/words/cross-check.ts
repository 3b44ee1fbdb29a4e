import type { CrossCheck } from '../../runtime/api.ts';
import type { Checking } from '../query/cross-checker.ts';
import { backendTitle } from './backend.ts';

/** `3 engines agree`, `Engines differ`, `Only DuckDB answered`. */
export function agreementWords({ agree, backends }: CrossCheck): string {
  const answered = backends.filter(({ error }) => error === null);
  const [only] = answered;
  if (answered.length < 2)
    return only === undefined ? 'No engine answered' : `Only ${backendTitle(only.name)} answered`;
  return agree ? `${answered.length} engines agree` : 'Engines differ';
}

/** One sentence on what agreeing means, or on where the engines differ. */
export function agreementSentence(check: CrossCheck): string {
  const { agree, differenceCount, tieCount, tolerance } = check;
  if (!agree) {
    if (differenceCount === 0) return 'What the engines gave cannot be compared.';
    return differenceCount === 1 ? 'One value differs:' : `${differenceCount} values differ:`;
  }
  const equal =
    'Every value is equal: bit for bit, but for doubles, which agree within ' +
    `${tolerance.relative} of their size + ${tolerance.sum} of all values of their series together.`;
  if (tieCount === 0) return equal;
  const ties = tieCount === 1 ? 'One row is' : `${tieCount} rows are`;
  return `${equal} ${ties} let in by HAVING or LIMIT on some engines only: the values that decide are too close to tell apart.`;
}

/** What a check under way, or ended, says in one short line. */
export function checkingWords(checking: Checking): string {
  switch (checking.kind) {
    case 'running': {
      const done = checking.steps.filter(({ state }) => state === 'done' || state === 'failed').length;
      return `Checking, ${done} of 3 done`;
    }
    case 'checked':
      return agreementWords(checking.check);
    case 'refused':
      return 'Not checked';
    case 'failed':
      return 'Check failed';
  }
}
