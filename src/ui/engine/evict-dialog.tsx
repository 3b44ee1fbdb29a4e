import { createSignal } from 'solid-js';
import button from '../controls/button.module.css';
import { Dialog } from '../controls/dialog.tsx';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { useApp } from '../shell/app-context.ts';
import styles from './evict-dialog.module.css';

/** Asks before everything stored goes: how many bytes, and what it costs to have it again. */
export function EvictDialog(props: { readonly onClose: () => void }) {
  const app = useApp();
  const { sessions } = app;
  const [busy, setBusy] = createSignal(false);
  const bytes = () => sessions.entries().reduce((sum, entry) => sum + entry.bytes, 0);
  const cost = () => sessions.entries().reduce((sum, entry) => sum + entry.computeMilliseconds, 0);
  const evict = async () => {
    setBusy(true);
    try {
      const count = (await sessions.session()?.engine.evict()) ?? 0;
      app.announce(`Evicted ${countOf(count, 'entry', 'entries', app.locale())}.`);
    } finally {
      sessions.refresh();
      props.onClose();
    }
  };
  return (
    <Dialog title="Evict all entries?" onClose={props.onClose}>
      <p class={styles.text}>
        {countOf(sessions.entries().length, 'entry', 'entries', app.locale())}, {formatBytes(bytes())}. Computing them
        again took {formatDuration(cost())} last time. No source is touched, and no answer changes.
      </p>
      <div class={styles.actions}>
        <button type="button" class={button.primary} disabled={busy()} onClick={evict}>
          Evict all
        </button>
        <button type="button" class={button.bordered} onClick={() => props.onClose()}>
          Keep them
        </button>
      </div>
    </Dialog>
  );
}
