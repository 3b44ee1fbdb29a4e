import type { AnchorPoint, Statement } from '../frameql/ast.ts';
import type { RefusalCode } from '../resolution/refusal.ts';
import { objectionsTo } from '../resolution/resolve.ts';
import { anchorPoint } from '../resolution/rewrite.ts';
import type { Known } from './assistance.ts';

/** What more dimensions in AT, or a name for a column, may yet put right. */
export const UNFINISHED: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'BLOCKED_REDUCTION',
  'NOT_DETERMINED',
  'NO_ORDER_AXIS',
  'ROWS_AMBIGUOUS',
  'ALIAS_REQUIRED',
  'NAME_COLLISION',
]);

/** Why a statement would be refused, one text a reason. */
export function reasons(
  known: Known,
  statement: Statement,
  without: ReadonlySet<RefusalCode> = NONE,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { code, message } of objectionsTo(known.manifest, known.facts, statement)) {
    if (!without.has(code)) found.add(`${code} ${message}`);
  }
  return found;
}

/** Whether a statement is refused for nothing but what it is refused for already. */
export function fits(
  known: Known,
  statement: Statement,
  already: ReadonlySet<string> = NOTHING,
  without: ReadonlySet<RefusalCode> = NONE,
): boolean {
  for (const reason of reasons(known, statement, without)) if (!already.has(reason)) return false;
  return true;
}

/** Points of an anchor by name. */
export function pointsNamed(names: readonly string[]): readonly AnchorPoint[] {
  return names.map((name) => anchorPoint(name));
}

const NONE: ReadonlySet<RefusalCode> = new Set();
const NOTHING: ReadonlySet<string> = new Set();
