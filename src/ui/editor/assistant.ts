import type { EditorView } from '@codemirror/view';
import type { Session } from '../../runtime/api.ts';

/** What the editor asks while a question is written; the engine worker answers. */
export type Assistant = Pick<Session, 'complete' | 'describe' | 'signature' | 'format' | 'definition'>;

/**
 * Asks about the text as it stands. Null where nobody can be asked yet, where there is no answer, and where the text has
 * changed meanwhile: an answer is of the text that it was for.
 */
export async function askedOf<Answer>(
  view: EditorView,
  assistant: Assistant | null,
  ask: (assistant: Assistant, text: string) => Promise<Answer | null>,
): Promise<Answer | null> {
  if (assistant === null) return null;
  const { doc } = view.state;
  // A worker that is lost is reported where questions are run.
  const answer = await ask(assistant, doc.toString()).catch(() => null);
  return view.state.doc.eq(doc) ? answer : null;
}
