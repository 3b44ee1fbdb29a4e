import { createSignal, Match, Show, Suspense, Switch } from 'solid-js';
import type { Progress, RefreshReport, Session } from '../../runtime/api.ts';
import button from '../controls/button.module.css';
import { Tabs } from '../controls/tabs.tsx';
import { useApp } from '../shell/app-context.ts';
import { engineRoute, type Route } from '../shell/router.ts';
import { backendTitle } from '../words/backend.ts';
import { engineOffWords } from '../words/served-from.ts';
import { BackendsList } from './backends-list.tsx';
import { Budget } from './budget.tsx';
import styles from './engine-page.module.css';
import { EntriesTab } from './entries-tab.tsx';
import { EvictDialog } from './evict-dialog.tsx';
import { FaultsList } from './faults-list.tsx';
import { LatticePanel, ProfileView, RecommendationsPanel } from './panels.ts';
import { RefreshResult } from './refresh-result.tsx';
import { ServedChart } from './served-chart.tsx';
import { Tiles } from './tiles.tsx';

/** What the engine keeps, what it was worth, what it survived, and what it knows of the tables. */
export function EnginePage(props: { readonly route: Extract<Route, { page: 'engine' }> }) {
  const app = useApp();
  const { sessions } = app;
  const [evicting, setEvicting] = createSignal(false);
  const [busy, setBusy] = createSignal<'warm' | 'refresh' | null>(null);
  const [trouble, setTrouble] = createSignal('');

  const [report, setReport] = createSignal<RefreshReport | null>(null);
  const [at, setAt] = createSignal<Progress | null>(null);
  let stop = new AbortController();

  const refresh = async (session: Session) => {
    stop = new AbortController();
    setReport(null);
    setAt(null);
    const onProgress = (event: Progress) => {
      if (event.id === 'refresh') setAt(event);
    };
    setReport(await session.engine.refresh({ signal: stop.signal, onProgress }));
  };
  const act = async (what: 'warm' | 'refresh') => {
    const session = sessions.session();
    if (session === null) return;
    setBusy(what);
    setTrouble('');
    try {
      await (what === 'warm' ? session.engine.warmUp() : refresh(session));
    } catch (error) {
      if (!stop.signal.aborted) setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
      sessions.refresh();
    }
  };
  const refreshing = () => {
    const event = at();
    return event === null || event.done === 0 ? 'Refreshing' : `Refreshing ${event.done} of ${event.total}`;
  };
  const title = () => {
    const warm = sessions.statistics()?.warmUp;
    if (warm?.running === true && warm.done < warm.total) return `Warming up ${warm.done + 1} of ${warm.total}`;
    const name = sessions.summary()?.name;
    return name === undefined ? 'Engine' : `Engine of ${name}`;
  };
  const off = () => sessions.summary()?.engineOff ?? null;
  const faults = () => sessions.statistics()?.faults.length ?? 0;

  return (
    <main class={`frame-page ${styles.page}`} id="engine" data-region="result" tabindex={-1}>
      <div class={styles.inside}>
        <header class={styles.head}>
          <h1>{title()}</h1>
          <div class={styles.actions}>
            <button
              type="button"
              class={button.bordered}
              disabled={busy() !== null || off() !== null}
              onClick={() => act('warm')}
            >
              {busy() === 'warm' ? 'Warming up' : 'Warm up'}
            </button>
            <button
              type="button"
              class={button.bordered}
              disabled={busy() !== null}
              data-tip="Looks at the sources again, drops entries that no present source could serve, and makes them anew."
              onClick={() => act('refresh')}
            >
              {busy() === 'refresh' ? refreshing() : 'Refresh'}
            </button>
            <Show when={busy() === 'refresh'}>
              <button type="button" class={button.bordered} onClick={() => stop.abort()}>
                Cancel
              </button>
            </Show>
            <button
              type="button"
              class={button.bordered}
              disabled={sessions.entries().length === 0}
              onClick={() => setEvicting(true)}
            >
              Evict all…
            </button>
          </div>
        </header>
        <Show when={trouble() !== ''}>
          <p class={styles.trouble} role="alert">
            {trouble()}
          </p>
        </Show>
        <Show when={report()}>
          {(found) => <RefreshResult report={found()} locale={app.locale()} onClose={() => setReport(null)} />}
        </Show>
        <Show when={off()}>
          {(axis) => (
            <div class={styles.strip}>
              <p>
                The engine is off: {engineOffWords(axis())}. Answers come straight from{' '}
                {backendTitle(sessions.statistics()?.backend.name ?? 'duckdb')}.
              </p>
              <Show when={sessions.summary()?.engineHint}>{(hint) => <pre>{hint()}</pre>}</Show>
            </div>
          )}
        </Show>
        <Show when={sessions.statistics()}>
          {(statistics) => (
            <>
              <Show when={statistics().store.kind !== 'opfs'}>
                <p class={styles.strip}>{statistics().store.words}</p>
              </Show>
              <Tiles statistics={statistics()} entries={sessions.entries()} />
              <Budget bytes={statistics().bytes} budget={statistics().budget} />
              <Show when={off() === null}>
                <ServedChart served={statistics().served} />
              </Show>
            </>
          )}
        </Show>
        <div class={styles.tabs}>
          <Tabs
            id="engine"
            label="Engine"
            tabs={[
              { key: 'entries', label: 'Entries' },
              { key: 'recommendations', label: 'Recommendations' },
              { key: 'lattice', label: 'Lattice' },
              { key: 'profile', label: 'Profile' },
              { key: 'backends', label: 'Backends' },
              { key: 'faults', label: faults() === 0 ? 'Faults' : `Faults ${faults()}` },
            ]}
            selected={props.route.tab}
            onSelect={(tab) => app.router.go(engineRoute(tab), 'replace')}
          />
        </div>
        <div id={`engine-panel-${props.route.tab}`} role="tabpanel" aria-labelledby={`engine-tab-${props.route.tab}`}>
          <Suspense>
            <Switch>
              <Match when={props.route.tab === 'entries'}>
                <EntriesTab />
              </Match>
              <Match when={props.route.tab === 'recommendations'}>
                <RecommendationsPanel />
              </Match>
              <Match when={props.route.tab === 'lattice'}>
                <LatticePanel />
              </Match>
              <Match when={props.route.tab === 'profile' && props.route}>
                {(route) => <ProfileView table={route().table} />}
              </Match>
              <Match when={props.route.tab === 'backends'}>
                <BackendsList />
              </Match>
              <Match when={props.route.tab === 'faults'}>
                <FaultsList faults={sessions.statistics()?.faults ?? []} />
              </Match>
            </Switch>
          </Suspense>
        </div>
      </div>
      <Show when={evicting()}>
        <EvictDialog onClose={() => setEvicting(false)} />
      </Show>
    </main>
  );
}
