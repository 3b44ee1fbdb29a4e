import { isolateHistory } from '@codemirror/commands';
import type { EditorView } from '@codemirror/view';
import { type Assistant, askedOf } from './assistant.ts';
import { notice } from './popover.ts';
import { changeBetween } from './typing-log.ts';

/** Puts the question into its canonical form over lines, in one step that undo takes back; else says why not. */
export async function formatQuestion(view: EditorView, assistant: Assistant | null): Promise<void> {
  const { head } = view.state.selection.main;
  const formatted = await askedOf(view, assistant, (each, text) => each.format(text, head));
  if (formatted === null) return;
  if (!formatted.ok) {
    notice(view, formatted.reason);
    return;
  }
  const text = view.state.doc.toString();
  if (formatted.text === text) return;
  view.dispatch({
    changes: changeBetween(text, formatted.text),
    selection: { anchor: formatted.caret },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.format',
    scrollIntoView: true,
  });
}
