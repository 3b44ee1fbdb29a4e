import type { EntryRow } from '../entry.ts';
import type { ReportFault } from './store.ts';

/** How errors of storages are told apart: their names are all that browsers agree on, and not always. */
export function failureName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** An error in words: its name and what the browser says. */
export function failureWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** The refusal of a storage that has no room left. */
export function quotaExceeded(message: string): DOMException {
  return new DOMException(message, 'QuotaExceededError');
}

/** What a write that did not come off amounts to; reports it. */
export function failedWrite(row: EntryRow, error: unknown, report: ReportFault): 'full' | 'failed' {
  const remedy = 'The answer is right; it is computed again when it is next asked for.';
  const { key, path, bytes } = row;
  switch (failureName(error)) {
    case 'QuotaExceededError':
      report({
        kind: 'quota_exceeded',
        key,
        detail: `${path}: the browser has no room for ${bytes} bytes (${failureWords(error)}). Evict entries or free disk space. ${remedy}`,
      });
      return 'full';
    case 'TimeoutError':
      report({
        kind: 'lock_timed_out',
        key,
        detail: `${path}: another tab has been writing this file for over 2 s. Close tabs that hang. ${remedy}`,
      });
      return 'failed';
    default:
      report({
        kind: 'write_failed',
        key,
        detail: `${path}: ${bytes} bytes could not be written (${failureWords(error)}). ${remedy}`,
      });
      return 'failed';
  }
}
