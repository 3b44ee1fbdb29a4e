/**
 * One byte range of a file: both ends are included, as in `Content-Range`.
 * @typedef {{ start: number, end: number }} ByteRange
 */

/**
 * Reads a `Range` header against a file of `size` bytes (RFC 9110, section 14). Only one range is served: several
 * ranges, another unit or a malformed header count as no range at all, which the standard allows.
 * @param {string | undefined} header
 * @param {number} size
 * @returns {ByteRange | 'none' | 'unsatisfiable'}
 */
export function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match) return 'none';
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return 'none';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'none';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
