import type { EditorSurface } from './surface.ts';
import type { TypingLog } from './typing-log.ts';

/** The surface over the plain text box that is live before the code editor. It underlines nothing and knows no names. */
export function textBoxSurface(
  box: HTMLTextAreaElement,
  log: TypingLog,
  onChange: (text: string) => void,
): EditorSurface {
  const changed = () => {
    log.note({ text: box.value, caret: box.selectionStart, at: performance.now() });
    onChange(box.value);
  };
  const composing = (event: Event) => {
    if (event.type === 'compositionstart') box.dataset.composing = '';
    else delete box.dataset.composing;
  };
  box.addEventListener('input', changed);
  box.addEventListener('compositionstart', composing);
  box.addEventListener('compositionend', composing);
  return {
    replace(text) {
      box.value = text;
      changed();
    },
    insert(text) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
      changed();
      box.focus();
    },
    focus: () => box.focus(),
    hasFocus: () => document.activeElement === box,
    busy: () => false,
    select({ from, to }) {
      box.focus();
      box.setSelectionRange(from, to);
    },
    mark: () => undefined,
    format: () => undefined,
    learn: () => undefined,
    close: () => box.removeEventListener('input', changed),
  };
}
