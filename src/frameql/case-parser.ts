import type { CaseBranch, Expr } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import type { Cursor } from './cursor.ts';

/** `CASE [operand] WHEN when THEN then … [ELSE otherwise] END`. */
export function parseCase(cursor: Cursor, read: ReadExpr): Expr | null {
  const from = cursor.start;
  cursor.advance();
  return cursor.deeper(() => {
    cursor.couldBe('`WHEN`');
    const searched = cursor.at('WHEN');
    const operand = searched ? null : read(cursor);
    if ((operand === null && !searched) || !cursor.require('WHEN')) return null;
    const branches: CaseBranch[] = [];
    do {
      const branch = parseBranch(cursor, read);
      if (branch === null) return null;
      branches.push(branch);
    } while (cursor.accept('WHEN'));
    const hasElse = cursor.accept('ELSE');
    const otherwise = hasElse ? read(cursor) : null;
    if ((hasElse && otherwise === null) || !cursor.require('END')) return null;
    const inside = [operand, ...branches.flatMap(({ when, then }) => [when, then]), otherwise];
    return cursor.made(
      { kind: 'case', operand, branches, otherwise, span: { from, to: cursor.end } },
      inside.filter((each) => each !== null),
    );
  });
}

/** What follows WHEN. */
function parseBranch(cursor: Cursor, read: ReadExpr): CaseBranch | null {
  const when = read(cursor);
  if (when === null || !cursor.require('THEN')) return null;
  const then = read(cursor);
  return then && { when, then };
}
