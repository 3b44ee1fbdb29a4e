import { type EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, tooltips } from '@codemirror/view';

/** A box beside a place of the text. It goes with the next change of text or selection, with Esc, and with a click elsewhere. */
export interface Popover {
  readonly from: number;
  readonly to: number;
  readonly dom: HTMLElement;
}

const setPopover = StateEffect.define<Popover | null>();

const shown = StateField.define<Popover | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setPopover)) return effect.value;
    return transaction.docChanged || transaction.selection !== undefined ? null : value;
  },
  provide: (field) =>
    showTooltip.from(field, (popover) =>
      popover === null ? null : { pos: popover.from, end: popover.to, create: () => ({ dom: popover.dom }) },
    ),
});

/** How far boxes stay from the window's edges, in pixels. */
const MARGIN = 8;

/** One popover at a time; what floats stays off the window's edges. */
export const popovers: Extension = [
  shown,
  tooltips({ tooltipSpace: () => ({ left: MARGIN, top: 0, right: innerWidth - MARGIN, bottom: innerHeight }) }),
  Prec.highest(keymap.of([{ key: 'Escape', run: closePopover }])),
];

/** Shows a box; `focus` is the control in it that takes the focus, where one does. */
export function openPopover(view: EditorView, popover: Popover, focus?: HTMLElement): void {
  const { dom } = popover;
  dom.classList.add('cm-popover');
  dom.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    closePopover(view);
    view.focus();
  });
  view.dispatch({ effects: setPopover.of(popover) });
  const elsewhere = (event: PointerEvent) => {
    const inside = event.target instanceof Node && dom.contains(event.target);
    if (!inside || view.state.field(shown, false) !== popover) document.removeEventListener('pointerdown', elsewhere);
    if (!inside && view.state.field(shown, false) === popover) closePopover(view);
  };
  document.addEventListener('pointerdown', elsewhere);
  // At once, though the box is placed only when the view has been measured: the next key is meant for it.
  focus?.focus({ preventScroll: true });
}

/** Takes the box away; whether there was one. */
export function closePopover(view: EditorView): boolean {
  if (!hasPopover(view.state)) return false;
  view.dispatch({ effects: setPopover.of(null) });
  return true;
}

export function hasPopover(state: EditorState): boolean {
  return (state.field(shown, false) ?? null) !== null;
}

/** A box that says one thing. */
export function notice(view: EditorView, message: string): void {
  const { head } = view.state.selection.main;
  const dom = element('p', 'cm-notice', message);
  dom.setAttribute('role', 'status');
  openPopover(view, { from: head, to: head, dom });
}

/** An element with a class and a text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}
