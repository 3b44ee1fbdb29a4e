import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/columns/column.ts';
import { INT64 } from '../../../src/columns/logical-type.ts';
import type { FrameData } from '../../../src/compose/frame.ts';
import type { Plan } from '../../../src/planning/plan.ts';
import { FrameMemory } from '../../../src/runtime/frame-memory.ts';

/** A plan of one series; what does not matter here is empty. */
function planOf(fingerprint: string): Plan {
  return {
    fingerprint,
    canonical: '',
    astFingerprint: '',
    manifestFingerprint: '',
    anchor: [],
    atoms: [],
    substitutes: {},
    level: { anchor: [], metrics: [], coordinates: null, reductions: [], replicas: [], determined: [] },
    windows: [],
    columns: [{ kind: 'series', name: 'n', type: INT64, expression: { kind: 'column', name: '#0', type: INT64 } }],
    having: null,
    order: [],
    limit: null,
    decisions: [],
    proofs: [],
    missing: [],
    conditions: [],
    lineage: {},
    requiredColumns: {},
    derived: {},
    blocked: [],
    cuts: [],
  };
}

function batchOf(rows: number): Batch {
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  return { rowCount: rows, fields: [{ name: 'n', column: { form: 'number', type: INT64, values, valid: null } }] };
}

const frameOf = (batch: Batch): FrameData => ({ batch, types: [INT64], anchor: [] });

describe('the memory of finished Frames', () => {
  test('gives a Frame for the plan over the very same states only', () => {
    const memory = new FrameMemory(1e6, () => {});
    const [plan, states] = [planOf('a'), batchOf(3)];
    const frame = frameOf(states);
    memory.keep(plan, [states], frame);
    expect(memory.find(plan, [states])).toBe(frame);
    expect(memory.find(plan, [batchOf(3)])).toBeUndefined();
    expect(memory.find(plan, [])).toBeUndefined();
    expect(memory.find(planOf('a'), [states])).toBeUndefined();
  });

  test('forgets the least recently used beyond its limit, and keeps nothing larger than it', () => {
    // 8 bytes a row, once as the Frame and once as what it was made of.
    const memory = new FrameMemory(2 * 16 * 100, () => {});
    const plans = ['a', 'b', 'c'].map(planOf);
    const batches = plans.map(() => batchOf(100));
    const keep = (i: number) => {
      const [plan, batch] = [plans[i], batches[i]];
      if (plan !== undefined && batch !== undefined) memory.keep(plan, [batch], frameOf(batch));
    };
    const isHeld = (i: number) => {
      const [plan, batch] = [plans[i], batches[i]];
      return plan !== undefined && batch !== undefined && memory.find(plan, [batch]) !== undefined;
    };
    keep(0);
    keep(1);
    expect(isHeld(0)).toBe(true);
    keep(2);
    expect([0, 1, 2].map(isHeld)).toEqual([true, false, true]);
    const large = batchOf(1000);
    memory.keep(planOf('d'), [large], frameOf(large));
    expect([0, 1, 2].map(isHeld)).toEqual([true, false, true]);
  });

  test.each([10, 20_000])('gives every asker a buffer of its own with the same bytes, %i rows', (rows) => {
    const waiting: (() => void)[] = [];
    const memory = new FrameMemory(1e8, (work) => void waiting.push(work));
    const [plan, states] = [planOf('a'), batchOf(rows)];
    const frame = frameOf(states);
    memory.keep(plan, [states], frame);
    const given = Array.from({ length: 6 }, (_, i) => {
      // Sometimes the next asker comes before there was time for a copy.
      if (i % 2 === 1) for (const work of waiting.splice(0)) work();
      return memory.ipc(plan, frame);
    });
    const [first] = given;
    for (const each of given) expect(Buffer.compare(each, first ?? new Uint8Array())).toBe(0);
    expect(new Set(given.map(({ buffer }) => buffer)).size).toBe(6);
    structuredClone(given, { transfer: given.map(({ buffer }) => buffer) });
    expect(memory.ipc(plan, frame).byteLength).toBeGreaterThan(8 * rows);
  });
});
