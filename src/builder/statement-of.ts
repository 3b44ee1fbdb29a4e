import type { Anchor, Expr, Limit, NamedPoint, Statement } from '../frameql/ast.ts';
import { formatStatement } from '../frameql/layout.ts';
import { parse, parseExpression } from '../frameql/parser.ts';
import type { SyntaxIssue } from '../frameql/syntax-issue.ts';
import { REFUSAL_MESSAGES } from '../resolution/refusal.ts';
import type { OutlineItem, OutlineTerm, OutlineValue, QuestionOutline } from './outline.ts';
import { literalOf, NOWHERE, numberOf } from './value.ts';

/** A choice that cannot be written yet: which, and what is wrong with it. */
export interface OutlineFault {
  readonly part: 'definitions' | 'items' | 'where' | 'having' | 'limit' | 'statement';
  /** Place in that part, from 0. */
  readonly index: number;
  readonly message: string;
}

export type StatementResult =
  | { readonly ok: true; readonly statement: Statement }
  | { readonly ok: false; readonly fault: OutlineFault };

export type WrittenOutline =
  /** The statement over several lines, as a person would write it; empty where nothing is chosen. */
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: OutlineFault };

/** The text of an outline, which parses. Without series the coordinates of the anchor are listed. */
export function writeOutline(outline: QuestionOutline): WrittenOutline {
  const { items, anchor, where, having, order, limit, definitions } = outline;
  if (items.length === 0 && anchor.length === 0) {
    const isBlank = [where, having, order, definitions].every((each) => each.length === 0) && limit === null;
    return isBlank ? { ok: true, text: '' } : faulty('items', 0, 'Choose what to show: a metric family first.');
  }
  const coordinates = anchor.map(({ name }): OutlineItem => ({ kind: 'name', name, role: 'dimension', alias: null }));
  const made = statementOf(items.length > 0 ? outline : { ...outline, items: coordinates });
  if (!made.ok) return made;
  const text = formatStatement(made.statement);
  const parsed = parse(text);
  return parsed.ok ? { ok: true, text } : faulty('statement', 0, messageOf(parsed.error));
}

/** The statement of an outline: the inverse of `outlineOf`. Spans mean nothing; the first fault in text order is told. */
export function statementOf(outline: QuestionOutline): StatementResult {
  const writer = new Writer();
  const statement = writer.statement(outline);
  const [fault] = writer.faults;
  return fault === undefined ? { ok: true, statement } : { ok: false, fault };
}

/** Stands where a choice could not be written. */
const NULL: Expr = { kind: 'literal', value: { kind: 'null' }, span: NOWHERE };

class Writer {
  readonly faults: OutlineFault[] = [];

  statement({ explain, definitions, items, from, anchor, where, having, order, limit }: QuestionOutline): Statement {
    return {
      explain,
      definitions: definitions.map(({ name, text }, index) => {
        return { name: point(name), expr: this.expression(text, 'definitions', index), span: NOWHERE };
      }),
      items: items.map((item, index) => {
        const alias = item.alias === null ? null : point(item.alias);
        return { expr: this.item(item, index), alias, span: NOWHERE };
      }),
      from: from === null ? null : point(from),
      anchor: anchorOf(anchor),
      where: joined(where.map((term, index) => this.condition(term, 'where', index))),
      having: joined(having.map((term, index) => this.condition(term, 'having', index))),
      order: order.map(({ name, descending }) => ({ name: point(name), descending, span: NOWHERE })),
      limit: limit && this.limit(limit),
      span: NOWHERE,
    };
  }

  private item(item: OutlineItem, index: number): Expr {
    switch (item.kind) {
      case 'name':
        return nameExpr(item.name);
      case 'rows':
        return { ...call('COUNT', []), star: true };
      case 'operator': {
        const { operator, name, fraction } = item;
        if (fraction === null) return call(operator, [nameExpr(name)]);
        const q = numberOf(fraction);
        if (q?.kind !== 'literal') return this.fault('items', index, `${operator} takes a number from 0 to 1.`);
        return call(operator, [nameExpr(name), q]);
      }
      case 'expression':
        return this.expression(item.text, 'items', index);
    }
  }

