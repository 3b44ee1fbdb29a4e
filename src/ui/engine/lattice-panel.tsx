import { createMemo, createSignal, For, Show } from 'solid-js';
import empty from '../controls/empty.module.css';
import field from '../controls/field.module.css';
import { countOf } from '../format/count.ts';
import { GraphView } from '../graph/graph-view.tsx';
import { useApp } from '../shell/app-context.ts';
import { createEntryActs } from './entry-acts.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import folded from './folded-list.module.css';
import { descentText, latticeGroups, latticeOf } from './lattice.ts';
import styles from './lattice-panel.module.css';

/** What is stored as a picture of what was made from what; a press of an entry opens its evidence. */
export function LatticePanel() {
  const app = useApp();
  const { sessions } = app;
  const [wanted, setWanted] = createSignal('');
  const [opened, setOpened] = createSignal<string | null>(null);
  const acts = createEntryActs();
  const byKey = createMemo(() => new Map(sessions.entries().map((entry) => [entry.key, entry])));
  const groups = createMemo(() => latticeGroups(sessions.entries()));
  const group = () => groups().find(({ id }) => id === wanted()) ?? groups()[0];
  const lattice = createMemo(
    () => {
      const drawn = group();
      return drawn === undefined ? null : latticeOf(drawn, byKey(), app.locale());
    },
    undefined,
    // What was told again and is the same is not drawn again.
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  return (
    <Show
      when={lattice()}
      fallback={
        <p class={empty.empty}>
          {sessions.summary()?.engineOff
            ? 'No lattice while the engine is off: nothing is stored that could be rolled up.'
            : 'No lattice yet: it shows which stored states were rolled up from which. Ask something on the Query page.'}
        </p>
      }
    >
      {(drawn) => (
        <div class={styles.panel} data-testid="lattice">
          <div class={styles.tools}>
            <label>
              Show{' '}
              <select
                class={field.field}
                value={group()?.id}
                onChange={(event) => setWanted(event.currentTarget.value)}
              >
                <For each={groups()}>
                  {({ id, label, entries }) => (
                    <option value={id} selected={id === group()?.id}>
                      {label} ({entries.length})
                    </option>
                  )}
                </For>
              </select>
            </label>
            <span class={styles.about}>
              An arrow leads from what was read to what was made of it.
              <Show when={drawn().hidden > 0}>
                {' '}
                The most asked are drawn; {countOf(drawn().hidden, 'entry', 'entries', app.locale())} more{' '}
                {drawn().hidden === 1 ? 'is' : 'are'} in the list of entries.
              </Show>
            </span>
          </div>
          <GraphView
            name="The roll-up lattice, from the backend to the coarsest anchors"
            nodes={drawn().nodes}
            edges={drawn().edges}
            direction={app.layout() === 'phone' ? 'down' : 'right'}
            onPress={(id) => {
              if (byKey().has(id)) setOpened(id);
            }}
            caption={(id) => (
              <Show
                when={byKey().get(id ?? '')}
                fallback="Choose an entry to see where it came from; Enter or a click opens it, arrows move between boxes."
              >
                {(entry) => <>{descentText(entry(), byKey())}</>}
              </Show>
            )}
          />
          <details class={folded.folded}>
            <summary>The lattice as a list</summary>
            <ul class={folded.list} data-testid="lattice-list">
              <For each={drawn().nodes.filter(({ kind }) => kind === 'entry')}>{({ spoken }) => <li>{spoken}</li>}</For>
            </ul>
          </details>
          <Show when={byKey().get(opened() ?? '')}>
            {(entry) => <EntryDrawer entry={entry()} byKey={byKey()} acts={acts} onClose={() => setOpened(null)} />}
          </Show>
        </div>
      )}
    </Show>
  );
}
