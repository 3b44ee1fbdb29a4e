import type { Refusal } from '../../runtime/api.ts';

/** The heading of a refusal: it asks back, or says that there is no right answer, or that a source stands in the way. */
export function refusalHeading(refusal: Pick<Refusal, 'mood' | 'code'>): string {
  if (refusal.mood === 'clarify') return 'Which one do you mean?';
  switch (refusal.code) {
    case 'SOURCE_UNREADABLE':
      return 'A source of this question cannot be read';
    case 'SOURCE_CHANGED':
      return 'A source of this question is not the one that was named';
    case 'TABLE_TOO_LARGE':
      return 'A table of this question is too large here';
    default:
      return 'No right answer to this question';
  }
}

/** The part of the question that a refusal points at, on one line; empty where it is the question as a whole. */
export function refusedPart(question: string, span: Refusal['span']): string {
  const part = question.slice(span.from, span.to).trim();
  return part === question.trim() ? '' : part.replace(/\s+/g, ' ');
}
