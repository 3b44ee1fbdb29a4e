import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertBracket,
  pickedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { CompletionItem, CompletionKind } from '../../runtime/api.ts';
import type { Assistant } from './assistant.ts';

/** What may be typed on without asking anew: the rest of a name, or of a text in quotes. */
const REST_OF_WORD = /^(?:[\p{L}\p{M}\p{N}_]*|"[^"\n]*"?|'[^'\n]*'?)$/u;

/** Kinds of which the list opens by itself where nothing has been typed yet: the place asks for one of few. */
const UNASKED: ReadonlySet<CompletionKind> = new Set<CompletionKind>([
  'dimension',
  'attribute',
  'schema',
  'bridge',
  'column',
  'level',
  'value',
]);

/** Completion as the engine worker gives it. */
export function completion(assistant: () => Assistant | null): Extension {
  return autocompletion({
    override: [(context) => completions(context, assistant())],
    icons: false,
    maxRenderedOptions: 80,
    optionClass: (option) => `cm-kind-${option.type ?? 'keyword'}`,
  });
}

async function completions(context: CompletionContext, assistant: Assistant | null): Promise<CompletionResult | null> {
  const text = context.state.doc.toString();
  const before = text.charAt(context.pos - 1);
  const isTyping = /[\p{L}\p{M}\p{N}_"']/u.test(before);
  const isBegun = /[\s(,@=]/.test(before) && before !== '\n';
  if (assistant === null || (!context.explicit && !isTyping && !isBegun)) return null;
  const found = await assistant.complete(text, context.pos).catch(() => null);
  if (found === null || context.aborted) return null;
  const { items, from, to } = found;
  const first = items[0];
  if (first === undefined) return null;
  if (!context.explicit && from === context.pos && before !== '(' && !UNASKED.has(first.kind)) return null;
  return { from, to, options: items.map(optionOf), validFor: REST_OF_WORD };
}

function optionOf(item: CompletionItem, index: number): Completion {
  return {
    label: item.label,
    type: item.kind,
    detail: item.detail,
    // What fits comes before what matches a little better.
    boost: 90 - 15 * Math.min(item.rank, 10),
    sortText: String(index).padStart(5, '0'),
    ...(item.doc === '' ? {} : { info: () => documentation(item) }),
    apply: (view, option, from, to) => apply(view, item, option, from, to),
  };
}

function documentation({ doc }: CompletionItem): HTMLElement {
  const box = document.createElement('div');
  for (const line of doc.split('\n')) {
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    box.append(paragraph);
  }
  return box;
}

/** Types an item. Brackets are opened as if by hand, so that typing the closing one goes past it. */
function apply(view: EditorView, item: CompletionItem, option: Completion, from: number, to: number): void {
  const { state } = view;
  const after = state.sliceDoc(to, to + 1);
  const opensCall = item.insert.endsWith('()') && item.caret === item.insert.length - 1;
  const spaced = item.insert.endsWith(' ');
  const insert = opensCall
    ? item.insert.slice(0, -2)
    : spaced && /^\s$/.test(after)
      ? item.insert.slice(0, -1)
      : item.insert;
  const past = spaced && insert !== item.insert ? 1 : 0;
  const caret = Math.min(item.caret, insert.length) + past;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + caret },
    annotations: pickedCompletion.of(option),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  if (opensCall) {
    const bracket = after === '(' ? null : insertBracket(view.state, '(');
    if (bracket !== null) view.dispatch(bracket);
    else if (after === '(') view.dispatch({ selection: { anchor: view.state.selection.main.head + 1 } });
  }
  if (opensCall || spaced) startCompletion(view);
}
