import { Glyph } from '../icons/glyph.tsx';
import type { BadgeWords } from '../words/served-from.ts';
import styles from './badge.module.css';

/** Where the answer came from: glyph, words and colour say the same. */
export function Badge(props: { readonly words: BadgeWords; readonly onPress?: () => void }) {
  return (
    <button
      type="button"
      class={styles.badge}
      data-role={props.words.role}
      data-testid="served-from"
      data-tip={props.words.sentence}
      aria-label={`${props.words.text}. ${props.words.sentence}`}
      onClick={() => props.onPress?.()}
    >
      <Glyph kind={props.words.glyph} />
      {props.words.text}
    </button>
  );
}
