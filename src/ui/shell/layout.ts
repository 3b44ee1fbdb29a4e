import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** How wide the page is: one column; browser and main; browser, main and provenance. */
export type Layout = 'phone' | 'middle' | 'wide';

const MIDDLE_FROM = 720;
const WIDE_FROM = 1200;

/** The layout of a container width in CSS pixels. The same limits stand in the container queries. */
export function layoutOf(width: number): Layout {
  if (width < MIDDLE_FROM) return 'phone';
  return width < WIDE_FROM ? 'middle' : 'wide';
}

/** Follows the width of an element. */
export function createLayout(element: HTMLElement): Accessor<Layout> {
  const [layout, setLayout] = createSignal(layoutOf(element.clientWidth));
  const observer = new ResizeObserver(() => setLayout(layoutOf(element.clientWidth)));
  observer.observe(element);
  onCleanup(() => observer.disconnect());
  return layout;
}
