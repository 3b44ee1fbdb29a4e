import { For, Show } from 'solid-js';
import type { Provenance } from '../../runtime/api.ts';
import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { useApp } from '../shell/app-context.ts';
import styles from './provenance.module.css';

/** The sources behind the answer, by the hash of their bytes, and the columns each series read. */
export function SourcesSection(props: { readonly provenance: Provenance }) {
  const app = useApp();
  const lineage = () => Object.entries(props.provenance.lineage);
  return (
    <details class={styles.section}>
      <summary>
        Sources and fingerprints
        <span class={styles.way}>{props.provenance.sources.length}</span>
      </summary>
      <div class={styles.content}>
        <ul class={styles.list}>
          <For each={props.provenance.sources}>
            {(source) => (
              <li>
                {source.name}, {countOf(source.rows, 'row', 'rows', app.locale())}
                <Show when={source.assumed}> (its server gave no proof that it is unchanged)</Show>
                <br />
                <span class={styles.muted}>
                  sha256 <code title={source.contentHash}>{shortHash(source.contentHash)}</code>
                  <Show when={source.provenMilliseconds !== null}>
                    , proven {formatDuration(source.provenMilliseconds ?? 0)} before the answer
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={lineage().length > 0}>
          <dl class={styles.facts}>
            <For each={lineage()}>
              {([column, origins]) => (
                <>
                  <dt>{column}</dt>
                  <dd>{origins.join(', ')}</dd>
                </>
              )}
            </For>
          </dl>
        </Show>
      </div>
    </details>
  );
}

function shortHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 12)}…${hash.slice(-4)}` : hash;
}
