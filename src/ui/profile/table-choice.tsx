import { For, Show } from 'solid-js';
import type { CollectionSummary } from '../../runtime/api.ts';
import empty from '../controls/empty.module.css';
import field from '../controls/field.module.css';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { useApp } from '../shell/app-context.ts';
import { engineRoute, printRoute } from '../shell/router.ts';
import styles from './profile.module.css';

type Source = CollectionSummary['sources'][number];

/** The tables to choose from, while none is chosen. */
export function TableChoice(props: { readonly sources: readonly Source[] }) {
  const app = useApp();
  const size = ({ rows, bytes, reason }: Source) => {
    if (rows === null) return reason ?? 'not read yet';
    return [countOf(rows, 'row', 'rows', app.locale()), ...(bytes === null ? [] : [formatBytes(bytes)])].join(' · ');
  };
  return (
    <section class={styles.section} aria-labelledby="choice-title">
      <h2 id="choice-title">Choose a table</h2>
      <p class={styles.quiet}>
        Its rows are read once in this tab; the profile is kept for as long as the file is the same.
      </p>
      <Show when={props.sources.length === 0}>
        <p class={empty.empty}>The tables appear here once the collection is open.</p>
      </Show>
      <ul class={styles.choices}>
        <For each={props.sources}>
          {(source) => (
            <li>
              <a class={styles.choice} href={printRoute(engineRoute('profile', source.name))}>
                <span class={styles.name}>{source.name}</span>
                <span class={styles.quiet}>{size(source)}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

/** Another table, by the keyboard's usual means. */
export function TableSelect(props: { readonly sources: readonly Source[]; readonly table: string }) {
  const app = useApp();
  const names = () => {
    const known = props.sources.map(({ name }) => name);
    return known.includes(props.table) ? known : [...known, props.table];
  };
  return (
    <label class={styles.select}>
      Table
      <select
        class={field.field}
        data-testid="profile-table"
        value={props.table}
        onChange={(event) => app.router.go(engineRoute('profile', event.currentTarget.value), 'push')}
      >
        <For each={names()}>{(name) => <option value={name}>{name}</option>}</For>
      </select>
    </label>
  );
}
