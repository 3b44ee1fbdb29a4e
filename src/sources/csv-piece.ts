/** About how many characters of CSV are parsed at a time: between two pieces a worker can answer other messages. */
export const PIECE_LENGTH = 262_144;

/**
 * End of the piece of CSV text that begins at `from`: just after the first line feed at or past `from + length` that has
 * an even number of quotes before it, hence stands between two records (quotes inside cells are doubled, RFC 4180), or
 * the end of the text.
 */
export function pieceEnd(text: string, from: number, length: number): number {
  let quotesFrom = from;
  let isOdd = false;
  let end = text.indexOf('\n', from + length);
  while (end >= 0) {
    for (let quote = text.indexOf('"', quotesFrom); quote >= 0 && quote < end; quote = text.indexOf('"', quote + 1)) {
      isOdd = !isOdd;
    }
    if (!isOdd) return end + 1;
    quotesFrom = end;
    end = text.indexOf('\n', end + 1);
  }
  return text.length;
}

/** Whether a cell of the piece may be a quoted empty text, which is not NULL. It may answer true where none is. */
export function mayHoldQuotedEmpty(piece: string): boolean {
  return /(?:^|[,\r\n])""(?:[,\r\n]|$)/.test(piece);
}
