import { completionStatus } from '@codemirror/autocomplete';
import { type EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Signature } from '../../runtime/api.ts';
import { type Assistant, askedOf } from './assistant.ts';
import { element } from './popover.ts';

/** How long caret and text rest before the call around the caret is asked for, in milliseconds. */
const REST = 120;

interface Help {
  readonly signature: Signature | null;
  /** The call for which Esc has put the help away: where its name begins. */
  readonly dismissed: number | null;
}

const setSignature = StateEffect.define<Signature | null>();
const dismiss = StateEffect.define<null>();

const help = StateField.define<Help>({
  create: () => ({ signature: null, dismissed: null }),
  update(value, transaction) {
    let { signature, dismissed } = value;
    if (transaction.docChanged) {
      const moved = (offset: number) => transaction.changes.mapPos(offset);
      signature = signature && { ...signature, from: moved(signature.from), to: moved(signature.to) };
      dismissed = dismissed === null ? null : moved(dismissed);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setSignature)) {
        signature = effect.value;
        if (signature?.from !== dismissed) dismissed = null;
      }
      if (effect.is(dismiss)) dismissed = signature?.from ?? null;
    }
    const same = signature === value.signature && dismissed === value.dismissed;
    return same ? value : { signature, dismissed };
  },
  provide: (field) =>
    showTooltip.from(field, ({ signature, dismissed }) =>
      signature === null || signature.from === dismissed
        ? null
        : { pos: signature.from, above: true, strictSide: false, create: () => ({ dom: signatureBox(signature) }) },
    ),
});

/** How the call around the caret is written, above it, with the argument there marked. Esc puts it away for that call. */
export function signatureHelp(assistant: () => Assistant | null): Extension {
  return [
    help,
    ViewPlugin.define((view) => {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const ask = async () => {
        const { head, empty } = view.state.selection.main;
        const found =
          empty && view.hasFocus ? await askedOf(view, assistant(), (each, text) => each.signature(text, head)) : null;
        if (view.state.selection.main.head === head && !same(found, view.state.field(help).signature)) {
          view.dispatch({ effects: setSignature.of(found) });
        }
      };
      return {
        update(update: ViewUpdate) {
          if (!update.docChanged && !update.selectionSet && !update.focusChanged) return;
          if (timer !== null) clearTimeout(timer);
          timer = setTimeout(ask, REST);
        },
        destroy() {
          if (timer !== null) clearTimeout(timer);
        },
      };
    }),
    Prec.high(keymap.of([{ key: 'Escape', run: putAway }])),
  ];
}

/** Whether the help is on screen. */
export function hasSignature(state: EditorState): boolean {
  const { signature, dismissed } = state.field(help);
  return signature !== null && signature.from !== dismissed;
}

function putAway(view: EditorView): boolean {
  // An open list goes first.
  if (completionStatus(view.state) === 'active' || !hasSignature(view.state)) return false;
  view.dispatch({ effects: dismiss.of(null) });
  return true;
}

function same(a: Signature | null, b: Signature | null): boolean {
  if (a === null || b === null) return a === b;
  return a.from === b.from && a.label === b.label && a.active === b.active;
}

function signatureBox({ label, parameters, active, doc }: Signature): HTMLElement {
  const box = element('div', 'cm-signature');
  box.setAttribute('role', 'status');
  const code = element('code', '');
  const span = active === null ? undefined : parameters[active];
  if (span === undefined) code.textContent = label;
  else {
    const mark = element('mark', '', label.slice(span.from, span.to));
    code.append(label.slice(0, span.from), mark, label.slice(span.to));
  }
  box.append(code, element('p', '', doc));
  return box;
}
