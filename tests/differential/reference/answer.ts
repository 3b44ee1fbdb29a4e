import { type Expr, nameOf } from '../expr.ts';
import { type TypeScope, typeOf } from '../logical-type.ts';
import { outputName, type Question, withoutDefinitions } from '../question.ts';
import { Typing } from '../typing.ts';
import type { World } from '../world.ts';
import { overflows } from './bounds.ts';
import { causesOf, doubtsOf, Sources } from './causes.ts';
import { Context } from './context.ts';
import { truth } from './evaluate.ts';
import type { Expected } from './frame.ts';
import { LevelFrame, Overflow } from './frame-of.ts';
import { Level } from './level.ts';
import { mixesColumns } from './mixed.ts';
import { compareRows, firstPer } from './order.ts';
import { Reaches } from './reach.ts';
import { Undecided } from './undecided.ts';
import type { Value } from './value.ts';
import { Collision } from './window.ts';

/** Answers questions about one world by plain loops over its rows, as frame-ql.md says and no faster. */
export class Reference {
  private readonly world: World;
  private readonly reaches: Reaches;
  private readonly typing: Typing;

  constructor(world: World) {
    this.world = world;
    this.reaches = new Reaches(world);
    this.typing = new Typing(world);
  }

  answer(asked: Question): Expected {
    const { level, sources, codes } = this.resolved(asked);
    if (codes.size > 0) return { kind: 'refused', codes: new Set([...codes, ...doubtsOf(level, sources)]) };
    try {
      return this.frame(withoutDefinitions(asked), level, sources);
    } catch (error) {
      const doubts = doubtsOf(level, sources);
      if (error instanceof Overflow) return { kind: 'refused', codes: new Set(['OVERFLOW', ...doubts]) };
      if (error instanceof Collision) return { kind: 'refused', codes: new Set(['FD_CONTRADICTED', ...doubts]) };
      if (error instanceof Undecided) return { kind: 'open', why: error.message, orRefused: doubts };
      throw error;
    }
  }

  /** Codes with which it may be refused, once it is for whatever cause. */
  possible(asked: Question): ReadonlySet<string> {
    const { level, sources, codes } = this.resolved(asked);
    return new Set([...codes, ...doubtsOf(level, sources)]);
  }

  /** Codes of all that keeps a question from being answered, short of its numbers. */
  causes(asked: Question): ReadonlySet<string> {
    return this.resolved(asked).codes;
  }

  private resolved(asked: Question) {
    const question = withoutDefinitions(asked);
    const context = new Context(this.world, this.reaches, this.typing, question);
    const level = new Level(context, question.anchor, true);
    for (const { expr } of question.items) level.read(expr);
    const sources = new Sources(context, level);
    const codes = new Set(causesOf(context, sources, level));
    if (question.where !== null && mixesColumns(context, question.where)) codes.add('NOT_DEFINED_FOR_TYPE');
    return { level, sources, codes };
  }

  private frame(question: Question, level: Level, sources: Sources): Expected {
    const shown = shownItems(question);
    const names = question.anchor.map(({ name }) => name);
    const order = [
      ...new Set(shown.flatMap((expr) => (expr.kind === 'name' && names.includes(expr.name) ? [expr.name] : []))),
    ];
    const frame = new LevelFrame(level.context, sources, level, [], order);
    const rows = frame.groups.map((group) => shown.map((expr) => frame.value(expr, group)));
    if (rows.some((row) => row.some(overflows))) throw new Overflow();
    const columns = [...leading(question), ...question.items.map((item) => outputName(item) ?? '')];
    const anchor = shown.flatMap((expr, place) => (expr.kind === 'name' && names.includes(expr.name) ? [place] : []));
    let isTied = false;
    const onTie = () => {
      isTied = true;
    };
    const column = (name: string) => columns.indexOf(name);
    const types: TypeScope = {
      known: (expr) => {
        const source = expr.kind === 'name' ? shown[column(expr.name)] : undefined;
        return source && this.typing.level(source);
      },
    };
    const scopeOf = (row: readonly Value[]) => ({
      valueFor: (expr: Expr) => row[column(expr.kind === 'name' ? expr.name : '')] ?? null,
      typeOf: (expr: Expr) => typeOf(expr, types),
      onTie,
    });
    const { having } = question;
    const kept = having === null ? rows : rows.filter((row) => truth(having, scopeOf(row)) === true);
    const keys = [
      ...question.order.map(({ name, descending }) => ({ place: column(name), descending })),
      ...anchor.map((place) => ({ place, descending: false })),
    ];
    const ordered = kept.toSorted((a, b) => compareRows(a, b, keys, onTie));
    const per = (question.limit?.per ?? []).map((name) => {
      const place = column(name);
      return place >= 0 ? place : shown.findIndex((expr) => expr.kind === 'name' && expr.name === name);
    });
    const limited = question.limit === null ? ordered : firstPer(ordered, question.limit.count, per);
    return {
      kind: 'frame',
      columns,
      anchor,
      rows: limited,
      all: rows,
      isTied,
      orRefused: doubtsOf(level, sources),
    };
  }
}

/** What each column shows: anchor dimensions that are not listed lead. */
function shownItems(question: Question): readonly Expr[] {
  return [...leading(question).map(nameOf), ...question.items.map(({ expr }) => expr)];
}

function leading({ anchor, items }: Question): readonly string[] {
  const names = anchor.map(({ name }) => name);
  return names.filter((name) => !items.some(({ expr }) => expr.kind === 'name' && expr.name === name));
}
