import type { Scalar } from '../../columns/scalar.ts';
import type { TextFunction } from '../functions.ts';

/**
 * A function of texts on non-null values. Positions and lengths count code points; letters change case as Unicode maps
 * them whatever the locale.
 */
export function textFunction(name: TextFunction, args: readonly Scalar[]): Scalar | null {
  const text = (at: number) => asText(args[at] ?? '');
  switch (name) {
    case 'UPPER':
      return text(0).toUpperCase();
    case 'LOWER':
      return text(0).toLowerCase();
    case 'TRIM':
      return text(0).trim();
    case 'LENGTH':
      return codePoints(text(0)).length;
    case 'SUBSTR':
      return substring(text(0), Number(args[1]), args[2] === undefined ? Number.POSITIVE_INFINITY : Number(args[2]));
    case 'REPLACE':
      // An empty part stands nowhere.
      return text(1) === '' ? text(0) : text(0).split(text(1)).join(text(2));
    case 'CONCAT':
      return args.map(asText).join('');
    case 'CONTAINS':
      return text(0).includes(text(1));
    case 'STARTS_WITH':
      return text(0).startsWith(text(1));
    case 'ENDS_WITH':
      return text(0).endsWith(text(1));
  }
}

/** SQL:2016, 6.32: the code points at positions start to start + length − 1 of those that exist; NULL of a negative length. */
function substring(text: string, start: number, length: number): string | null {
  if (length < 0) return null;
  const points = codePoints(text);
  return points.slice(clamp(start - 1, points.length), clamp(start - 1 + length, points.length)).join('');
}

function clamp(position: number, length: number): number {
  return Math.min(Math.max(position, 0), length);
}

function codePoints(text: string): readonly string[] {
  return [...text];
}

function asText(value: Scalar): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`expression: ${String(value)} where a text stands`);
}
