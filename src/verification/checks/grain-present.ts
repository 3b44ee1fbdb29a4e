import type { ConditionOf } from '../../collection/conditions.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, present, ROWS } from '../counting.ts';
import { EXAMPLE_LIMIT, NO_EXAMPLES } from '../examples.ts';
import { grainInputs, requestOf, stableRows } from '../stable-rows.ts';
import type { Scene } from '../verification-context.ts';

/** I3: no row that is read has a NULL in a dimension of the schema's grain. */
export function grainPresent(condition: ConditionOf<'I3'>, scene: Scene): Check {
  const rows = stableRows(scene, condition.schema);
  const { schema } = rows;
  const inputs = grainInputs(schema);
  const request = requestOf(rows, { inputs, keys: [], states: [ROWS, ...inputs.map(present)] });
  return {
    sources: [schema.source],
    columns: columnsRead([request]),
    judge: async ({ aggregate }) => {
      const batch = await aggregate(request);
      const values = inputs.map((input) => countOf(batch, present(input)));
      return judgeGrain(countOf(batch, ROWS), values, schema.grain);
    },
  };
}

/** `values`: rows in which each dimension of the grain is not NULL. Counts `nulls` over all of them. */
export function judgeGrain(rows: number, values: readonly number[], grain: readonly string[]): Judgement {
  const nulls = grain.map((dimension, position): [string, number] => [dimension, rows - (values[position] ?? rows)]);
  const found = nulls.filter(([, count]) => count > 0);
  const counts = { rows, nulls: nulls.reduce((sum, [, count]) => sum + count, 0) };
  if (found.length === 0) return { holds: true, counts, examples: NO_EXAMPLES };
  return { holds: false, counts, examples: { columns: ['dimension', 'nulls'], rows: found.slice(0, EXAMPLE_LIMIT) } };
}
