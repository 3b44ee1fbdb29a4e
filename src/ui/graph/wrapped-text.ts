/** Width of a text in pixels. */
export type Measure = (text: string) => number;

/** Shown where a text was cut. */
const CUT = '…';

/** A text over at most `lines` lines of a width, broken at spaces where it can be; what does not fit ends in `…`. */
export function wrappedText(text: string, width: number, lines: number, measure: Measure): readonly string[] {
  const result: string[] = [];
  let rest = text;
  while (rest !== '' && result.length < lines - 1 && measure(rest) > width) {
    const end = lineEnd(rest, width, measure);
    result.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? result : [...result, cutTo(rest, width, measure)];
}

/** Where a line must end: after the last word that fits, or in the middle of a word that is too long; never at 0. */
function lineEnd(text: string, width: number, measure: Measure): number {
  let end = 0;
  for (const { index } of text.matchAll(/\s+|$/g)) {
    if (index === 0) continue;
    if (measure(text.slice(0, index)) > width) break;
    end = index;
  }
  return end > 0 ? end : fitting(text, width, measure);
}

function cutTo(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  return text.slice(0, fitting(text, width - measure(CUT), measure)).trimEnd() + CUT;
}

/** How many letters fit; at least one, a surrogate pair counting as one. */
function fitting(text: string, width: number, measure: Measure): number {
  let end = 0;
  for (const letter of text) {
    if (end > 0 && measure(text.slice(0, end + letter.length)) > width) break;
    end += letter.length;
  }
  return end;
}
