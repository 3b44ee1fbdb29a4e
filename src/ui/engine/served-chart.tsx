import { createMemo, For, Show } from 'solid-js';
import type { ServedOverTime } from '../../runtime/api.ts';
import { formatCount } from '../format/count.ts';
import { formatPercent } from '../format/percent.ts';
import { useApp } from '../shell/app-context.ts';
import { SERVED_PATHS, servedBars } from './served-bars.ts';
import styles from './served-chart.module.css';

const [WIDTH, HEIGHT] = [600, 56];

/** How the states that answers needed were served over this session: bars by path, and the same as a table. */
export function ServedChart(props: { readonly served: ServedOverTime }) {
  const app = useApp();
  const bars = createMemo(() => servedBars(props.served));
  const minutes = () => Math.round(props.served.span / 60_000);
  const time = (start: number) =>
    new Date(start).toLocaleTimeString(app.locale(), { hour: '2-digit', minute: '2-digit' });
  const total = (path: (typeof SERVED_PATHS)[number]['path']) =>
    props.served.buckets.reduce((sum, bucket) => sum + bucket[path], 0);
  const all = () => SERVED_PATHS.reduce((sum, { path }) => sum + total(path), 0);
  return (
    <Show
      when={bars().length > 0}
      fallback={<p class={styles.none}>Nothing was served in this session yet: ask something on the Query page.</p>}
    >
      <figure class={styles.figure} aria-label="How states were served in this session">
        <figcaption class={styles.caption}>
          <span>
            Served since {time(bars()[0]?.start ?? 0)}, per {minutes() === 1 ? 'minute' : `${minutes()} minutes`}
            <span class={styles.hint}> warm-up included</span>
          </span>
          <For each={SERVED_PATHS}>
            {({ path, label }) => (
              <span class={styles.key} data-path={path}>
                {label} {formatCount(total(path), app.locale())} ({formatPercent(total(path) / all())})
              </span>
            )}
          </For>
        </figcaption>
        <svg class={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
          <For each={bars()}>
            {({ left, width, parts }) => (
              <For each={parts}>
                {({ path, from, to }) => (
                  <rect
                    data-path={path}
                    x={left * WIDTH + 1}
                    width={Math.max(1, width * WIDTH - 2)}
                    y={(1 - to) * HEIGHT}
                    height={(to - from) * HEIGHT}
                  />
                )}
              </For>
            )}
          </For>
        </svg>
        <details class={styles.table}>
          <summary>As a table</summary>
          <div class={styles.scroll}>
            <table data-testid="served-over-time">
              <thead>
                <tr>
                  <th scope="col">from</th>
                  <For each={SERVED_PATHS}>{({ label }) => <th scope="col">{label}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={props.served.buckets}>
                  {(bucket) => (
                    <tr>
                      <th scope="row">
                        <time datetime={new Date(bucket.start).toISOString()}>{time(bucket.start)}</time>
                      </th>
                      <For each={SERVED_PATHS}>{({ path }) => <td>{formatCount(bucket[path], app.locale())}</td>}</For>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </details>
      </figure>
    </Show>
  );
}
