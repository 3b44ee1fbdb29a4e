import { describe, expect, it } from 'vitest';
import { placeBeside } from '../../../../src/ui/controls/place.ts';

const window = { width: 1000, height: 600 };
const size = { width: 200, height: 100 };
const anchor = (left: number, top: number) => ({ left, top, width: 80, height: 30 });

describe('floating boxes', () => {
  it.each([
    ['below', 'start', anchor(100, 100), { left: 100, top: 134 }],
    ['below', 'end', anchor(500, 100), { left: 380, top: 134 }],
    ['below', 'center', anchor(500, 100), { left: 440, top: 134 }],
    ['below', 'start', anchor(100, 560), { left: 100, top: 456 }],
    ['above', 'start', anchor(100, 300), { left: 100, top: 196 }],
    ['above', 'start', anchor(100, 20), { left: 100, top: 54 }],
    ['right', 'start', anchor(100, 100), { left: 184, top: 100 }],
    ['right', 'start', anchor(100, 580), { left: 184, top: 492 }],
    ['below', 'start', anchor(950, 100), { left: 792, top: 134 }],
    ['below', 'end', anchor(0, 100), { left: 8, top: 134 }],
  ] as const)('%s %s of %j', (side, align, box, place) => {
    expect(placeBeside(box, size, window, side, align)).toEqual(place);
  });
});
