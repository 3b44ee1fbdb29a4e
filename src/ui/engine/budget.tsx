import { formatBytes } from '../format/bytes.ts';
import { formatPercent } from '../format/percent.ts';
import styles from './budget.module.css';

/** How much of the space for entries is used. */
export function Budget(props: { readonly bytes: number; readonly budget: number }) {
  const ratio = () => (props.budget > 0 ? props.bytes / props.budget : 0);
  return (
    <div class={styles.budget}>
      <meter class={styles.meter} min={0} max={1} value={Math.min(1, ratio())} aria-label="Space used by entries" />
      <span>
        {formatBytes(props.bytes)} of {formatBytes(props.budget)} ({formatPercent(ratio())})
      </span>
    </div>
  );
}
