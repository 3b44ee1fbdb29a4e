import type { Span } from '../canon/issue.ts';
import type { Habit } from './habits.ts';

/** A query that says in Frame-QL what the refused text meant, and how a button names it. It parses. */
export interface SyntaxRemedy {
  readonly label: string;
  readonly query: string;
}

/** Why a text is no statement. */
export interface SyntaxIssue {
  /** Inside the text; empty where something is missing. */
  readonly span: Span;
  /** What stands there, printed: `` `FORM` `` or `the end of the text`. */
  readonly found: string;
  /** What could stand there, printed; empty where the language has nothing for what was meant. */
  readonly expected: readonly string[];
  /** A sentence that names the mistake and ends in what to do; null where found and expected say it all. */
  readonly hint: string | null;
  readonly remedies: readonly SyntaxRemedy[];
  /** The habit from SQL that it is; null: none. */
  readonly habit: Habit | null;
}

/** A text that is no statement: the first problem in text order speaks, the others are listed without remedies. */
export interface SyntaxFailure {
  readonly ok: false;
  readonly error: SyntaxIssue;
  readonly others: readonly SyntaxIssue[];
}
