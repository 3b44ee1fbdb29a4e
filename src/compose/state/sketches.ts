import type { Column, DictionaryColumn, NumberColumn } from '../../columns/column.ts';
import { toDictionary } from '../../columns/dictionary.ts';
import { DOUBLE, INT64 } from '../../columns/logical-type.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import { DDSketch } from '../../operators/sketch/ddsketch.ts';
import { HyperLogLog } from '../../operators/sketch/hyperloglog.ts';
import { hashValues } from '../../operators/sketch/value-hash.ts';
import type { Grouping } from '../grouping.ts';
import { everyRow } from '../order.ts';
import { cutDictionary } from '../take.ts';
import { byGroup, type GroupRows, presentRows } from './groups.ts';
import type { ValueRuns } from './value-runs.ts';

/** A sketch that takes in what another was given. */
interface MergingSketch {
  mergeText(text: string): void;
  text(): string;
}

/** The HyperLogLog sketch of each group's values; NULL of none. A distinct value is hashed once. */
export function hyperLogLogGroups(column: Column, grouping: Grouping): DictionaryColumn {
  const { codes, values, type } = cutDictionary(toDictionary(column));
  const { high, low } = hashValues(values, type);
  const sketch = new HyperLogLog();
  return sketchTexts(byGroup(presentRows({ form: 'dictionary', type, codes, values }, grouping), grouping), (rows) => {
    sketch.clear();
    for (const row of rows) {
      const code = codes[row] ?? 0;
      sketch.add(high[code] ?? 0, low[code] ?? 0);
    }
    return sketch.text();
  });
}

/** The DDSketch of each group's values; NULL of none. */
export function ddSketchGroups(values: Float64Array, { rows, counts, starts }: ValueRuns): DictionaryColumn {
  return sketchTexts({ rows: everyRow(rows.length), starts }, (ofGroup) => {
    const sketch = new DDSketch();
    for (const run of ofGroup) sketch.add(values[rows[run] ?? 0] ?? 0, counts[run] ?? 0);
    return sketch.text();
  });
}

/** The sketches of each group merged into one; NULL of none. */
export function mergeSketches(column: Column, kind: 'hyperloglog' | 'ddsketch', grouping: Grouping): DictionaryColumn {
  const { codes, values, type } = toDictionary(column);
  return sketchTexts(byGroup(presentRows({ form: 'dictionary', type, codes, values }, grouping), grouping), (rows) => {
    const [first = 0] = rows;
    // Equal sketches have one text, which for a group of one row is the answer.
    if (rows.length === 1) return textAt(values[codes[first] ?? 0]);
    const sketch: MergingSketch = kind === 'hyperloglog' ? new HyperLogLog() : new DDSketch();
    for (const row of rows) sketch.mergeText(textAt(values[codes[row] ?? 0]));
    return sketch.text();
  });
}

/** Estimated numbers of distinct values; 0 where there is no sketch. */
export function distinctEstimates(column: Column): NumberColumn {
  const { codes, values } = cutDictionary(toDictionary(column));
  const sketch = new HyperLogLog();
  const estimates = Float64Array.from(values, (text) => {
    sketch.clear();
    sketch.mergeText(textAt(text));
    return sketch.estimate();
  });
  return {
    form: 'number',
    type: INT64,
    values: Float64Array.from(codes, (code) => (code < 0 ? 0 : (estimates[code] ?? 0))),
    valid: null,
  };
}

/** Estimated quantiles; NULL where there is no sketch. */
export function quantileEstimates(column: Column, q: number): NumberColumn {
  const { codes, values } = cutDictionary(toDictionary(column));
  const estimates = Float64Array.from(values, (text) => {
    const sketch = new DDSketch();
    sketch.mergeText(textAt(text));
    return sketch.quantile(q) ?? Number.NaN;
  });
  const valid = Uint8Array.from(codes, (code) => (Number.isNaN(estimates[code] ?? Number.NaN) ? 0 : 1));
  return {
    form: 'number',
    type: DOUBLE,
    values: Float64Array.from(codes, (code, row) => (valid[row] === 0 ? 0 : (estimates[code] ?? 0))),
    valid: valid.includes(0) ? valid : null,
  };
}

function sketchTexts({ rows, starts }: GroupRows, textOf: (rows: Int32Array) => string): DictionaryColumn {
  const texts = new TextColumnBuilder();
  for (let place = 0; place < starts.length - 1; place++) {
    const ofGroup = rows.subarray(starts[place], starts[place + 1]);
    texts.push(ofGroup.length === 0 ? null : textOf(ofGroup));
  }
  return texts.column();
}

function textAt(value: unknown): string {
  if (typeof value !== 'string') throw new RangeError(`sketch: expected a text, found ${typeof value}`);
  return value;
}
