import { For, Show } from 'solid-js';
import type { ColumnProfile, ServedProfile } from '../../runtime/api.ts';
import { formatCount } from '../format/count.ts';
import { formatPercent } from '../format/percent.ts';
import { useApp } from '../shell/app-context.ts';
import { HistogramBars } from './histogram-bars.tsx';
import styles from './profile.module.css';
import { distinctNote, distinctText, nullsText, valueText } from './profile-words.ts';

/** One row a column: what its values are, and what it looks like. */
export function ColumnsTable(props: { readonly profile: ServedProfile }) {
  const app = useApp();
  return (
    <table class={styles.table} data-testid="profile-columns">
      <caption class="visually-hidden">Columns of {props.profile.table}</caption>
      <thead>
        <tr>
          <th scope="col">column</th>
          <th scope="col">looks like</th>
          <th scope="col" class={styles.number}>
            NULL
          </th>
          <th scope="col" class={styles.number}>
            distinct
          </th>
          <th scope="col">range</th>
          <th scope="col">values</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.profile.columns}>
          {(column) => (
            <tr data-column={column.name}>
              <th scope="row">
                <span class={styles.name}>{column.name}</span>
                <span class={styles.quiet}>
                  {column.type}
                  {column.level === null || column.level === 'day' ? '' : ` of a ${column.level}`}
                </span>
                <Show when={column.caveat}>{(caveat) => <span class={styles.caveat}>{caveat()}</span>}</Show>
              </th>
              <td data-label="looks like">
                <span class={styles.kind} data-kind={column.kind.hint}>
                  {column.kind.hint}
                </span>
                <span class={styles.quiet}>{column.kind.evidence.join('; ')}</span>
              </td>
              <td data-label="NULL" class={styles.number}>
                {nullsText(column, props.profile.rows, app.locale())}
              </td>
              <td data-label="distinct" class={styles.number}>
                <span>{distinctText(column, app.locale())}</span>
                <Show when={distinctNote(column)}>{(note) => <span class={styles.quiet}>{note()}</span>}</Show>
              </td>
              <td data-label="range">
                <Range column={column} locale={app.locale()} />
              </td>
              <td data-label="values">
                <Values column={column} rows={props.profile.rows} locale={app.locale()} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly column: ColumnProfile;
  readonly locale: string;
}

function Range(props: CellProps) {
  const text = (value: ColumnProfile['min']) => valueText(value, props.column, props.locale);
  return (
    <Show when={props.column.min !== null} fallback="—">
      <span class={styles.range}>
        <span>{text(props.column.min)}</span>
        <span class={styles.quiet}>to</span>
        <span>{text(props.column.max)}</span>
      </span>
      <Show when={props.column.histogram}>
        {(bins) => <HistogramBars bins={bins()} column={props.column} locale={props.locale} />}
      </Show>
    </Show>
  );
}

function Values(props: CellProps & { readonly rows: number }) {
  const first = () => props.column.top[0];
  const isEachOnce = () => first()?.rows === 1;
  const text = (value: ColumnProfile['min']) => valueText(value, props.column, props.locale);
  return (
    <Show when={first()} fallback="—">
      {(most) => (
        <details class={styles.values}>
          <summary>
            <Show when={!isEachOnce()} fallback="each value once">
              <span class={styles.value}>{text(most().value)}</span>{' '}
              <span class={styles.quiet}>in {formatPercent(most().rows / props.rows)} of rows</span>
            </Show>
          </summary>
          <ol>
            <For each={props.column.top}>
              {({ value, rows }) => (
                <li>
                  <span class={styles.value}>{text(value)}</span>
                  <span class={styles.number}>{formatCount(rows, props.locale)}</span>
                  <span class={styles.share} style={{ '--share': `${(100 * rows) / most().rows}%` }} />
                </li>
              )}
            </For>
          </ol>
          <Show when={props.column.quantiles}>
            {(quantiles) => (
              <dl class={styles.quantiles}>
                <For each={quantiles().at}>
                  {({ share, value }) => (
                    <div>
                      <dt>{share === 0.5 ? 'median' : formatPercent(share)}</dt>
                      <dd>
                        {quantiles().error === null ? '' : '≈ '}
                        {text(value)}
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            )}
          </Show>
        </details>
      )}
    </Show>
  );
}
