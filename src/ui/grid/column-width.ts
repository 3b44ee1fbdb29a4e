/** How many rows a column's width is measured on. */
export const MEASURED_ROWS = 200;

const NARROWEST = 88;
const WIDEST = 360;
/** Cell padding left and right, and room for the sort arrow. */
const CELL_PADDING = 32;
const ARROW = 18;
const NAME_GAP = 8;

/** Width of a text in pixels. */
export type MeasureText = (text: string) => number;

/** The width of a column in pixels: its header or its widest measured cell, between 88 and 360. */
export function columnWidth(
  header: { readonly name: string; readonly type: string },
  cells: Iterable<string>,
  measure: MeasureText,
): number {
  let widest = measure(header.name) + NAME_GAP + measure(header.type) + ARROW;
  for (const cell of cells) widest = Math.max(widest, measure(cell));
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, widest + CELL_PADDING)));
}

/** A text measure in a CSS font. Where the browser gives no canvas, letters count 0.6 of the size. */
export function canvasMeasure(font: string, size: number): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return (text) => text.length * size * 0.6;
  context.font = font;
  return (text) => context.measureText(text).width;
}
