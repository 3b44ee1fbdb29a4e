import type { EngineFault, EntryRow } from '../entry.ts';
import type { ReportFault } from './store.ts';

/** Name of the error of a storage that does not answer. */
export const SILENT = 'SilentStorageError';

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

/** The fault that a failure of a storage amounts to. `what`: what could not be done, without a full stop. */
export function storageFault(what: string, error: unknown): EngineFault {
  const detail = `${what} (${failureWords(error)}).`;
  switch (failureName(error)) {
    case 'VersionError':
      return {
        kind: 'store_newer',
        key: null,
        detail: `${detail} What is stored here belongs to a newer version of this page. Answers are computed instead. Reload this page to get that version.`,
      };
    case SILENT:
      return {
        kind: 'storage_silent',
        key: null,
        detail: `${detail} Answers are computed instead. Close other tabs of this page, then reload it.`,
      };
    default:
      return {
        kind: 'storage_unavailable',
        key: null,
        detail: `${detail} Answers are computed instead. Reload the page if this goes on.`,
      };
  }
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
    case 'VersionError':
    case SILENT:
      report({ ...storageFault(`${path}: ${bytes} bytes could not be written`, error), key });
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
