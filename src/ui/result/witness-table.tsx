import { For } from 'solid-js';
import type { Refusal } from '../../runtime/api.ts';
import styles from './witness-table.module.css';

const SHOWN_ROWS = 5;

/** The rows that show why: at most five, as they were printed. */
export function WitnessTable(props: { readonly witness: NonNullable<Refusal['witness']> }) {
  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <caption>What the data shows</caption>
        <thead>
          <tr>
            <For each={props.witness.columns}>{(column) => <th scope="col">{column}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={props.witness.rows.slice(0, SHOWN_ROWS)}>
            {(row) => (
              <tr>
                <For each={row}>{(cell) => <td>{cell === null ? '—' : String(cell)}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
