import type { RefreshReport } from '../../runtime/api.ts';
import { countOf } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';

/** What a refresh found and did, in one sentence each. */
export function refreshWords(report: RefreshReport, locale: string): readonly string[] {
  const { sources, dropped, recomputed, notRecomputed, swept } = report;
  const named = (state: RefreshReport['sources'][number]['state']) =>
    sources.filter((each) => each.state === state).map(({ name }) => name);
  const [changed, assumed, unreadable] = [named('changed'), named('assumed'), named('unreadable')];
  const looked = sources.length - named('stated').length;
  const entries = (count: number) => countOf(count, 'entry', 'entries', locale);
  const parts = recomputed.map(({ path }) => path);
  const rolledUp = parts.filter((path) => path === 'rollup').length;
  return [
    looked === 0
      ? 'Every source states its hash, so none was asked for.'
      : changed.length === 0
        ? 'No source has changed.'
        : `Changed: ${changed.join(', ')}.`,
    ...(assumed.length === 0 ? [] : [`Not proven to be unchanged, and not to be fetched: ${assumed.join(', ')}.`]),
    ...(unreadable.length === 0 ? [] : [`Cannot be read: ${unreadable.join(', ')}. What is stored of it stays.`]),
    ...(swept === 0 ? [] : [`Swept: ${countOf(swept, 'file', 'files', locale)} that no entry named.`]),
    dropped.length === 0
      ? 'Every entry is of what there is now.'
      : `${entries(dropped.length)} dropped, ${entries(recomputed.length)} made anew in ${formatDuration(report.milliseconds)}${
          rolledUp === 0 ? '' : ` (${entries(rolledUp)} rolled up from finer ones)`
        }${notRecomputed.length === 0 ? '.' : ', the others not:'}`,
  ];
}
