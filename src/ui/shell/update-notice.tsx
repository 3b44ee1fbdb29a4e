import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { updatedPage } from '../words/defect.ts';
import styles from './update-notice.module.css';

/** A strip that asks for a reload, shown when a part of the page is gone from the server after an update. */
export function UpdateNotice() {
  const [missing, setMissing] = createSignal<string | null>(null);
  onMount(() => {
    const onMissing = (event: Event) => {
      setMissing('payload' in event && event.payload instanceof Error ? event.payload.message : 'a part of the page');
    };
    window.addEventListener('vite:preloadError', onMissing);
    onCleanup(() => window.removeEventListener('vite:preloadError', onMissing));
  });
  return (
    <Show when={missing()}>
      {(detail) => (
        <div class={styles.notice} role="alert" data-testid="update-notice">
          <p>
            <b>{updatedPage(detail()).heading}.</b> {updatedPage(detail()).remedy}
          </p>
          <button type="button" class={button.primary} onClick={() => location.reload()}>
            Reload
          </button>
        </div>
      )}
    </Show>
  );
}
