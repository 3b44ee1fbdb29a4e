import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BACKENDS } from '../../support/backends.ts';
import { REQUESTS, TABLES } from './large-tables.ts';
import { evaluate } from './reference.ts';
import { ask, sorted } from './requests.ts';
import { loadPlain } from './tables.ts';

describe.each(BACKENDS)('tables of many rows on $name', ({ start }) => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await start();
    for (const [table, columns] of Object.entries(TABLES)) await loadPlain(backend, table, columns);
  });
  afterAll(() => backend.close());

  it.each(REQUESTS)('%s: as plain loops say', async (_, asked) => {
    expect(await ask(backend, asked)).toEqual(sorted(evaluate(TABLES, asked)));
  });
});
