import { type Accessor, batch, createEffect, createSignal, onCleanup } from 'solid-js';
import type { OutlinedText, OutlineFault, QuestionOutline, Refusal, Session } from '../../runtime/api.ts';

/** A question as choices, bound to its text: what is chosen is written, and what is written is chosen. */
export interface Builder {
  /** Whether a text has been read: before that there is nothing to choose. */
  readonly isReady: Accessor<boolean>;
  /** The choices as shown. */
  readonly outline: Accessor<QuestionOutline>;
  /** What may be chosen next, for the text last read. */
  readonly known: Accessor<OutlinedText>;
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

/** How long typing in a field must rest before the choices are written, in milliseconds. */
const REST = 200;

/** What is known before a text was read. */
const NOTHING: OutlinedText = {
  outline: {
    explain: false,
    definitions: [],
    items: [],
    from: null,
    anchor: [],
    where: [],
    having: [],
    order: [],
    limit: null,
  },
  choices: { families: [], countable: [], dimensions: [], filters: [], attributes: [], schemas: [] },
  columns: [],
  hasComments: false,
};

/** Binds choices to a text. Belongs to the owner that is current when it is called. */
export function createBuilder({ text, replace, session }: BuilderOptions): Builder {
  const [isReady, setReady] = createSignal(false);
  const [outline, setOutline] = createSignal(NOTHING.outline);
  const [known, setKnown] = createSignal(NOTHING);
  const [fault, setFault] = createSignal<OutlineFault | null>(null);
  const [refusal, setRefusal] = createSignal<Refusal | null>(null);
  /** Counts changes and texts: what was asked before the latest is not taken up. */
  let latest = 0;
  /** Changed, and not written yet. */
  let unwritten: QuestionOutline | null = null;
  let writing: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** The text that the choices shown were last written as. */
  let own: string | null = null;
  /** The text was changed by something else and is being read: the choices shown are not its own. */
  let isBehind = false;

  const read = async (asked: string, version: number) => {
    const open = session();
    if (open === null) return;
    try {
      const found = await open.outline(asked);
      if (version !== latest) return;
      isBehind = false;
      batch(() => {
        if ('code' in found) {
          setRefusal(found);
          return;
        }
        setRefusal(null);
        setFault(null);
        setKnown(found);
        setOutline(found.outline);
        setReady(true);
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
    isBehind = asked !== own;
    if (isBehind) own = null;
    void read(asked, latest);
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
    isReady,
    outline,
    known,
    fault,
    refusal,
    change(next, how = 'now') {
      // Written now it would undo what was just typed in the text.
      if (isBehind) return;
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
