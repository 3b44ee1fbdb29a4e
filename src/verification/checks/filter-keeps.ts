import type { ConditionOf } from '../../collection/conditions.ts';
import { columnsRead, sourcesRead } from '../../planning/required-columns.ts';
import type { Input } from '../../resolution/access.ts';
import { reach } from '../../resolution/reach.ts';
import { conjunction } from '../../resolution/where.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, ROWS } from '../counting.ts';
import { declaredTerms } from '../declared-terms.ts';
import { NO_EXAMPLES } from '../examples.ts';
import { requestOf, stableRows } from '../stable-rows.ts';
import { unreached } from '../unreached.ts';
import type { Scene } from '../verification-context.ts';

/** I11: the collection's filter, as far as it scopes the schema, keeps at least one of the rows that are read. */
export function filterKeeps(condition: ConditionOf<'I11'>, scene: Scene): Check {
  const { manifest, facts } = scene;
  const rows = stableRows(scene, condition.schema);
  const { schema } = rows;
  const reached = (name: string) => reach(manifest, facts, schema, name);
  // Terms over names that the schema does not have are none of its concern.
  const terms = declaredTerms(manifest).filter(({ names }) =>
    names.every((name) => reached(name).kind !== 'unreachable'),
  );
  const inputs: Input[] = [];
  for (const name of new Set(terms.flatMap((term) => term.names))) {
    const found = reached(name);
    if (found.kind !== 'reached') return unreached([schema.source], facts);
    inputs.push({ name, type: found.type, access: found.access });
  }
  const filter = conjunction(terms.map((term) => term.expression));
  const whole = requestOf(rows, { inputs: [], keys: [], states: [ROWS] });
  const kept = requestOf(rows, { inputs, keys: [], states: [ROWS], filter });
  return {
    sources: sourcesRead([whole, kept]),
    columns: columnsRead([whole, kept]),
    judge: async ({ aggregate }) =>
      judgeKept(countOf(await aggregate(whole), ROWS), countOf(await aggregate(kept), ROWS)),
  };
}

/** Counts `rows`, and of them `kept` and `dropped`. */
export function judgeKept(rows: number, kept: number): Judgement {
  return { holds: kept > 0, counts: { rows, kept, dropped: rows - kept }, examples: NO_EXAMPLES };
}
