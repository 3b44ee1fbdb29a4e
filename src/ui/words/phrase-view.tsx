import { For } from 'solid-js';
import type { Phrase } from './phrase.ts';
import styles from './phrase-view.module.css';

/** Shows a phrase; its names are set in code. */
export function PhraseView(props: { readonly phrase: Phrase }) {
  return (
    <For each={props.phrase}>
      {(part) => (typeof part === 'string' ? part : <code class={styles.name}>{part.code}</code>)}
    </For>
  );
}
