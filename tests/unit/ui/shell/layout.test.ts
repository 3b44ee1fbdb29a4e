import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../../src/ui/shell/layout.ts';

describe('layout', () => {
  it.each([
    [390, 'phone'],
    [719, 'phone'],
    [720, 'middle'],
    [1024, 'middle'],
    [1199, 'middle'],
    [1200, 'wide'],
    [1440, 'wide'],
  ])('%s px is %s', (width, layout) => {
    expect(layoutOf(width)).toBe(layout);
  });
});
