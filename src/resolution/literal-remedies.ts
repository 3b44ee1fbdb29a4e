import type { SemanticManifest } from '../collection/manifest.ts';
import { type CalendarLevel, parsePeriod } from '../columns/calendar.ts';
import type { Expr, LiteralValue, Statement } from '../frameql/ast.ts';
import type { Remedy } from './refusal.ts';
import { changed, nameAt, queryText } from './rewrite.ts';
import type { CallExpr, LiteralExpr } from './typing.ts';

/** The part of a date that a small number may mean. */
const PARTS: { readonly [Level in CalendarLevel]: { readonly part: string; readonly most: number } | null } = {
  day: { part: 'DAY', most: 31 },
  week: { part: 'WEEK', most: 53 },
  month: { part: 'MONTH', most: 12 },
  quarter: { part: 'QUARTER', most: 4 },
  year: null,
};

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/**
 * What may have been meant by a literal that is no value of what it is compared with: a period of another calendar
 * level, a part of the date, or the same value written as its type is. `type`: in words.
 */
export function literalInstead(
  manifest: SemanticManifest,
  statement: Statement,
  compared: Expr,
  literal: LiteralExpr,
  type: string,
): readonly Remedy[] {
  const text = textOf(literal.value);
  if (text === null) return [];
  const level = compared.kind === 'name' ? levelOf(manifest, compared.name) : null;
  if (compared.kind !== 'name' || level === null) return asType(statement, literal, text, type);
  const others = manifest.dimensions.filter(
    (each) => each.level !== null && each.level !== level && parsePeriod(text, each.level) !== undefined,
  );
  const periods = others.map(({ name }) => ({
    label: `Compare ${name}`,
    query: queryText(changed(statement, compared, nameAt(name, compared))),
  }));
  const part = PARTS[level];
  const number = literal.value.kind === 'exact' ? Number(text) : Number.NaN;
  if (part === null || !(number >= 1 && number <= part.most)) return periods;
  const call: CallExpr = {
    kind: 'call',
    callee: part.part,
    star: false,
    args: [compared],
    named: [],
    nameSpan: compared.span,
    span: compared.span,
  };
  const query = queryText(changed(statement, compared, call));
  return [{ label: `Compare ${part.part}(${compared.name})`, query }, ...periods];
}

function asType(statement: Statement, literal: LiteralExpr, text: string, type: string): readonly Remedy[] {
  const value = valueAs(text, literal.value, type);
  if (value === undefined) return [];
  const query = queryText(changed(statement, literal, { ...literal, value }));
  return [{ label: `Write it as ${type}`, query }];
}

function valueAs(text: string, { kind }: LiteralValue, type: string): LiteralValue | undefined {
  if (type === 'text') return { kind: 'text', value: text };
  if (type === 'bool') {
    const truth = TRUTHS.get(text.toLowerCase());
    return truth === undefined ? undefined : { kind: 'bool', value: truth };
  }
  const [, whole, digits] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (kind !== 'text' || whole === undefined) return undefined;
  return { kind: 'exact', units: `${whole}${digits ?? ''}`.replace(/^0+(?=\d)/, ''), digits: digits?.length ?? 0 };
}

/** The literal's own characters; null for NULL. */
function textOf(value: LiteralValue): string | null {
  switch (value.kind) {
    case 'exact': {
      const { units, digits } = value;
      if (digits === 0) return units;
      const padded = units.padStart(digits + 1, '0');
      return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
    }
    case 'double':
    case 'text':
    case 'date':
      return String(value.value);
    case 'bool':
      return value.value ? 'TRUE' : 'FALSE';
    case 'null':
      return null;
  }
}

function levelOf(manifest: SemanticManifest, name: string): CalendarLevel | null {
  return manifest.dimensions.find((each) => each.name === name)?.level ?? null;
}
