import type { Progress } from '../../runtime/api.ts';
import { formatBytes, formatBytesOf } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';

/** How far a step is: `2.1 of 5.9 MB`, `523,023 rows`, `1 of 3`; empty where it counts nothing. */
export function progressAmount(step: Progress, locale: string): string {
  if (step.done === null) return '';
  // What has not begun says how much there is, not that none of it is done.
  if (step.state === 'waiting' && step.done === 0 && step.unit === 'bytes') {
    return step.total === null ? '' : formatBytes(step.total);
  }
  switch (step.unit) {
    case 'bytes':
      return formatBytesOf(step.done, step.state === 'done' ? null : step.total);
    case 'rows':
      return step.total === null || step.state === 'done'
        ? `${formatCount(step.done, locale)} rows`
        : `${formatCount(step.done, locale)} of ${formatCount(step.total, locale)} rows`;
    case 'steps':
      return step.total === null ? formatCount(step.done, locale) : `${step.done} of ${step.total}`;
    case null:
      return '';
  }
}

/** A step's state in a word, for ears and for the log. */
export function progressStateWord(state: Progress['state']): string {
  switch (state) {
    case 'waiting':
      return 'waiting';
    case 'running':
      return 'running';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
  }
}

/** One line of the boot log: label, amount, detail and time, in that order. */
export function progressLine(step: Progress, locale: string): string {
  const parts = [
    step.label,
    progressAmount(step, locale),
    step.detail ?? '',
    step.milliseconds === null ? '' : formatDuration(step.milliseconds),
    step.state === 'done' ? '' : progressStateWord(step.state),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
