import type { Column, NumberColumn } from '../../columns/column.ts';
import { INT64 } from '../../columns/logical-type.ts';
import { takeRows } from '../take.ts';
import type { ValueRuns } from './value-runs.ts';

/** The most frequent value of each group; of several the smallest. */
export function modeGroups(column: Column, { rows, counts, starts }: ValueRuns): Column {
  const best = new Int32Array(starts.length - 1).fill(-1);
  for (let place = 0; place < best.length; place++) {
    let most = 0;
    for (let run = starts[place] ?? 0; run < (starts[place + 1] ?? 0); run++) {
      const count = counts[run] ?? 0;
      if (count <= most) continue;
      most = count;
      best[place] = rows[run] ?? -1;
    }
  }
  return takeRows(column, best);
}

/** How many distinct values each group has. */
export function distinctGroups({ starts }: ValueRuns): NumberColumn {
  const values = new Float64Array(starts.length - 1);
  for (let place = 0; place < values.length; place++) values[place] = (starts[place + 1] ?? 0) - (starts[place] ?? 0);
  return { form: 'number', type: INT64, values, valid: null };
}
