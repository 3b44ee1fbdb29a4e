import type { SyntaxFailure, SyntaxIssue } from '../frameql/syntax-issue.ts';
import { BackendError } from '../protocol/backend-error.ts';
import { type Cause, CLARIFYING, cause, REFUSAL_MESSAGES, type RefusalParameters } from '../resolution/refusal.ts';
import { SourceError } from '../sources/source-error.ts';
import type { Refusal } from './api.ts';
import { changedBytes, sourceWords } from './source-words.ts';

/** A refusal as the reader gets it: the first cause speaks, the others are listed. */
export function refusalOf(collection: string, causes: readonly [Cause, ...Cause[]]): Refusal {
  const [first, ...others] = causes;
  return {
    ac_name: collection,
    mood: CLARIFYING.has(first.code) ? 'clarify' : 'refuse',
    code: first.code,
    message: first.message,
    parameters: { ...first.parameters },
    span: first.span,
    ...(first.witness === null ? {} : { witness: first.witness }),
    others: others.map(({ code, message, span }) => ({ code, message, span })),
    remedies: first.remedies,
  };
}

/** A text that is no statement, as a refusal. */
export function syntaxRefusal(collection: string, { error: issue, others }: SyntaxFailure): Refusal {
  const parameters = parametersOf(issue);
  return {
    ac_name: collection,
    mood: 'refuse',
    code: 'SYNTAX',
    message: REFUSAL_MESSAGES.SYNTAX(parameters),
    parameters: { ...parameters, habit: issue.habit },
    span: issue.span,
    others: others.map((each) => ({
      code: 'SYNTAX',
      message: REFUSAL_MESSAGES.SYNTAX(parametersOf(each)),
      span: each.span,
    })),
    remedies: issue.remedies,
  };
}

function parametersOf({ found, expected, hint }: SyntaxIssue): RefusalParameters['SYNTAX'] {
  return { found, expected, hint };
}

/** A failure that is an answer: a source that cannot be read, or a table too large; undefined for any other. */
export function refusalOfError(
  place: { readonly collection: string; readonly backend: string; readonly locationOf: (source: string) => string },
  text: string,
  error: unknown,
): Refusal | undefined {
  const { collection, backend } = place;
  const span = { from: 0, to: text.length };
  if (error instanceof SourceError) {
    const { fault } = error;
    const { source } = fault.parameters;
    const changed = changedBytes(error);
    if (changed !== null) return refusalOf(collection, [cause('SOURCE_CHANGED', { source, ...changed }, span)]);
    const location = place.locationOf(source);
    const words = sourceWords(fault.message, source);
    return refusalOf(collection, [cause('SOURCE_UNREADABLE', { source, location, ...words }, span)]);
  }
  if (error instanceof BackendError && error.fault.code === 'TABLE_TOO_LARGE') {
    const { table, rows, bytes, limit } = error.fault;
    return refusalOf(collection, [cause('TABLE_TOO_LARGE', { table, rows, bytes, limit, backend }, span)]);
  }
  return undefined;
}
