const COUNT = new Intl.NumberFormat('en-US');

/**
 * A count with thousands separators: `523,023`.
 * @param {number} value
 */
export const countText = (value) => COUNT.format(value);

/**
 * Bytes in units of 1,024: `512 B`, `7.4 MB`, `34 MB`.
 * @param {number} value
 */
export function bytesText(value) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let figure = value;
  let unit = 0;
  while (figure >= 1000 && unit < units.length - 1) {
    figure /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || figure >= 10 ? 0 : 1;
  return `${figure.toFixed(digits)} ${units[unit]}`;
}

/**
 * A duration for a person who waited for it: `0.4 s`, `6 s`, `1 min 5 s`.
 * @param {number} milliseconds
 */
export function secondsText(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 0.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
