import {
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { boxesTheme } from './boxes-theme.ts';
import { completion } from './completion.ts';
import { definitionClick, showDefinition } from './definition.ts';
import type { EditorCommands } from './editor.ts';
import { editorTheme } from './editor-theme.ts';
import { diagnosticOf, marksField, openFixes, setMarks } from './fixes.ts';
import { formatQuestion } from './format.ts';
import { highlighting, setWordClasses } from './highlight.ts';
import { hover } from './hover.ts';
import { hasPopover, popovers } from './popover.ts';
import { hasSignature, signatureHelp } from './signature-help.ts';
import type { EditorSurface } from './surface.ts';
import { changeBetween, type TypingState } from './typing-log.ts';
import { wordClasses } from './word-class.ts';

/** What the code editor is given. */
export interface CodeEditorOptions extends EditorCommands {
  readonly parent: HTMLElement;
  /** What was typed so far, oldest first; undo reaches back through it. */
  readonly typed: readonly TypingState[];
  readonly selection: { readonly anchor: number; readonly head: number };
  readonly onChange: (text: string) => void;
}

/** A pause in typing that undo stops at, in milliseconds. */
const PAUSE = 500;

/** Makes the code editor in its parent, with the text, the caret and the undo history of the text box before it. */
export function createCodeEditor(options: CodeEditorOptions): EditorSurface {
  const [first, ...later] = options.typed;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({ doc: first?.text ?? '', extensions: extensionsOf(options) }),
  });
  let previous = first;
  for (const state of later) {
    const pause = previous === undefined || state.at - previous.at > PAUSE;
    view.dispatch({
      changes: changeBetween(view.state.doc.toString(), state.text),
      selection: { anchor: clamp(state.caret, state.text.length) },
      userEvent: 'input.type',
      ...(pause ? { annotations: isolateHistory.of('before') } : {}),
    });
    previous = state;
  }
  const length = view.state.doc.length;
  view.dispatch({
    selection: { anchor: clamp(options.selection.anchor, length), head: clamp(options.selection.head, length) },
  });
  return surfaceOf(view, options);
}

function extensionsOf({ onChange, onRun, onHistory, assistant, hasRemedies, announce }: CodeEditorOptions) {
  const step = (direction: 1 | -1) => (view: EditorView) => {
    const { main } = view.state.selection;
    const edge = direction === 1 ? 0 : view.state.doc.length;
    return main.empty && main.head === edge && onHistory(direction);
  };
  return [
    Prec.highest(
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            onRun();
            return true;
          },
        },
        { key: 'Tab', run: acceptCompletion },
        { key: 'Alt-ArrowUp', run: step(1) },
        { key: 'Alt-ArrowDown', run: step(-1) },
        { key: 'F8', run: told(nextDiagnostic, announce) },
        { key: 'Shift-F8', run: told(previousDiagnostic, announce) },
        // The remedies of a refusal that the page shows open with the page's own menu.
        { key: 'Mod-.', run: (view) => !hasRemedies() && openFixes(view) },
        {
          key: 'Shift-Alt-f',
          run: (view) => {
            void formatQuestion(view, assistant());
            return true;
          },
        },
        {
          key: 'F12',
          run: (view) => {
            void showDefinition(view, assistant(), view.state.selection.main.head);
            return true;
          },
        },
      ]),
    ),
    history(),
    bracketMatching(),
    closeBrackets(),
    completion(assistant),
    hover(assistant),
    signatureHelp(assistant),
    definitionClick(assistant),
    popovers,
    marksField,
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': 'Question in Frame-QL',
      autocapitalize: 'off',
      spellcheck: 'false',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
    placeholder('SELECT … AT …'),
    highlighting,
    editorTheme,
    boxesTheme,
  ];
}

/** A step from one underlined place to the next, which is read out. */
function told(step: (view: EditorView) => boolean, announce: (message: string) => void) {
  return (view: EditorView) => {
    const moved = step(view);
    const { from } = view.state.selection.main;
    const mark = view.state.field(marksField).find(({ span }) => span.from === from);
    if (moved && mark !== undefined) announce(mark.message);
    return moved;
  };
}

function surfaceOf(view: EditorView, { assistant }: CodeEditorOptions): EditorSurface {
  const replace = (text: string) =>
    view.dispatch({
      changes: changeBetween(view.state.doc.toString(), text),
      selection: { anchor: text.length },
      annotations: isolateHistory.of('full'),
      userEvent: 'input.replace',
    });
  return {
    replace,
    insert(text) {
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input.insert', scrollIntoView: true });
    },
    focus: () => view.focus(),
    hasFocus: () => view.hasFocus,
    busy: () => completionStatus(view.state) !== null || hasPopover(view.state) || hasSignature(view.state),
    format: () => {
      view.focus();
      void formatQuestion(view, assistant());
    },
    select({ from, to }) {
      const length = view.state.doc.length;
      view.dispatch({ selection: { anchor: clamp(from, length), head: clamp(to, length) }, scrollIntoView: true });
      view.focus();
    },
    mark(marks) {
      const { length } = view.state.doc;
      const underlined = setDiagnostics(
        view.state,
        marks.map((mark) => diagnosticOf(mark, length)),
      );
      view.dispatch(underlined, { effects: setMarks.of(marks) });
    },
    learn: (summary) => view.dispatch({ effects: setWordClasses.of(wordClasses(summary)) }),
    close: () => view.destroy(),
  };
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(length, offset));
}
