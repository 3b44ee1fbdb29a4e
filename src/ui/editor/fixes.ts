import { isolateHistory } from '@codemirror/commands';
import type { Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { focusedAt } from '../controls/focused-at.ts';
import { closePopover, element, openPopover } from './popover.ts';
import type { EditorFix, EditorMark } from './surface.ts';
import { changeBetween } from './typing-log.ts';

/** Tells the editor what is underlined, with what would mend it. */
export const setMarks = StateEffect.define<readonly EditorMark[]>();

/** What is underlined; it holds for the text that it was found in. */
export const marksField = StateField.define<readonly EditorMark[]>({
  create: () => [],
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return transaction.docChanged ? [] : marks;
  },
});

/** A mark as an underlined diagnostic; its remedies are buttons where it is explained. */
export function diagnosticOf({ span, message, fixes }: EditorMark, length: number): Diagnostic {
  const from = Math.max(0, Math.min(length, span.from));
  return {
    from,
    to: Math.max(from, Math.min(length, span.to)),
    severity: 'info',
    message: message.replaceAll('`', ''),
    actions: fixes.map((fix) => ({ name: fix.label, apply: (view: EditorView) => applyFix(view, fix) })),
  };
}

/** Replaces the question by a remedy, in one step that undo takes back. */
function applyFix(view: EditorView, { query }: EditorFix): void {
  view.dispatch({
    changes: changeBetween(view.state.doc.toString(), query),
    selection: { anchor: query.length },
    annotations: isolateHistory.of('full'),
    userEvent: 'input.fix',
    scrollIntoView: true,
  });
  view.focus();
}

/** Opens the remedies of what is underlined as a menu; whether there are any. */
export function openFixes(view: EditorView): boolean {
  const mark = view.state.field(marksField).find(({ fixes }) => fixes.length > 0);
  if (mark === undefined) return false;
  const menu = element('div', 'cm-fixes');
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', 'Quick fixes');
  const choices = mark.fixes.map((fix) => {
    const choice = element('button', 'cm-fix');
    choice.type = 'button';
    choice.setAttribute('role', 'menuitem');
    choice.append(element('span', '', fix.label), element('code', '', fix.query));
    choice.addEventListener('click', () => {
      closePopover(view);
      applyFix(view, fix);
    });
    return choice;
  });
  menu.append(...choices);
  menu.addEventListener('keydown', (event) => {
    const at = focusedAt(choices);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (event.key === 'Tab') closePopover(view);
    if (next === undefined) return;
    event.preventDefault();
    choices[(next + choices.length) % choices.length]?.focus();
  });
  const { length } = view.state.doc;
  const from = Math.max(0, Math.min(length, mark.span.from));
  openPopover(view, { from, to: Math.max(from, Math.min(length, mark.span.to)), dom: menu }, choices[0]);
  return true;
}
