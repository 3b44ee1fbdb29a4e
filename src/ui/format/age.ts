const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, coarsely: `just now`, `3 min ago`, `2 h ago`, `5 days ago`. */
export function formatAge(milliseconds: number): string {
  const length = formatLength(milliseconds);
  return length === null ? 'just now' : `${length} ago`;
}

/** A length of time, coarsely: `3 min`, `2 h`, `5 days`; null below a minute. */
export function formatLength(milliseconds: number): string | null {
  if (milliseconds < MINUTE) return null;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)}\u00a0min`;
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)}\u00a0h`;
  const days = Math.floor(milliseconds / DAY);
  return `${days}\u00a0day${days === 1 ? '' : 's'}`;
}
