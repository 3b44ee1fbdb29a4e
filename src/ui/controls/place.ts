/** A box in the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type Side = 'below' | 'above' | 'right';
export type Align = 'start' | 'end' | 'center';

const MARGIN = 8;

/** Where a floating box of a size stands beside an anchor: on the wanted side if it fits, always inside the window. */
export function placeBeside(
  anchor: Box,
  size: Size,
  window: Size,
  side: Side,
  align: Align,
  gap = 4,
): {
  readonly left: number;
  readonly top: number;
} {
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  if (side === 'right' && right + gap + size.width + MARGIN <= window.width) {
    return { left: right + gap, top: keep(anchor.top, size.height, window.height) };
  }
  const fitsBelow = bottom + gap + size.height + MARGIN <= window.height;
  const fitsAbove = anchor.top - gap - size.height >= MARGIN;
  const below = side === 'above' ? !fitsAbove : fitsBelow || !fitsAbove;
  const start =
    align === 'start'
      ? anchor.left
      : align === 'end'
        ? right - size.width
        : anchor.left + (anchor.width - size.width) / 2;
  return {
    left: keep(start, size.width, window.width),
    top: keep(below ? bottom + gap : anchor.top - gap - size.height, size.height, window.height),
  };
}

function keep(start: number, length: number, window: number): number {
  return Math.max(MARGIN, Math.min(start, window - length - MARGIN));
}

/** Moves a floating element beside its anchor. */
export function placeElement(floating: HTMLElement, anchor: Element, side: Side, align: Align, gap?: number): void {
  const size = { width: floating.offsetWidth, height: floating.offsetHeight };
  const view = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const place = placeBeside(anchor.getBoundingClientRect(), size, view, side, align, gap);
  floating.style.left = `${Math.round(place.left)}px`;
  floating.style.top = `${Math.round(place.top)}px`;
}
