import { For } from 'solid-js';
import type { EngineStatistics, EntrySummary } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { formatPercent } from '../format/percent.ts';
import { useApp } from '../shell/app-context.ts';
import styles from './tiles.module.css';

/** Five figures of the engine. */
export function Tiles(props: { readonly statistics: EngineStatistics; readonly entries: readonly EntrySummary[] }) {
  const app = useApp();
  const served = () => {
    const hits = props.statistics.hits.exact + props.statistics.hits.rollup;
    const asked = hits + props.statistics.misses;
    return asked === 0 ? '—' : formatPercent(hits / asked);
  };
  const faults = () => props.statistics.faults.reduce((sum, fault) => sum + fault.count, 0);
  const metric = () => props.entries.filter((entry) => entry.domain === 'metric').length;
  const tiles = () => [
    { name: 'Entries', value: formatCount(metric(), app.locale()) },
    { name: 'Stored', value: formatBytes(props.statistics.bytes) },
    { name: 'Served from entries', value: served() },
    { name: 'Time saved', value: formatDuration(props.statistics.millisecondsSaved) },
    { name: 'Faults', value: formatCount(faults(), app.locale()) },
  ];
  return (
    <dl class={styles.tiles}>
      <For each={tiles()}>
        {(tile) => (
          <div class={styles.tile}>
            <dt>{tile.name}</dt>
            <dd>{tile.value}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}
