import type { CollectionIssue } from '../../runtime/api.ts';
import { AssetError, BackendFailedError, CollectionError, DefectError, WorkerLostError } from '../../runtime/client.ts';

/** What broke, told so that a person can go on. */
export interface Defect {
  readonly heading: string;
  readonly message: string;
  readonly remedy: string;
  /** What the panel's button does. */
  readonly action: 'reload' | 'restart' | 'again';
  /** Problems in the YAML with their places; empty for every other defect. */
  readonly issues: readonly CollectionIssue[];
  /** What “Copy details” copies. */
  readonly details: string;
}

/** The defect that an error is. Never throws. */
export function defectOf(error: unknown): Defect {
  const details = detailsOf(error);
  if (error instanceof CollectionError) {
    return {
      heading: 'The collection cannot be compiled',
      message: error.issues.length === 0 ? error.message : problemsWords(error.issues.length),
      remedy: error.remedy,
      action: 'reload',
      issues: error.issues,
      details,
    };
  }
  if (isMissingChunk(error)) return updatedPage(details);
  if (error instanceof AssetError) {
    return { ...broken('A part of this page is missing', error, details), action: 'reload' };
  }
  if (error instanceof WorkerLostError) {
    return {
      ...broken('The engine of this page stopped', error, details),
      remedy: 'Reload: your question and what was stored are still here.',
      action: 'reload',
    };
  }
  if (error instanceof BackendFailedError) {
    return { ...broken('The database engine failed', error, details), action: 'restart' };
  }
  if (error instanceof DefectError) {
    return { ...broken('Something broke', error, `${error.detail}\n${details}`), action: 'again' };
  }
  return {
    heading: 'Something broke',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Run the question again. If it stops again, reload the page and send the details to its owner.',
    action: 'again',
    issues: [],
    details,
  };
}

/** Whether a chunk of the page could not be fetched; each browser says so in its own words. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported|importing a module script|preload css/i.test(error.message);
}

function problemsWords(count: number): string {
  return count === 1 ? 'One line of the YAML stands in the way.' : `${count} lines of the YAML stand in the way.`;
}

/** What an error with a remedy of its own says. */
function broken(heading: string, error: Error & { readonly remedy: string }, details: string): Omit<Defect, 'action'> {
  return { heading, message: error.message, remedy: error.remedy, issues: [], details };
}

/** The defect of a chunk that the server no longer has. */
export function updatedPage(detail: string): Defect {
  return {
    heading: 'This page was updated',
    message: 'A part of it that is needed now belongs to an earlier version, which the server no longer has.',
    remedy: 'Reload the page: it comes back with your question and your stored entries.',
    action: 'reload',
    issues: [],
    details: detail,
  };
}

function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  return stack.includes(error.message) ? stack : `${error.name}: ${error.message}\n${stack}`;
}
