const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/** Bytes in steps of 1,024: `0 B`, `9.1 KB`, `11.2 KB`, `831 KB`, `1 GB`. Whole only where it is exact, or from 100 up. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  const whole = Number.isInteger(value) || value >= 99.95;
  return `${whole ? Math.round(value) : value.toFixed(1)}\u00a0${UNITS[unit]}`;
}

/** Done of total in the total's unit: `2.1 of 5.9 MB`; done alone where the total is not known. */
export function formatBytesOf(done: number, total: number | null): string {
  if (total === null) return formatBytes(done);
  const power = total <= 0 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log(total) / Math.log(STEP)));
  const scale = STEP ** power;
  const digits = power === 0 || total / scale >= 99.95 ? 0 : 1;
  return `${(done / scale).toFixed(digits)} of ${(total / scale).toFixed(digits)}\u00a0${UNITS[power]}`;
}
