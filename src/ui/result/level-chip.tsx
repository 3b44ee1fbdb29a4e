import { LevelDots } from '../icons/glyph.tsx';
import { type Level, levelDots, levelSentence } from '../words/level.ts';
import styles from './level-chip.module.css';

/** How far the answer is proven; no colour, so that it is never read as where it came from. */
export function LevelChip(props: { readonly level: Level; readonly onPress?: () => void }) {
  return (
    <button
      type="button"
      class={styles.chip}
      data-testid="level"
      data-tip={levelSentence(props.level)}
      aria-label={levelSentence(props.level)}
      onClick={() => props.onPress?.()}
    >
      {props.level}
      <LevelDots filled={levelDots(props.level)} />
    </button>
  );
}
