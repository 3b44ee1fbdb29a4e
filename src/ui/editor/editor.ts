import { type Accessor, createSignal } from 'solid-js';
import type { Span } from '../../canon/issue.ts';
import type { CollectionSummary } from '../../runtime/api.ts';
import type { Assistant } from './assistant.ts';
import type { EditorMark, EditorSurface } from './surface.ts';
import { textBoxSurface } from './text-box.ts';
import { TypingLog } from './typing-log.ts';

/** The question as it stands in the editor, whichever of the two surfaces holds it. */
export interface Editor {
  readonly text: Accessor<string>;
  /** The text box of the static page. */
  readonly box: HTMLTextAreaElement;
  /** Whether the code editor has taken over. */
  readonly upgraded: Accessor<boolean>;
  replace(text: string): void;
  insert(text: string): void;
  focus(): void;
  hasFocus(): boolean;
  busy(): boolean;
  select(span: Span): void;
  mark(marks: readonly EditorMark[]): void;
  format(): void;
  learn(summary: CollectionSummary | null): void;
  /** Puts the code editor in the place of the text box, with text, caret and undo. Does nothing the second time. */
  upgrade(parent: HTMLElement, commands: EditorCommands): Promise<void>;
}

/** What keys in the code editor do beyond editing. */
export interface EditorCommands {
  readonly onRun: () => void;
  readonly onHistory: (step: 1 | -1) => boolean;
  /** Who is asked while the question is written; null while no session is open. */
  readonly assistant: () => Assistant | null;
  /** Whether the page shows remedies of its own now, which their key opens. */
  readonly hasRemedies: () => boolean;
  /** Says something through the live region. */
  readonly announce: (message: string) => void;
}

/** Makes the editor over the text box of the static page. */
export function createEditor(box: HTMLTextAreaElement): Editor {
  const [text, setText] = createSignal(box.value);
  const [upgraded, setUpgraded] = createSignal(false);
  // The first state is what the page came with: undo leads back to it even from what was typed before the scripts.
  const log = new TypingLog({ text: box.defaultValue, caret: box.defaultValue.length, at: 0 });
  log.note({ text: box.value, caret: box.selectionStart, at: performance.now() });
  let surface: EditorSurface = textBoxSurface(box, log, setText);
  let marks: readonly EditorMark[] = [];
  let known: CollectionSummary | null = null;
  let begun = false;

  return {
    text,
    box,
    upgraded,
    replace(next) {
      if (next !== text()) surface.replace(next);
    },
    insert: (piece) => surface.insert(piece),
    focus: () => surface.focus(),
    hasFocus: () => surface.hasFocus(),
    busy: () => surface.busy(),
    select: (span) => surface.select(span),
    format: () => surface.format(),
    mark(next) {
      marks = next;
      surface.mark(next);
    },
    learn(summary) {
      known = summary;
      surface.learn(summary);
    },
    async upgrade(parent, commands) {
      if (begun) return;
      begun = true;
      const { createCodeEditor } = await import('./code-editor.ts');
      await composed(box);
      const focused = surface.hasFocus();
      surface.close();
      const backwards = box.selectionDirection === 'backward';
      const { selectionStart, selectionEnd } = box;
      surface = createCodeEditor({
        parent,
        typed: log.states,
        selection: backwards
          ? { anchor: selectionEnd, head: selectionStart }
          : { anchor: selectionStart, head: selectionEnd },
        onChange: setText,
        ...commands,
      });
      box.remove();
      if (focused) surface.focus();
      surface.learn(known);
      surface.mark(marks);
      setUpgraded(true);
    },
  };
}

/** Resolves when no input method is in the middle of a word in the text box. */
function composed(box: HTMLTextAreaElement): Promise<void> {
  if (box.dataset.composing === undefined) return Promise.resolve();
  return new Promise((resolve) => {
    // Some browsers send the last input only after the end of the composition.
    box.addEventListener('compositionend', () => setTimeout(resolve), { once: true });
  });
}
