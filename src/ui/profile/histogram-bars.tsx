import { For } from 'solid-js';
import type { ColumnProfile, HistogramBin } from '../../runtime/api.ts';
import { countOf } from '../format/count.ts';
import styles from './profile.module.css';
import { binText, histogramWords } from './profile-words.ts';

const WIDTH = 160;
const HEIGHT = 32;

/** A bar a bin; told in a sentence to who cannot see it, and bin by bin under the pointer. */
export function HistogramBars(props: {
  readonly bins: readonly HistogramBin[];
  readonly column: ColumnProfile;
  readonly locale: string;
}) {
  const most = () => Math.max(1, ...props.bins.map(({ rows }) => rows));
  const step = () => WIDTH / props.bins.length;
  // What is there is seen, however little it is.
  const height = (rows: number) => (rows === 0 ? 0 : Math.max(1.5, (rows / most()) * HEIGHT));
  const words = () => histogramWords(props.bins, props.column, props.locale);
  return (
    <svg
      class={styles.bars}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words()}
      preserveAspectRatio="none"
    >
      <For each={props.bins}>
        {(bin, at) => (
          <g>
            <title>{`${binText(bin, props.column, props.locale)}: ${countOf(bin.rows, 'row', 'rows', props.locale)}`}</title>
            <rect class={styles.ground} x={at() * step()} y={0} width={step()} height={HEIGHT} />
            <rect
              x={at() * step() + 0.5}
              y={HEIGHT - height(bin.rows)}
              width={Math.max(0.5, step() - 1)}
              height={height(bin.rows)}
            />
          </g>
        )}
      </For>
    </svg>
  );
}
