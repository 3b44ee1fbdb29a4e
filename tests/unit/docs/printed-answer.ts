import type { Answer, Json, Refusal } from '../../../src/runtime/api.ts';

/** A column as a plan tells it: `decimal(2)`, `double`, `date`, … */
export interface PrintedColumn {
  readonly name: string;
  readonly type: string;
}

/** An answer as the manual shows it: an aligned table, then its disclosures; of a refusal what it says and its remedies. */
export function printedAnswer(answer: Answer | Refusal, columns: readonly PrintedColumn[], statement: string): string {
  return 'code' in answer ? refusal(answer, statement) : frame(answer, columns);
}

function frame(answer: Answer, columns: readonly PrintedColumn[]): string {
  const types = answer.columns.map((name) => columns.find((column) => column.name === name)?.type ?? 'text');
  const rows = answer.rows.map((row) => row.map((cell, at) => printed(cell, types[at] ?? 'text')));
  const disclosed = answer.disclosures.map(({ code, message }) => wrapped(`! ${code}: ${message}`));
  return [
    table(
      answer.columns,
      rows,
      types.map((type) => isNumeric(type)),
    ),
    ...disclosed,
  ].join('\n');
}

function refusal({ code, message, mood, span, witness, others, remedies }: Refusal, statement: string): string {
  const place = statement.slice(span.from, span.to).replace(/\s+/g, ' ');
  const parts = [wrapped(`${code} ${mood === 'clarify' ? 'asks back' : 'refuses'}${at(place)}: ${message}`)];
  if (witness !== undefined) {
    const rows = witness.rows.slice(0, SHOWN).map((row) => row.map((cell) => printed(cell, 'text')));
    parts.push(
      table(
        witness.columns,
        rows,
        witness.columns.map(() => false),
      ),
    );
  }
  if (others.length > 0) parts.push(others.map((other) => wrapped(`also ${other.code}: ${other.message}`)).join('\n'));
  for (const { label, query } of remedies.slice(0, SHOWN)) parts.push(wrapped(`→ ${label}: ${query}`));
  if (remedies.length > SHOWN) parts.push(`→ and ${remedies.length - SHOWN} more`);
  return parts.join('\n');
}

function at(place: string): string {
  return place === '' ? '' : `, at \`${place}\``;
}

/** A table whose columns are as wide as their widest cell, numbers to the right. */
export function table(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: readonly boolean[],
): string {
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (isRight[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(names), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

function isNumeric(type: string): boolean {
  return type === 'double' || type === 'int64' || type.startsWith('decimal');
}

/** Decimals with all their digits; doubles with four digits after the point, or four significant ones where small. */
function printed(value: Json, type: string): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'number') return String(value);
  const digits = /^decimal\((\d+)\)$/.exec(type)?.[1];
  if (digits !== undefined) return value.toFixed(Number(digits));
  if (type !== 'double') return String(value);
  return String(Number(Math.abs(value) < 0.1 ? value.toPrecision(4) : value.toFixed(4)));
}

/** Remedies and rows of a witness that are shown. */
const SHOWN = 3;

const WIDTH = 108;

/** A paragraph in lines of at most `WIDTH` characters; later lines are indented. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}
