import button from '../controls/button.module.css';
import { formatElapsed } from '../format/duration.ts';
import styles from './quiet-panel.module.css';

/** A question that was stopped. */
export function CancelledPanel(props: { readonly milliseconds: number; readonly onAgain: () => void }) {
  return (
    <div class={styles.panel}>
      <p class={styles.sentence} data-testid="cancelled">
        Cancelled after {formatElapsed(props.milliseconds)}. Nothing was kept.
      </p>
      <div class={styles.actions}>
        <button type="button" class={button.bordered} onClick={() => props.onAgain()}>
          Run again
        </button>
      </div>
    </div>
  );
}
