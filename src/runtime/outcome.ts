import { ThresholdError } from '../engine/recommendation.ts';
import type { BackendFault } from '../protocol/backend.ts';
import { BackendError, faultMessage } from '../protocol/backend-error.ts';
import { ParquetModuleError } from '../sources/parquet/wasm-module.ts';
import { isCancelled } from './backend-host.ts';
import type { Outcome, WireError } from './engine-worker.ts';
import { CollectionFault } from './installation-host.ts';
import { ProfileFault } from './profile-fault.ts';

/** What to do where a part of the build did not come. */
const NOT_LOADED =
  'Run the question again; if it fails again, reload: this page may have been updated since it was opened.';

/** Runs a call of the worker's contract; what it throws crosses as data. */
export async function outcomeOf<T>(call: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    return { ok: false, error: wireError(error) };
  }
}

function remedyOf({ code }: BackendFault): string {
  switch (code) {
    case 'START_FAILED':
      return NOT_LOADED;
    case 'PARITY_FAILED':
      return 'Choose another backend, on the Engine page or with `useBackend`.';
    case 'LOST':
      return 'Ask again: it starts anew.';
    default:
      return 'Restart the database engine, then ask again.';
  }
}

function wireError(error: unknown): WireError {
  if (error instanceof CollectionFault) return { kind: 'collection', message: error.message, issues: error.issues };
  if (error instanceof ProfileFault) return { kind: 'profile', message: error.message, remedy: error.remedy };
  if (isCancelled(error)) return { kind: 'aborted', message: 'The question was cancelled.' };
  if (error instanceof BackendError) {
    return { kind: 'backend', message: faultMessage(error.fault), remedy: remedyOf(error.fault) };
  }
  if (error instanceof ParquetModuleError) return { kind: 'asset', message: error.message, remedy: NOT_LOADED };
  if (error instanceof ThresholdError) return { kind: 'range', message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'defect', message, detail: error instanceof Error ? (error.stack ?? '') : '' };
}
