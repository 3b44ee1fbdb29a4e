import { type Accessor, batch, createEffect, createSignal, onCleanup, untrack } from 'solid-js';
import type { OutlinedText, OutlineFault, QuestionOutline, Refusal, Session } from '../../runtime/api.ts';

/** A question as choices, bound to its text: what is chosen is written, and what is written is chosen. */
export interface Builder {
  /** The choices as shown; null before the first text was read. */
  readonly outline: Accessor<QuestionOutline | null>;
  /** What may be chosen next, for the text last read. */
  readonly known: Accessor<OutlinedText | null>;
  /** A choice that cannot be written yet: the text stands as it was. */
  readonly fault: Accessor<OutlineFault | null>;
  /** Why the text is no statement; the choices are then those of the last that was. */
  readonly refusal: Accessor<Refusal | null>;
  /** Changes the choices. While something is typed the text waits for a rest. */
  readonly change: (next: QuestionOutline, how?: 'now' | 'typing') => void;
  /** Resolves when all that was changed stands in the text, or cannot be written. */
  readonly settled: () => Promise<void>;
}

export interface BuilderOptions {
  readonly text: Accessor<string>;
  /** Puts a text in the editor, as one step of undo. */
  readonly replace: (text: string) => void;
  readonly session: Accessor<Pick<Session, 'outline' | 'write'> | null>;
}

/** How long typing must rest before the text is read, or the choices are written, in milliseconds. */
const REST = 200;

/** Binds choices to a text. Belongs to the owner that is current when it is called. */
export function createBuilder({ text, replace, session }: BuilderOptions): Builder {
  const [outline, setOutline] = createSignal<QuestionOutline | null>(null);
  const [known, setKnown] = createSignal<OutlinedText | null>(null);
  const [fault, setFault] = createSignal<OutlineFault | null>(null);
  const [refusal, setRefusal] = createSignal<Refusal | null>(null);
  /** Counts changes and texts: what was asked before the latest is not taken up. */
  let latest = 0;
  /** Changed, and not written yet. */
  let unwritten: QuestionOutline | null = null;
  let writing: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** What stands in the text because of this builder. */
  let own: string | null = null;

  const read = async (asked: string, version: number) => {
    const open = session();
    if (open === null) return;
    try {
      const found = await open.outline(asked);
      if (version !== latest) return;
      batch(() => {
        if ('code' in found) {
          setRefusal(found);
          return;
        }
        setRefusal(null);
        setFault(null);
        setKnown(found);
        setOutline(found.outline);
      });
    } catch {
      // Running the question reports what broke.
    }
  };
  createEffect(() => {
    const asked = text();
    if (session() === null) return;
    latest += 1;
    unwritten = null;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const version = latest;
    const waits = asked !== own && untrack(known) !== null;
    const reading = setTimeout(() => void read(asked, version), waits ? REST : 0);
    onCleanup(() => clearTimeout(reading));
  });

  const write = async (next: QuestionOutline, version: number) => {
    const open = session();
    if (open === null) return;
    const written = await open.write(next);
    if (version !== latest) return;
    if (!written.ok) {
      setFault(written.fault);
      return;
    }
    setFault(null);
    own = written.text;
    replace(written.text);
  };
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = unwritten;
    unwritten = null;
    // A write that fails leaves the text as it was; running the question reports what broke.
    if (next !== null) writing = write(next, latest).catch(() => {});
  };
  onCleanup(() => {
    if (timer !== null) clearTimeout(timer);
  });

  return {
    outline,
    known,
    fault,
    refusal,
    change(next, how = 'now') {
      latest += 1;
      unwritten = next;
      setOutline(next);
      if (how === 'now') flush();
      else {
        if (timer !== null) clearTimeout(timer);
        timer = setTimeout(flush, REST);
      }
    },
    async settled() {
      flush();
      await writing;
    },
  };
}
