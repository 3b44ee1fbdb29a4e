import { For, Show } from 'solid-js';
import type { Provenance } from '../../runtime/api.ts';
import styles from './provenance.module.css';

/** What was chosen among several ways, and why the others lost. */
export function DecisionsSection(props: { readonly decisions: Provenance['decisions'] }) {
  const contested = () => props.decisions.filter((decision) => decision.alternatives.length > 0);
  return (
    <Show when={contested().length > 0}>
      <details class={styles.section}>
        <summary>Choices made</summary>
        <ul class={`${styles.content} ${styles.list}`}>
          <For each={contested()}>
            {(decision) => (
              <li>
                {decision.domain} for {decision.subject}: <code>{decision.chosen}</code>
                <ul class={styles.steps}>
                  <For each={decision.alternatives}>
                    {(other) => (
                      <li class={styles.muted}>
                        not <code>{other.name}</code>: {other.reason}
                      </li>
                    )}
                  </For>
                </ul>
              </li>
            )}
          </For>
        </ul>
      </details>
    </Show>
  );
}
