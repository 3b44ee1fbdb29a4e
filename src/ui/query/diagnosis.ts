import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type { Diagnosis, Session } from '../../runtime/api.ts';

/** What checking a text said, and of which text. */
export interface CheckedText {
  readonly text: string;
  readonly diagnosis: Diagnosis;
}

/** How long typing must rest before the text is checked, in milliseconds. */
const REST = 150;

/** Checks the text while it is typed: the latest result, or null before the first. The first check waits for nothing. */
export function createDiagnosis(
  text: Accessor<string>,
  session: Accessor<Session | null>,
): Accessor<CheckedText | null> {
  const [checked, setChecked] = createSignal<CheckedText | null>(null);
  createEffect(() => {
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
    const timer = setTimeout(check, checked() === null ? 0 : REST);
    onCleanup(() => {
      stopped = true;
      clearTimeout(timer);
    });
  });
  return checked;
}
