import { For, Show } from 'solid-js';
import type { EngineStatistics } from '../../runtime/api.ts';
import empty from '../controls/empty.module.css';
import { Icon } from '../icons/icon.tsx';
import styles from './faults-list.module.css';

/** What went wrong and was survived, in plain words. */
export function FaultsList(props: { readonly faults: EngineStatistics['faults'] }) {
  return (
    <Show
      when={props.faults.length > 0}
      fallback={<p class={empty.empty}>No faults: every stored file that was read matched its checksum.</p>}
    >
      <ul class={styles.list} data-testid="faults">
        <For each={props.faults}>
          {(fault) => (
            <li class={styles.fault}>
              <Icon name="alert" />
              <span>
                {fault.message} <span class={styles.kind}>{fault.kind}</span>
              </span>
              <span class={styles.count}>{fault.count} ×</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