  private condition(term: OutlineTerm, part: 'where' | 'having', index: number): Expr {
    const value = (each: OutlineValue) => literalOf(each) ?? this.fault(part, index, missingNumber(each));
    switch (term.kind) {
      case 'compare': {
        const { name, operator } = term;
        return { kind: 'compare', operator, left: nameExpr(name), right: value(term.value), span: NOWHERE };
      }
      case 'in': {
        if (term.values.length === 0) return this.fault(part, index, 'Add at least one value.');
        const { name, negated } = term;
        return { kind: 'in', operand: nameExpr(name), values: term.values.map(value), negated, span: NOWHERE };
      }
      case 'between': {
        const { name, negated } = term;
        const [low, high] = [value(term.low), value(term.high)];
        return { kind: 'between', operand: nameExpr(name), low, high, negated, span: NOWHERE };
      }
      case 'null':
        return { kind: 'isNull', operand: nameExpr(term.name), negated: term.negated, span: NOWHERE };
      case 'text': {
        const text: Expr = { kind: 'literal', value: { kind: 'text', value: term.value }, span: NOWHERE };
        const asked = call(term.function, [nameExpr(term.name), text]);
        return term.negated ? { kind: 'not', operand: asked, span: NOWHERE } : asked;
      }
      case 'expression':
        return this.expression(term.text, part, index);
    }
  }

  private expression(text: string, part: OutlineFault['part'], index: number): Expr {
    const parsed = parseExpression(text);
    return parsed.ok ? parsed.expr : this.fault(part, index, messageOf(parsed.error));
  }

  private limit({ count, per }: NonNullable<QuestionOutline['limit']>): Limit {
    if (!Number.isSafeInteger(count) || count < 0) this.fault('limit', 0, 'LIMIT takes a whole number of rows.');
    return { count, per: per && anchorOf(per.map((name) => ({ name, via: null }))), span: NOWHERE };
  }

  private fault(part: OutlineFault['part'], index: number, message: string): Expr {
    this.faults.push({ part, index, message });
    return NULL;
  }
}

function faulty(part: OutlineFault['part'], index: number, message: string): Extract<WrittenOutline, { ok: false }> {
  return { ok: false, fault: { part, index, message } };
}

function missingNumber(value: OutlineValue): string {
  const text = value.kind === 'bool' ? '' : value.text.trim();
  return text === '' ? 'Type a number.' : `\`${text}\` is not a number. Write it as 1234.5.`;
}

function messageOf({ found, expected, hint }: SyntaxIssue): string {
  return REFUSAL_MESSAGES.SYNTAX({ found, expected, hint });
}

function anchorOf(points: QuestionOutline['anchor']): Anchor {
  const written = points.map(({ name, via }) => ({ ...point(name), via: via === null ? null : point(via) }));
  return { points: written, span: NOWHERE };
}

/** The terms joined by AND; those that are AND themselves are taken apart, as the parser does. */
function joined(terms: readonly Expr[]): Expr | null {
  const operands = terms.flatMap((term) => (term.kind === 'and' ? term.operands : [term]));
  const [first] = operands;
  if (first === undefined) return null;
  return operands.length === 1 ? first : { kind: 'and', operands, span: NOWHERE };
}

function call(callee: string, args: readonly Expr[]): Extract<Expr, { kind: 'call' }> {
  return { kind: 'call', callee, star: false, args, named: [], nameSpan: NOWHERE, span: NOWHERE };
}

function nameExpr(name: string): Expr {
  return { kind: 'name', ...point(name) };
}

function point(name: string): NamedPoint {
  return { name, quoted: false, span: NOWHERE };
}
