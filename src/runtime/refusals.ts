import type { SyntaxFailure, SyntaxIssue } from '../frameql/syntax-issue.ts';
import { type Cause, CLARIFYING, REFUSAL_MESSAGES, type RefusalParameters } from '../resolution/refusal.ts';
import type { Refusal } from './api.ts';

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
    others: others.map((each) => ({ code: 'SYNTAX', message: REFUSAL_MESSAGES.SYNTAX(parametersOf(each)), span: each.span })),
    remedies: issue.remedies,
  };
}

function parametersOf({ found, expected, hint }: SyntaxIssue): RefusalParameters['SYNTAX'] {
  return { found, expected, hint };
}
