import { type Accessor, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { CollectionSummary, Diagnosis, Session } from '../../runtime/api.ts';

/** What checking a text said, and of which text. */
export interface CheckedText {
  readonly text: string;
  readonly diagnosis: Diagnosis;
}

/** How long typing must rest before the text is checked, in milliseconds. */
const REST = 150;

/**
 * Checks the text while it is typed, and again where what is known of the collection has changed: the latest result, or
 * null before the first. The first check waits for nothing.
 */
export function createDiagnosis(
  text: Accessor<string>,
  session: Accessor<Session | null>,
  summary: Accessor<CollectionSummary | null>,
): Accessor<CheckedText | null> {
  const [checked, setChecked] = createSignal<CheckedText | null>(null);
  const known = createMemo(() => {
    const told = summary();
    if (told === null) return '';
    const { manifestFingerprint, edges, sources } = told;
    return [
      manifestFingerprint,
      ...edges.map(({ status }) => status),
      ...sources.map((each) => each.contentHash),
    ].join();
  });
  createEffect(() => {
    known();
    const asked = text();
    const open = session();
    if (open === null) return;
    if (asked.trim() === '') {
      setChecked(null);
      return;
    }
    let stopped = false;
    const check = async () => {
      try {
        const diagnosis = await open.check(asked);
        if (!stopped) setChecked({ text: asked, diagnosis });
      } catch {
        // Nothing to underline: running the question reports what broke.
      }
    };
    // What a check has found is no reason to check again.
    const timer = setTimeout(check, untrack(checked) === null ? 0 : REST);
    onCleanup(() => {
      stopped = true;
      clearTimeout(timer);
    });
  });
  return checked;
}
