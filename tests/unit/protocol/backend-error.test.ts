import { describe, expect, it } from 'vitest';
import type { BackendFault } from '../../../src/protocol/backend.ts';
import { BackendError, isBackendFault } from '../../../src/protocol/backend-error.ts';

const FAULTS: readonly (readonly [BackendFault, string])[] = [
  [{ code: 'CANCELLED', id: 'q7' }, 'request q7: cancelled before it was done; ask again to have it run'],
  [
    { code: 'TABLE_TOO_LARGE', table: 't', rows: 5, bytes: 10, limit: 9 },
    'table t: 5 rows would take the backend to about 10 bytes, and it holds at most 9; ' +
      'load fewer columns or rows, or drop a table that is not needed',
  ],
  [{ code: 'NOT_LOADED', table: 't', column: null }, 'table t: not loaded into the backend; load it, then ask again'],
  [
    { code: 'NOT_LOADED', table: 't', column: 'c' },
    'table t: column c is not loaded into the backend; load it, then ask again',
  ],
  [
    { code: 'OUT_OF_RANGE', statement: 'SELECT 1', reason: 'no' },
    'an exact integer passed 127 bits: no; ask at a finer anchor, or with smaller factors: SELECT 1',
  ],
  [
    { code: 'START_FAILED', backend: 'duckdb', reason: '404' },
    'backend duckdb: did not start (404); check that its files are served beside the application, then reload',
  ],
  [
    { code: 'STATEMENT_FAILED', statement: 'SELECT 1', reason: 'no' },
    'statement failed: no; the sources are unharmed, change the question or report the statement: SELECT 1',
  ],
];

describe('backend faults', () => {
  it.each(FAULTS)('$code has its message, and survives as data', (fault, message) => {
    const error = new BackendError(fault);
    expect(error.message).toBe(message);
    expect(error.name).toBe('BackendError');
    const crossed: unknown = structuredClone(error.fault);
    expect(isBackendFault(crossed)).toBe(true);
    expect(crossed).toEqual(fault);
  });

  it.each([[null], ['CANCELLED'], [{}], [{ code: 'OTHER' }], [{ code: 5 }], [new Error('x')]])(
    '%s is none',
    (value) => {
      expect(isBackendFault(value)).toBe(false);
    },
  );
});
