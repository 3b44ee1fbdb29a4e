import { expect, it } from 'vitest';
import type { EngineFault } from '../../../src/engine/entry.ts';
import { FaultLog } from '../../../src/runtime/fault-log.ts';

/** Every kind; the compiler sees to it that none is left out. */
const KINDS: { readonly [Kind in EngineFault['kind']]: string } = {
  file_missing: '1 stored file was missing; it is computed again when asked for.',
  file_truncated: '1 stored file was cut short; it is computed again when asked for.',
  file_corrupt: '1 stored file did not match its checksum; it is computed again when asked for.',
  file_unreadable: '1 stored file could not be read; it is computed again when asked for.',
  row_invalid: '1 row of the entry list was not readable and was dropped.',
  write_failed: '1 result could not be stored; it was answered all the same.',
  quota_exceeded: "The browser's storage was full 1 time; answers came all the same and were not kept.",
  storage_unavailable: 'The browser refused its storage 1 time; see where entries are kept, above.',
  storage_silent:
    "The browser's storage did not answer 1 time; answers were computed instead. Close other tabs of this page, then reload it.",
  store_newer:
    'What is stored here belongs to a newer version of this page, which this one left alone 1 time. Reload this page to get that version.',
  lock_timed_out: '1 time another tab did not answer while it held a computation; it was computed here as well.',
};

it.each(Object.entries(KINDS))('%s is counted and told in a sentence, of one and of many', (name, sentence) => {
  const kind = Object.keys(KINDS).find((each): each is EngineFault['kind'] => each === name);
  if (kind === undefined) throw new Error(`there is no kind ${name}`);
  const log = new FaultLog();
  log.report({ kind, key: null, detail: '' });
  expect(log.summary()).toEqual([{ kind, count: 1, message: sentence }]);
  for (let i = 0; i < 1233; i++) log.report({ kind, key: null, detail: '' });
  const [told] = log.summary();
  expect(told?.message).toMatch(/\b1,234 (?:stored files (?:were|did|could)|rows|results|times)\b/);
  expect(told?.message).not.toMatch(/\b(?:it is|it was answered|its checksum)\b/);
});
