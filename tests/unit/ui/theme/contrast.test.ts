import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../src/ui/theme/tokens.css', import.meta.url), 'utf8');

/** Light and dark value of every colour role. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, role = '', light = '', dark = '']) => [role, [light, dark] as const],
  ),
);

/** Relative luminance of a colour (WCAG 2.2). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['surface', 'canvas', 'sunken', 'raised', 'selection'];
const text: readonly (readonly [ink: string, ground: string])[] = [
  ...['ink', 'ink2', 'ink3'].flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
  ...['hit', 'work', 'raw', 'ask', 'fault'].map((role) => [role, `${role}-bg`] as const),
  ...['keyword', 'family', 'dimension', 'number', 'string'].flatMap((role) =>
    ['surface', 'selection'].map((ground) => [`syntax-${role}`, ground] as const),
  ),
  ['accent', 'surface'],
  ['accent', 'accent-wash'],
  ['accent-on', 'accent'],
  ['accent-on', 'accent-hover'],
  ['fault', 'surface'],
  ['ask', 'surface'],
];
const marks: readonly (readonly [mark: string, ground: string])[] = [
  ...['hit', 'work', 'raw', 'ask', 'fault'].map((role) => [`${role}-line`, `${role}-bg`] as const),
  ...['surface', 'sunken', 'canvas'].map((ground) => ['line-strong', ground] as const),
  ...['surface', 'canvas', 'selection'].map((ground) => ['focus', ground] as const),
];

describe('contrast', () => {
  const ratios = ([a, b]: readonly [string, string]) => {
    const [first, second] = [colours.get(a), colours.get(b)];
    if (first === undefined || second === undefined) throw new Error(`tokens.css has no ${a} or no ${b}`);
    return [contrast(first[0], second[0]), contrast(first[1], second[1])];
  };

  it.each(text)('text %s on %s has 4.5', (ink, ground) => {
    expect(Math.min(...ratios([ink, ground]))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)('mark %s on %s has 3', (mark, ground) => {
    expect(Math.min(...ratios([mark, ground]))).toBeGreaterThanOrEqual(3);
  });
});
