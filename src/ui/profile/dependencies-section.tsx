import { For, Show } from 'solid-js';
import type { Dependency, ProfileValue, ServedProfile } from '../../runtime/api.ts';
import empty from '../controls/empty.module.css';
import { countOf, formatCount } from '../format/count.ts';
import { formatPercent } from '../format/percent.ts';
import { useApp } from '../shell/app-context.ts';
import styles from './profile.module.css';
import { valueText, verdictText } from './profile-words.ts';

/** Which columns determine which: keys, constants, and candidates for edges with what the rows say of each. */
export function DependenciesSection(props: { readonly profile: ServedProfile }) {
  const app = useApp();
  const found = () => props.profile.dependencies;
  return (
    <section class={styles.section} data-testid="profile-dependencies" aria-labelledby="dependencies-title">
      <h2 id="dependencies-title">Which columns determine which</h2>
      <p class={styles.quiet}>
        Left sides of up to {found().arity} columns; each candidate was checked on every row. Those that do not hold are
        told up to {formatPercent(found().nearLimit)} of the rows that test them.
      </p>
      <Show when={found().keys.length > 0}>
        <p>
          Keys: <NameSets sets={found().keys} />. They determine every column.
        </p>
      </Show>
      <Show when={found().constants.length > 0}>
        <p>
          The same in every row: <NameSets sets={found().constants.map((name) => [name])} />.
        </p>
      </Show>
      <Show
        when={found().candidates.length > 0}
        fallback={<p class={empty.empty}>No column is determined by others, beyond what keys and constants say.</p>}
      >
        <table class={styles.table}>
          <caption class="visually-hidden">Candidates for functional dependencies of {props.profile.table}</caption>
          <thead>
            <tr>
              <th scope="col">candidate</th>
              <th scope="col">the rows say</th>
              <th scope="col" class={styles.number}>
                left sides
              </th>
              <th scope="col" class={styles.number}>
                violations
              </th>
              <th scope="col">for example</th>
            </tr>
          </thead>
          <tbody>
            <For each={found().candidates}>
              {(candidate) => (
                <tr data-holds={candidate.holds}>
                  <th scope="row">
                    <code>
                      {candidate.left.join(', ')} → {candidate.right}
                    </code>
                  </th>
                  <td data-label="the rows say">{verdictText(candidate, app.locale())}</td>
                  <td data-label="left sides" class={styles.number}>
                    {formatCount(candidate.groups, app.locale())}
                  </td>
                  <td data-label="violations" class={styles.number}>
                    {formatCount(candidate.violations, app.locale())}
                  </td>
                  <td data-label="for example">
                    <Example candidate={candidate} profile={props.profile} locale={app.locale()} />
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <Show when={found().omitted > 0}>
        <p class={styles.quiet}>
          {countOf(found().omitted, 'more candidate', 'more candidates', app.locale())} not shown.
        </p>
      </Show>
      <For each={found().leftOut}>
        {({ column, reason }) => (
          <p class={styles.quiet}>
            Not searched in full: <code>{column}</code>, {reason}.
          </p>
        )}
      </For>
    </section>
  );
}

function NameSets(props: { readonly sets: readonly (readonly string[])[] }) {
  return (
    <For each={props.sets}>
      {(names, at) => (
        <>
          {at() === 0 ? '' : ', '}
          <code>{names.length === 1 ? names[0] : `(${names.join(', ')})`}</code>
        </>
      )}
    </For>
  );
}

function Example(props: { readonly candidate: Dependency; readonly profile: ServedProfile; readonly locale: string }) {
  const text = (name: string | undefined, value: ProfileValue | null) => {
    const column = props.profile.columns.find((each) => each.name === name);
    return column === undefined ? String(value) : valueText(value, column, props.locale);
  };
  const left = () => props.candidate.example.left.map((value, at) => text(props.candidate.left[at], value)).join(', ');
  return (
    <span>
      {left()} →{' '}
      <For each={props.candidate.example.right}>
        {({ value, rows }, at) => (
          <>
            {at() === 0 ? '' : '; '}
            {text(props.candidate.right, value)}{' '}
            <span class={styles.quiet}>({countOf(rows, 'row', 'rows', props.locale)})</span>
          </>
        )}
      </For>
    </span>
  );
}
