import { choicesOf } from '../builder/choices.ts';
import { EMPTY_OUTLINE } from '../builder/outline.ts';
import { outlineOf } from '../builder/outline-of.ts';
import { statementOf } from '../builder/statement-of.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import type { Statement } from '../frameql/ast.ts';
import { hasComments } from '../frameql/layout.ts';
import { outputName } from '../frameql/output-name.ts';
import { parse } from '../frameql/parser.ts';
import type { Facts } from '../resolution/facts.ts';
import { namesOf } from '../resolution/names.ts';
import type { OutlinedText, Refusal } from './api.ts';
import type { Planned } from './execute.ts';

interface OutlineContext {
  readonly manifest: SemanticManifest;
  readonly facts: Facts;
  readonly plan: (text: string) => Planned;
}

/** A text as choices for a form; touches no data. An empty text has the outline of no statement. */
export function outlineText({ manifest, facts, plan }: OutlineContext, text: string): OutlinedText | Refusal {
  const isBlank = text.trim() === '';
  const planned = isBlank ? null : plan(text);
  const statement = isBlank ? emptyStatement() : statementIn(text);
  if (statement === null) {
    if (planned === null || planned.ok) throw new TypeError('outline: a text that is planned is a statement');
    return planned.refusal;
  }
  return {
    outline: outlineOf(statement, namesOf(manifest)),
    choices: choicesOf(manifest, facts, statement),
    columns: planned?.ok === true ? planned.plan.columns.map(typedColumn) : untypedColumns(statement),
    hasComments: hasComments(text),
  };
}

function statementIn(text: string): Statement | null {
  const parsed = parse(text);
  return parsed.ok ? parsed.statement : null;
}

function emptyStatement(): Statement | null {
  const made = statementOf(EMPTY_OUTLINE);
  return made.ok ? made.statement : null;
}

function typedColumn({ name, type }: { readonly name: string; readonly type: LogicalType }) {
  return { name, type: printType(type), level: type.kind === 'date' ? type.level : null };
}

/** What the columns would be named, were the question answered. */
function untypedColumns({ items, anchor }: Statement): OutlinedText['columns'] {
  const listed = items.flatMap((item) => outputName(item) ?? []);
  const leading = anchor.points.map(({ name }) => name).filter((name) => !listed.includes(name));
  return [...new Set([...leading, ...listed])].map((name) => ({ name, type: null, level: null }));
}
