/** Milliseconds as a person reads them: `< 0.1 ms`, `0.4 ms`, `23 ms`, `1.24 s`, `12.3 s`, `2 min 3 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0.1) return '<\u00a00.1\u00a0ms';
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)}\u00a0ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}\u00a0ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)}\u00a0s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)}\u00a0s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}\u00a0min ${whole % 60}\u00a0s`;
}

/** Time that is still running, at a tenth of a second: `1.2 s`, `2 min 3 s`. */
export function formatElapsed(milliseconds: number): string {
  return milliseconds < 59_950 ? `${(milliseconds / 1000).toFixed(1)}\u00a0s` : formatDuration(milliseconds);
}

/** The duration in full words, for ears: `0.4 milliseconds`, `1.24 seconds`. */
export function speakDuration(milliseconds: number): string {
  return formatDuration(milliseconds)
    .replace('<\u00a0', 'less than ')
    .replaceAll('\u00a0', ' ')
    .replace(/ ms$/, ' milliseconds')
    .replace(/ min /, ' minutes ')
    .replace(/ s$/, ' seconds');
}
