import { For, Show } from 'solid-js';
import type { Disclosure } from '../../runtime/api.ts';
import { Icon } from '../icons/icon.tsx';
import { phraseOf } from '../words/phrase.ts';
import { PhraseView } from '../words/phrase-view.tsx';
import styles from './caveat-strips.module.css';

interface CaveatStripsProps {
  readonly disclosures: readonly Disclosure[];
  /** The sources changed, and this answer took the place of one that had assumed they had not. */
  readonly replaced: boolean;
  readonly onWhy: () => void;
}

/** What has to be said with an answer, one strip each; a critical one has a red rule and a triangle. */
export function CaveatStrips(props: CaveatStripsProps) {
  return (
    <div class={styles.strips}>
      <Show when={props.replaced}>
        <p class={styles.strip}>
          <Icon name="flag" />
          <span class={styles.text}>
            A source had changed. This answer was computed from its new bytes and took the place of the earlier one.
          </span>
        </p>
      </Show>
      <For each={props.disclosures}>
        {(disclosure) => (
          <p class={styles.strip} data-critical={disclosure.critical ? '' : undefined}>
            <Icon name={disclosure.critical ? 'alert' : 'flag'} />
            <span class={styles.text}>
              <PhraseView phrase={phraseOf(disclosure.message)} />
            </span>
            <button type="button" class={styles.why} onClick={() => props.onWhy()}>
              Why
            </button>
          </p>
        )}
      </For>
    </div>
  );
}
