import { Show } from 'solid-js';
import { Icon } from '../icons/icon.tsx';
import styles from './builder.module.css';

interface RowButtonsProps {
  /** What the row is, for the names of the buttons. */
  readonly label: string;
  readonly onRemove: () => void;
  /** Moves the row; none where its place means nothing. */
  readonly onMove?: (step: 1 | -1) => void;
  readonly isFirst?: boolean;
  readonly isLast?: boolean;
}

/** What can be done with a row as a whole. */
export function RowButtons(props: RowButtonsProps) {
  return (
    <span class={styles.buttons}>
      <Show when={props.onMove}>
        {(move) => (
          <>
            <button
              type="button"
              class={styles.remove}
              aria-label={`Move ${props.label} up`}
              disabled={props.isFirst}
              onClick={() => move()(-1)}
            >
              <Icon name="up" size={12} />
            </button>
            <button
              type="button"
              class={styles.remove}
              aria-label={`Move ${props.label} down`}
              disabled={props.isLast}
              onClick={() => move()(1)}
            >
              <Icon name="down" size={12} />
            </button>
          </>
        )}
      </Show>
      <button type="button" class={styles.remove} aria-label={`Remove ${props.label}`} onClick={() => props.onRemove()}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
