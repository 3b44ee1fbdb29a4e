import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js';
import button from '../controls/button.module.css';
import empty from '../controls/empty.module.css';
import field from '../controls/field.module.css';
import { countOf } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { useApp } from '../shell/app-context.ts';
import styles from './entries-tab.module.css';
import { EntriesTable } from './entries-table.tsx';
import { createEntryActs } from './entry-acts.ts';
import { FIRST_ORDER, matchingEntries, orderAfter, sortedEntries } from './entry-columns.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { EvictedList } from './evicted-list.tsx';
import { FindingsList } from './findings-list.tsx';
import { OrderChoice } from './order-choice.tsx';
import { Pager } from './pager.tsx';

/** Lines shown at once: what a person reads, and a page draws in no time, however many entries there are. */
const PAGE_SIZE = 50;

/** The stored states: filtered, sorted, a page at a time; what is known of the data beside them. */
export function EntriesTab() {
  const app = useApp();
  const { sessions } = app;
  const [filter, setFilter] = createSignal('');
  const [order, setOrder] = createSignal(FIRST_ORDER);
  const [page, setPage] = createSignal(0);
  const [opened, setOpened] = createSignal<string | null>(null);
  const acts = createEntryActs();
  const byKey = createMemo(() => new Map(sessions.entries().map((entry) => [entry.key, entry])));
  const metric = createMemo(() => sessions.entries().filter(({ domain }) => domain === 'metric'));
  const findings = () => sessions.entries().filter(({ domain }) => domain === 'qm');
  const found = createMemo(() => sortedEntries(matchingEntries(metric(), filter()), order(), byKey()));
  const present = () => Math.min(page(), Math.max(0, Math.ceil(found().length / PAGE_SIZE) - 1));
  const keys = () =>
    found()
      .slice(present() * PAGE_SIZE, (present() + 1) * PAGE_SIZE)
      .map(({ key }) => key);
  createEffect(on([filter, order], () => setPage(0), { defer: true }));
  let box: HTMLInputElement | undefined;
  let list: HTMLDivElement | undefined;

  const evict = async (key: string) => {
    const entry = byKey().get(key);
    if (entry === undefined) return;
    const shown = keys();
    const next = shown[shown.indexOf(key) + 1] ?? shown[shown.indexOf(key) - 1];
    await acts.evict(entry);
    // The line is about to go, and the focus with it.
    const line = [...(list?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find(
      (each) => each.dataset.key === next,
    );
    (line?.querySelector('button') ?? box)?.focus();
  };

  return (
    <div class={styles.entries} ref={list}>
      <Show
        when={metric().length > 0}
        fallback={
          <p class={empty.empty}>
            <Switch
              fallback={
                <>
                  Nothing stored yet. Ask something on the Query page, or add a <code>cache_hint</code>.
                </>
              }
            >
              <Match when={sessions.summary()?.engineOff}>Nothing is stored while the engine is off.</Match>
              <Match when={sessions.phase() === 'opening' || sessions.phase() === 'warming'}>
                Entries appear here as warm-up makes them.
              </Match>
            </Switch>
          </p>
        }
      >
        <div class={styles.tools}>
          <label class={styles.filter}>
            <Icon name="search" />
            <input
              ref={box}
              class={field.field}
              type="search"
              value={filter()}
              placeholder="Filter by family, anchor, state or filter"
              aria-label="Filter entries by family, anchor, state or filter"
              onInput={(event) => setFilter(event.currentTarget.value)}
            />
          </label>
          <OrderChoice order={order()} onOrder={setOrder} />
          <span class={styles.count} role="status" data-testid="entry-count">
            {found().length === metric().length
              ? countOf(metric().length, 'entry', 'entries', app.locale())
              : `${countOf(found().length, 'entry', 'entries', app.locale())} of ${metric().length}`}
          </span>
        </div>
        <Show
          when={found().length > 0}
          fallback={
            <p class={empty.empty}>
              No entry has <code>{filter().trim()}</code> in its family, anchor, state or filter.{' '}
              <button
                type="button"
                class={button.bordered}
                onClick={() => {
                  setFilter('');
                  box?.focus();
                }}
              >
                Show all
              </button>
            </p>
          }
        >
          <EntriesTable
            keys={keys()}
            byKey={byKey()}
            order={order()}
            onOrder={(column) => setOrder(orderAfter(order(), column))}
            opened={opened()}
            acts={acts}
            onOpen={setOpened}
            onEvict={evict}
          />
        </Show>
        <Show when={found().length > PAGE_SIZE}>
          <Pager page={present()} pageSize={PAGE_SIZE} total={found().length} onPage={setPage} />
        </Show>
      </Show>
      <Show when={findings().length > 0}>
        <FindingsList findings={findings()} />
      </Show>
      <EvictedList />
      <Show when={byKey().get(opened() ?? '')}>
        {(entry) => <EntryDrawer entry={entry()} byKey={byKey()} acts={acts} onClose={() => setOpened(null)} />}
      </Show>
    </div>
  );
}
