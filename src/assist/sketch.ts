import type { AnchorPoint, Definition, Expr, NamedPoint, SelectItem, Statement } from '../frameql/ast.ts';
import { nameOf } from '../frameql/name-parser.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import { type Token, upperCase } from '../frameql/tokens.ts';
import {
  clauseNamed,
  conditionParts,
  isClosing,
  isOpening,
  listParts,
  type Outline,
  outlineOf,
  stretch,
} from './outline.ts';

/**
 * What can be read of a text that may not be a statement yet: the parts that parse, each on its own; what does not is
 * left out. Spans inside the parts are not those of the text, but for points and names.
 */
export interface Sketch {
  readonly definitions: readonly Definition[];
  readonly items: readonly SelectItem[];
  readonly from: NamedPoint | null;
  /** null: the text has no AT yet. */
  readonly points: readonly AnchorPoint[] | null;
  readonly where: Expr | null;
}

/** Reads what can be read. */
export function sketchOf(text: string): Sketch {
  const outline = outlineOf(text);
  const from = clauseNamed(outline, 'FROM')?.tokens[0];
  const at = clauseNamed(outline, 'AT');
  return {
    definitions: listOf(outline, 'WITH').flatMap((part) => read(`WITH ${part} SELECT 1 AS x AT ()`)?.definitions ?? []),
    items: listOf(outline, 'SELECT').flatMap((part) => read(`SELECT ${part} AT ()`)?.items ?? []),
    from: nameOf(from ?? null) ?? null,
    points: at === undefined ? null : pointsOf(at.tokens),
    where: conditionOf(outline),
  };
}

/** The sketch as a statement at an anchor. Its series have names, whether they were given any or not. */
export function statementOf(sketch: Sketch, points: readonly AnchorPoint[] = sketch.points ?? []): Statement {
  const span = { from: 0, to: 0 };
  const items = sketch.items.map((item, index) =>
    outputName(item) === null ? { ...item, alias: { name: `#${index}`, quoted: true, span } } : item,
  );
  return {
    explain: false,
    definitions: sketch.definitions,
    items,
    from: sketch.from,
    anchor: { points, span },
    where: sketch.where,
    having: null,
    order: [],
    limit: null,
    span,
  };
}

/** The item of SELECT at an offset, read on its own; null where there is none or it does not parse. */
export function itemAt(text: string, offset: number): SelectItem | null {
  const clause = clauseNamed(outlineOf(text), 'SELECT');
  const part = listParts(clause?.tokens ?? []).find((tokens) => {
    const span = stretch(tokens);
    return span !== null && span.from <= offset && offset <= span.to;
  });
  const item = part === undefined ? null : closed(text, part);
  return item === null ? null : (read(`SELECT ${item} AT ()`)?.items[0] ?? null);
}

/** The dimensions that tokens of an anchor name, brackets or not, with the bridges that follow VIA. */
export function pointsOf(tokens: readonly Token[]): readonly AnchorPoint[] {
  const points: AnchorPoint[] = [];
  tokens.forEach((token, index) => {
    const name = nameOf(token);
    if (name === undefined || isVia(tokens[index - 1])) return;
    const via = isVia(tokens[index + 1]) ? (nameOf(tokens[index + 2] ?? null) ?? null) : null;
    points.push({ ...name, via });
  });
  return points;
}

function isVia(token: Token | undefined): boolean {
  return token?.kind === 'keyword' && upperCase(token.text) === 'VIA';
}

/** The members of a list clause as texts, open brackets closed. */
function listOf(outline: Outline, word: 'WITH' | 'SELECT'): readonly string[] {
  const clause = clauseNamed(outline, word);
  return clause === undefined ? [] : listParts(clause.tokens).flatMap((part) => closed(outline.text, part) ?? []);
}

/** The terms of WHERE that parse, joined by AND. */
function conditionOf(outline: Outline): Expr | null {
  const clause = clauseNamed(outline, 'WHERE');
  if (clause === undefined) return null;
  const terms = conditionParts(clause.tokens).flatMap((part) => closed(outline.text, part) ?? []);
  const read = (condition: string) => readCondition(condition);
  const whole = read(terms.join(' AND '));
  if (whole !== null) return whole;
  const [first, ...others] = terms.flatMap((term) => read(term) ?? []);
  if (first === undefined) return null;
  return others.length === 0 ? first : { kind: 'and', operands: [first, ...others], span: first.span };
}

function readCondition(condition: string): Expr | null {
  return condition === '' ? null : (read(`SELECT 1 AS x AT () WHERE ${condition}`)?.where ?? null);
}

function read(text: string): Statement | null {
  const parsed = parse(text);
  return parsed.ok ? parsed.statement : null;
}

/** The text of tokens with the brackets closed that they leave open; null where there are none. */
function closed(text: string, tokens: readonly Token[]): string | null {
  const span = stretch(tokens);
  if (span === null) return null;
  const open: string[] = [];
  for (const token of tokens) {
    if (isOpening(token)) open.push(token.text === '{' ? '}' : ')');
    if (isClosing(token)) open.pop();
  }
  return `${text.slice(span.from, span.to)}${open.reverse().join('')}`;
}
