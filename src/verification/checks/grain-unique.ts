import type { ConditionOf } from '../../collection/conditions.ts';
import type { Batch } from '../../columns/column.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import type { Input } from '../../resolution/access.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, distinct, present, ROWS } from '../counting.ts';
import { firstRows, NO_EXAMPLES, printedRow } from '../examples.ts';
import { grainInputs, hasNull, heldOffCounts, heldOffRequest, requestOf, stableRows } from '../stable-rows.ts';
import type { Scene } from '../verification-context.ts';

/**
 * I2: no two of the rows that are read share a coordinate of the grain. Coordinates with a NULL in them are I3's
 * concern. Rows held off, and rows without a date, are counted with it.
 */
export function grainUnique(condition: ConditionOf<'I2'>, scene: Scene): Check {
  const rows = stableRows(scene, condition.schema);
  const inputs = grainInputs(rows.schema);
  const keys = inputs.map(({ name }) => name);
  const groups = requestOf(rows, { inputs, keys, states: [ROWS] });
  const whole = heldOffRequest(rows);
  const [only, ...more] = inputs;
  // Of one column, numbers say whether its values are unique: its values need not leave the backend.
  const numbers = only !== undefined && more.length === 0 ? numbersOf(only) : null;
  return {
    sources: [rows.schema.source],
    columns: columnsRead([groups, ...(whole === null ? [] : [whole])]),
    judge: async ({ aggregate }) => {
      const found =
        (numbers && judgeNumbers(await aggregate(requestOf(rows, numbers)), numbers)) ??
        judgeGroups(await aggregate(groups), keys, rows.schema.grain);
      const counts = heldOffCounts(rows, whole && (await aggregate(whole)), found.counts.rows ?? 0);
      return { ...found, counts: { ...found.counts, ...counts } };
    },
  };
}

type NumbersRequest = Pick<AggregateRequest, 'inputs' | 'keys' | 'states'> & { readonly input: Input };

function numbersOf(input: Input): NumbersRequest {
  return { input, inputs: [input], keys: [], states: [ROWS, present(input), distinct(input)] };
}

/** Undefined where some value occurs more than once: then the groups tell which. */
function judgeNumbers(batch: Batch, { input }: NumbersRequest): Judgement | undefined {
  const coordinates = countOf(batch, distinct(input));
  if (coordinates !== countOf(batch, present(input))) return undefined;
  return { holds: true, counts: { rows: countOf(batch, ROWS), coordinates, duplicates: 0 }, examples: NO_EXAMPLES };
}

/** Judges rows grouped by the grain. `duplicates`: coordinates of more than one row, of which examples are given. */
export function judgeGroups(batch: Batch, keys: readonly string[], grain: readonly string[]): Judgement {
  const duplicates: number[] = [];
  let [rows, coordinates] = [0, 0];
  for (let group = 0; group < batch.rowCount; group++) {
    const size = countOf(batch, ROWS, group);
    rows += size;
    if (hasNull(batch, group, keys)) continue;
    coordinates++;
    if (size > 1) duplicates.push(group);
  }
  const counts = { rows, coordinates, duplicates: duplicates.length };
  if (duplicates.length === 0) return { holds: true, counts, examples: NO_EXAMPLES };
  const examples = firstRows(batch, duplicates, keys).map((group) => [
    ...printedRow(batch, group, keys),
    countOf(batch, ROWS, group),
  ]);
  return { holds: false, counts, examples: { columns: [...grain, 'rows'], rows: examples } };
}
