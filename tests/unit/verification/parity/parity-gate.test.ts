import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../../../src/columns/arrow.ts';
import { BOOL, INT64 } from '../../../../src/columns/logical-type.ts';
import { OPERATORS } from '../../../../src/operators/catalog.ts';
import type { Expression } from '../../../../src/operators/expression.ts';
import type { DataAPIBackend } from '../../../../src/protocol/backend.ts';
import { BackendError } from '../../../../src/protocol/backend-error.ts';
import { decodeAggregate } from '../../../../src/protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../../../src/protocol/request.ts';
import { probeParity } from '../../../../src/verification/parity/parity-gate.ts';
import { VECTORS } from '../../../../src/verification/parity/vectors.ts';
import { BACKENDS } from '../../../support/backends.ts';
import { overridden } from '../../../support/overridden-backend.ts';

describe.each(BACKENDS)('the parity gate of $name', ({ start }) => {
  it('lets the engine through: every operator that it binds is probed, and every one is bound', async () => {
    const backend = await start();
    try {
      const total = Object.keys(OPERATORS).length;
      expect(await probeParity(backend)).toEqual({ probed: total, total, deviation: null });
      expect(await backend.listTables()).toEqual([]);
    } finally {
      await backend.close();
    }
  });

  it('stops an engine that answers wrongly, with operator, input, expected and found', async () => {
    const backend = await start();
    try {
      const { deviation, probed, total } = await probeParity(countingDistinctAsRows(backend));
      expect(deviation).toMatchObject({ operator: 'COUNT_DISTINCT', expected: '2', found: '5' });
      expect(deviation?.input).toBe('int64, ties: [5, 1, 5, 1, 5]');
      expect(probed).toBeLessThan(total);
      expect(await backend.listTables()).toEqual([]);
    } finally {
      await backend.close();
    }
  });

  it('stops an engine that fails at one operator, with what it says', async () => {
    const backend = await start();
    const failing = overridden(backend, {
      aggregate: async (id, request) => {
        if (!request.states.some(({ state }) => state === 'median')) return backend.aggregate(id, request);
        throw new BackendError({ code: 'STATEMENT_FAILED', statement: 'x', reason: 'no such function' });
      },
    });
    try {
      const { deviation } = await probeParity(failing);
      expect(deviation).toMatchObject({ operator: 'MEDIAN', input: 'int64', expected: 'an answer' });
      expect(deviation?.found).toContain('no such function');
      expect(await backend.listTables()).toEqual([]);
    } finally {
      await backend.close();
    }
  });

  it('stops an engine that groups NULL values with none, of those that fold values', async () => {
    const backend = await start();
    const forgetful = overridden(backend, {
      aggregate: (id, request) => {
        const [value] = request.values;
        if (value === undefined || request.keys.length === 0 || request.states.length === 0) {
          return backend.aggregate(id, request);
        }
        const isNull: Expression = { kind: 'isNull', operand: value.expression, type: BOOL };
        const filter: Expression = { kind: 'not', operand: isNull, type: BOOL };
        const both: Expression = { kind: 'and', operands: [request.filter ?? filter, filter], type: BOOL };
        return backend.aggregate(id, { ...request, filter: both });
      },
    });
    try {
      const { deviation } = await probeParity(forgetful);
      expect(deviation?.input).toBe('int64, nulls between: [NULL, 2, NULL, 3]');
      expect(deviation).toMatchObject({ expected: 'NULL, 2; 2, 1; 3, 1', found: '2, 1; 3, 1' });
    } finally {
      await backend.close();
    }
  });

  it('stops an engine that computes a function otherwise, with the function and the row', async () => {
    const backend = await start();
    const rounding = overridden(backend, {
      aggregate: (id, request) => {
        const values = request.values.map((value) => {
          const { expression } = value;
          const isFloor =
            expression.kind === 'call' && expression.function === 'FLOOR' && expression.type.kind === 'int64';
          const zero: Expression = { kind: 'literal', value: 1, type: INT64 };
          return isFloor ? { ...value, expression: zero } : value;
        });
        return backend.aggregate(id, { ...request, values });
      },
    });
    try {
      const { deviation } = await probeParity(rounding);
      expect(deviation).toMatchObject({ operator: 'FLOOR', expected: '-2', found: '1' });
      expect(deviation?.input).toMatch(/^row 1: i -7, j 2, k -150, /);
      expect(await backend.listTables()).toEqual([]);
    } finally {
      await backend.close();
    }
  });

  it('does not take an operator without a vector for one that passed', async () => {
    const backend = await start();
    try {
      const texts = VECTORS.filter(({ type }) => type.kind === 'text');
      const { probed, total, deviation } = await probeParity(backend, texts);
      expect(deviation).toEqual({ operator: 'SUM', input: 'none', expected: 'a vector', found: 'none' });
      expect([probed, total]).toEqual([7, Object.keys(OPERATORS).length]);
    } finally {
      await backend.close();
    }
  });
});

/** An engine that forgets the DISTINCT: a fault that only repeated values show. */
function countingDistinctAsRows(backend: DataAPIBackend): DataAPIBackend {
  const aggregate = async (id: string, request: AggregateRequest) => {
    const states = request.states.map((state) =>
      state.state === 'distinct' ? { ...state, state: 'count' as const } : state,
    );
    const counted = { ...request, states };
    const batch = decodeAggregate(counted, await backend.aggregate(id, counted));
    const names = new Set(
      request.states.filter(({ state }) => state === 'distinct').map(({ name }) => `${name}_count`),
    );
    const fields = batch.fields.map(({ name, column }) => ({
      name: names.has(name) ? name.replace(/_count$/, '_distinct') : name,
      column,
    }));
    const ipc = encodeBatch({ ...batch, fields }, undefined, { exact: 'fitting' });
    return { ipc, rowsScanned: 0, milliseconds: 0, statement: '' };
  };
  return overridden(backend, { aggregate });
}
