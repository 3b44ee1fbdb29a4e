import { formatStatement, hasComments } from '../frameql/layout.ts';
import { parse } from '../frameql/parser.ts';
import { tokenize } from '../frameql/tokens.ts';
import type { Formatted } from './assistance.ts';

/** The text in its canonical form over lines, with the caret at the same token; or why it stays as it is. */
export function formatText(text: string, caret: number): Formatted {
  if (text.trim() === '') return { ok: false, reason: 'There is nothing to format.' };
  if (hasComments(text)) {
    return { ok: false, reason: 'Formatting would lose the comments. Take them out first, or leave it as it is.' };
  }
  const parsed = parse(text);
  if (!parsed.ok) return { ok: false, reason: 'This is no complete question yet. Mend what is underlined first.' };
  const formatted = formatStatement(parsed.statement);
  return { ok: true, text: formatted, caret: movedCaret(text, caret, formatted) };
}

/** Where a caret comes to stand: as far into the text as before, counted in letters that are no space or bracket. */
function movedCaret(before: string, caret: number, after: string): number {
  const isEnd = before.slice(caret).trim() === '';
  if (isEnd) return after.length;
  const letters = weight(before.slice(0, caret));
  const begun = tokenize(after).find(({ span }) => weight(after.slice(0, span.to)) >= letters);
  if (begun === undefined) return after.length;
  const left = letters - weight(after.slice(0, begun.span.from));
  let at = begun.span.from;
  for (let passed = 0; at < begun.span.to && passed < left; at++) passed += weight(after.charAt(at));
  return at;
}

/** The number of letters that formatting keeps. */
function weight(text: string): number {
  return text.replace(/[\s(){};"]/g, '').length;
}
