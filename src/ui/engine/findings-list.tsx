import { For } from 'solid-js';
import type { EntrySummary } from '../../runtime/api.ts';
import { formatLength } from '../format/age.ts';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import { findingSubject, findingsText, findingWord } from './entry-words.ts';
import styles from './folded-list.module.css';

/** What is kept of the data themselves, in a line; unfolded, one by one. */
export function FindingsList(props: { readonly findings: readonly EntrySummary[] }) {
  const app = useApp();
  return (
    <details class={styles.folded}>
      <summary data-testid="findings">{findingsText(props.findings, app.locale())}</summary>
      <ul class={styles.list}>
        <For each={props.findings}>
          {(finding) => (
            <li>
              {findingWord(finding)} <code>{findingSubject(finding)}</code>{' '}
              <span class={styles.more}>
                {countOf(finding.rows, 'row', 'rows', app.locale())}, {formatBytes(finding.bytes)},{' '}
                {formatLength(app.now() - finding.createdAt) ?? 'new'}
              </span>
            </li>
          )}
        </For>
      </ul>
    </details>
  );
}
