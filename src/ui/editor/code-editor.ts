import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { type Diagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import type { CollectionSummary } from '../../runtime/api.ts';
import { type Suggestion, suggestionsAt } from './completion.ts';
import { editorTheme } from './editor-theme.ts';
import { highlighting, setWordClasses } from './highlight.ts';
import type { EditorMark, EditorSurface } from './surface.ts';
import { changeBetween, type TypingState } from './typing-log.ts';
import { wordClasses } from './word-class.ts';

/** What the code editor is given. */
export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  /** What was typed so far, oldest first; undo reaches back through it. */
  readonly typed: readonly TypingState[];
  readonly selection: { readonly anchor: number; readonly head: number };
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
  /** Steps through the history; whether there was a step. */
  readonly onHistory: (step: 1 | -1) => boolean;
  readonly summary: () => CollectionSummary | null;
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
  return surfaceOf(view);
}

function extensionsOf({ onChange, onRun, onHistory, summary }: CodeEditorOptions) {
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
        { key: 'F8', run: nextDiagnostic },
        { key: 'Shift-F8', run: previousDiagnostic },
      ]),
    ),
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({
      override: [(context) => completionResult(context, summary())],
      icons: false,
      maxRenderedOptions: 60,
    }),
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
  ];
}

function completionResult(context: CompletionContext, summary: CollectionSummary | null): CompletionResult | null {
  const suggestions = suggestionsAt(context.state.doc.toString(), context.pos, summary);
  if (suggestions === null || (!context.explicit && suggestions.from === context.pos)) return null;
  return { from: suggestions.from, options: suggestions.options.map(completionOf), validFor: /^\w*$/ };
}

function completionOf({ label, kind, detail, insert, back, rank }: Suggestion): Completion {
  return {
    label,
    type: kind,
    detail,
    boost: rank,
    apply: (view, _completion, from, to) =>
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length - back },
        userEvent: 'input.complete',
      }),
  };
}

function surfaceOf(view: EditorView): EditorSurface {
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
    busy: () => completionStatus(view.state) !== null,
    select({ from, to }) {
      const length = view.state.doc.length;
      view.dispatch({ selection: { anchor: clamp(from, length), head: clamp(to, length) }, scrollIntoView: true });
      view.focus();
    },
    mark: (marks) =>
      view.dispatch(
        setDiagnostics(
          view.state,
          marks.map((mark) => diagnosticOf(mark, view)),
        ),
      ),
    learn: (summary) => view.dispatch({ effects: setWordClasses.of(wordClasses(summary)) }),
    close: () => view.destroy(),
  };
}

function diagnosticOf({ span, message }: EditorMark, view: EditorView): Diagnostic {
  const length = view.state.doc.length;
  const from = clamp(span.from, length);
  return { from, to: Math.max(from, clamp(span.to, length)), severity: 'info', message };
}

function clamp(offset: number, length: number): number {
  return Math.max(0, Math.min(length, offset));
}
