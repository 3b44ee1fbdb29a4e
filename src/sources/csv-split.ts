/**
 * End of the piece of CSV text that begins at `from`: just after the first line feed at or past `from + length` that has
 * an even number of quotes before it, hence stands between two records (quotes inside cells are doubled, RFC 4180), or
 * the end of the text.
 */
export function pieceEnd(text: string, from: number, length: number): number {
  let quotesFrom = from;
  let isOdd = false;
  for (let end = text.indexOf('\n', from + length); end >= 0; end = text.indexOf('\n', end + 1)) {
    for (let quote = text.indexOf('"', quotesFrom); quote >= 0 && quote < end; quote = text.indexOf('"', quote + 1)) {
      isOdd = !isOdd;
    }
    if (!isOdd) return end + 1;
    quotesFrom = end;
  }
  return text.length;
}

/** Lines of a text; a last one without line end counts. */
export function countLines(text: string): number {
  if (text.includes('\r')) return (text.match(/\r\n|\n|\r/g)?.length ?? 0) + (/[\r\n]$/.test(text) ? 0 : 1);
  let lines = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines++;
  return lines + (text.endsWith('\n') ? 0 : 1);
}

/** Whether a text has an odd number of quotes: one opens and never closes. */
export function hasOpenQuote(text: string): boolean {
  let isOdd = false;
  for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) isOdd = !isOdd;
  return isOdd;
}
