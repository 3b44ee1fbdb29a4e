import { createSignal, For, Show } from 'solid-js';
import button from '../controls/button.module.css';
import { writeClipboard } from '../controls/clipboard.ts';
import { Icon } from '../icons/icon.tsx';
import type { Defect } from '../words/defect.ts';
import { phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import styles from './defect-panel.module.css';

interface DefectPanelProps {
  readonly defect: Defect;
  /** What is safe, in a sentence; empty where nothing is known of it. */
  readonly safe: string;
  readonly onRestart: () => void;
  readonly onAgain: () => void;
}

/** Something broke: what, where, the way on, and that nothing was lost. */
export function DefectPanel(props: DefectPanelProps) {
  const [copied, setCopied] = createSignal('');
  const copy = async () => {
    try {
      await writeClipboard(props.defect.details);
      setCopied('Copied');
    } catch {
      setCopied('Not allowed to copy: open the details and select them');
    }
  };
  const act = () => {
    switch (props.defect.action) {
      case 'reload':
        return location.reload();
      case 'restart':
        return props.onRestart();
      case 'again':
        return props.onAgain();
    }
  };
  const actionLabel = () => {
    switch (props.defect.action) {
      case 'reload':
        return 'Reload';
      case 'restart':
        return 'Restart and run again';
      case 'again':
        return 'Run again';
    }
  };
  return (
    <section class={styles.panel} role="alert" aria-labelledby="defect-heading" data-testid="defect">
      <h2 id="defect-heading" class={styles.heading}>
        <Icon name="alert" size={18} />
        {props.defect.heading}
      </h2>
      <p>
        <PhraseView phrase={phraseOf(props.defect.message)} />
      </p>
      <Show when={props.defect.issues.length > 0}>
        <ul class={styles.issues}>
          <For each={props.defect.issues}>
            {(issue) => (
              <li>
                <code>
                  {issue.file}:{issue.line}:{issue.column}
                </code>
                <span>
                  <PhraseView phrase={phraseOf(issue.message)} />
                </span>
                <code class={styles.code}>{issue.code}</code>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class={styles.remedy}>{props.defect.remedy}</p>
      <Show when={props.safe !== ''}>
        <p class={styles.safe}>{props.safe}</p>
      </Show>
      <div class={styles.actions}>
        <button type="button" class={button.primary} onClick={act}>
          {actionLabel()}
        </button>
        <Show when={props.defect.action !== 'reload'}>
          <button type="button" class={button.bordered} onClick={() => location.reload()}>
            Reload
          </button>
        </Show>
        <button type="button" class={button.bordered} onClick={copy}>
          Copy details
        </button>
        <output class={styles.copied}>{copied()}</output>
      </div>
      <details class={styles.details}>
        <summary>Details</summary>
        <pre>{props.defect.details}</pre>
      </details>
    </section>
  );
}
