import { For } from 'solid-js';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { backendStateMeaning, backendStateWords } from '../words/backend.ts';
import { type App, useApp } from './app-context.ts';
import { BootLog } from './boot-log.tsx';
import styles from './status-bar.module.css';

/** One line of the status bar. */
export interface StatusItem {
  readonly key: 'requests' | 'backend' | 'store' | 'faults';
  readonly text: string;
  /** What stands where there is less room; the tip has the rest. */
  readonly short: string;
  readonly tip: string;
  readonly fault: boolean;
}

/** Where each line is explained. */
const HREFS: Readonly<Record<StatusItem['key'], string>> = {
  requests: '#/engine',
  backend: '#/engine?tab=backends',
  store: '#/engine',
  faults: '#/engine?tab=faults',
};

/** What the status bar says; the phone says it in a sheet. */
export function statusItems(app: App): readonly StatusItem[] {
  const statistics = app.sessions.statistics();
  const requests = app.foreignRequests();
  const elsewhere = `${countOf(requests, 'request', 'requests', app.locale())} elsewhere`;
  const items: StatusItem[] = [
    {
      key: 'requests',
      text: requests === 0 ? `Nothing leaves this tab · ${elsewhere}` : elsewhere,
      short: elsewhere,
      tip: 'Requests to any other origin, counted as they happen, in the page and its workers.',
      fault: false,
    },
  ];
  if (statistics === null) return items;
  const faults = statistics.faults.reduce((sum, fault) => sum + fault.count, 0);
  return [
    ...items,
    {
      key: 'backend',
      text: backendStateWords(statistics.backend),
      short: backendStateWords(statistics.backend),
      tip: backendStateMeaning(statistics.backend),
      fault: statistics.backend.state === 'failed',
    },
    {
      key: 'store',
      text: `Store ${formatBytes(statistics.bytes)} of ${formatBytes(statistics.budget)}`,
      short: formatBytes(statistics.bytes),
      tip: `${formatBytes(statistics.bytes)} of ${formatBytes(statistics.budget)} stored.\n${statistics.store.words}`,
      fault: false,
    },
    {
      key: 'faults',
      text: countOf(faults, 'fault', 'faults', app.locale()),
      short: countOf(faults, 'fault', 'faults', app.locale()),
      tip: faults === 0 ? 'Nothing broke.' : statistics.faults.map((fault) => fault.message).join('\n'),
      fault: faults > 0,
    },
  ];
}

/** The line at the bottom: what leaves the tab, the database, the store, faults, and how long getting ready took. */
export function StatusBar() {
  const app = useApp();
  return (
    <footer class="frame-status">
      <For each={statusItems(app)}>
        {(item) => (
          <a
            class={styles.item}
            data-key={item.key}
            data-fault={item.fault ? '' : undefined}
            data-tip={item.tip}
            href={HREFS[item.key]}
          >
            {item.fault ? (
              <Icon name="alert" size={12} />
            ) : item.key === 'store' ? (
              <Icon name="store" size={12} />
            ) : null}
            <span>{app.layout() === 'middle' ? item.short : item.text}</span>
          </a>
        )}
      </For>
      <span class={styles.space} />
      <BootLog />
    </footer>
  );
}
