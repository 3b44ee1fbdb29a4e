import { PageLinks } from './header.tsx';
import styles from './tab-bar.module.css';

/** The pages at the bottom of a phone. */
export function TabBar() {
  return (
    <nav class={styles.bar} aria-label="Pages">
      <PageLinks />
    </nav>
  );
}
