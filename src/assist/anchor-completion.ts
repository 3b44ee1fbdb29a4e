import { ancestors } from '../collection/fd-dag.ts';
import type { Bridge, Dimension } from '../collection/manifest.ts';
import type { AnchorPoint } from '../frameql/ast.ts';
import { printAnchor, printName } from '../frameql/printer.ts';
import { type Names, namesOf } from '../resolution/names.ts';
import { determines } from '../resolution/reach.ts';
import { anchorPoint } from '../resolution/rewrite.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { dimensionItem, item } from './items.ts';
import { byName, rootsOf } from './meanings.ts';
import { type Sketch, statementOf } from './sketch.ts';
import { fits, pointsNamed, reasons, UNFINISHED } from './trial.ts';

/** Where in AT something is chosen: the points around it, and whether a list in brackets is open. */
export interface AnchorPlace {
  readonly points: readonly AnchorPoint[];
  readonly inBrackets: boolean;
}

/**
 * The dimensions that may stand in AT: those at which every series of the statement can be told, so that the statement
 * resolves with what is inserted. What SELECT lists comes first. A dimension that needs another beside it (one that
 * SELECT lists, or the axis of a block) is inserted with it; one that a bridge leads to, with VIA.
 */
export function anchorItems(known: Known, sketch: Sketch, place: AnchorPlace): readonly CompletionItem[] {
  const { manifest } = known;
  const names = namesOf(manifest);
  const taken = place.points.map((point) => meant(names, point.name) ?? point.name);
  const free = byName(manifest.dimensions).filter(({ name }) => !taken.includes(name));
  const listed = listedDimensions(names, sketch).filter((name) => !isDetermined(known, taken, name));
  const trial = anchorTrial(known, sketch, place.points, listed);
  const items: CompletionItem[] = [];
  const last: CompletionItem[] = [];
  if (listed.length > 1 && !place.inBrackets && trial(pointsNamed(listed))) {
    const insert = printAnchor({ points: pointsNamed(listed), span: NOWHERE });
    items.push(item('dimension', insert, 0, { detail: 'what SELECT lists' }));
  }
  for (const dimension of free) {
    const found = way(known, dimension, place, listed, trial, sketch);
    if (found !== null) (found.rank > 2 ? last : items).push(found);
  }
  if (!place.inBrackets && listed.length === 0 && trial([])) {
    last.push(item('dimension', '()', 3, { detail: 'the grand total', doc: 'One row over everything.' }));
  }
  if (items.length + last.length > 0 || sketch.from === null) return [...items, ...last];
  // FROM names a schema that serves none of this: what the rules would allow without it.
  return anchorItems(known, { ...sketch, from: null }, place);
}

const NOWHERE = { from: 0, to: 0 };

/** Whether every series resolves at the points that stand there and these; what SELECT lists is added in brackets. */
type Trial = (added: readonly AnchorPoint[]) => boolean;

function anchorTrial(known: Known, sketch: Sketch, points: readonly AnchorPoint[], listed: readonly string[]): Trial {
  if (sketch.items.length === 0) return () => true;
  // What is wrong whatever the anchor is (a name that nothing bears) says nothing of a dimension.
  const base = statementOf(sketch, [...points, ...pointsNamed(listed)]);
  const already = reasons(known, base, ANCHOR_REASONS);
  return (added) => {
    const own = [...points, ...added];
    const more = listed.filter((name) => !own.some((point) => point.name === name));
    return fits(known, statementOf(sketch, [...own, ...pointsNamed(more)]), already, CHOSEN_LATER);
  };
}

/** What another anchor may be told of. */
const ANCHOR_REASONS = new Set([
  ...UNFINISHED,
  ...(['UNREACHABLE_ANCHOR', 'FD_CONTRADICTED', 'AMBIGUOUS_PATH', 'FAN_OUT', 'NOT_IN_SCHEMA'] as const),
  ...(['INPUT_GRAIN_AMBIGUOUS', 'NOTHING_REDUCED'] as const),
]);

/** Which schema's rows are counted is asked back, and FROM says it. */
const CHOSEN_LATER = new Set(['ROWS_AMBIGUOUS', 'ALIAS_REQUIRED'] as const);

/** How a dimension may be chosen there; null where it may not. */
function way(
  known: Known,
  dimension: Dimension,
  { points, inBrackets }: AnchorPlace,
  listed: readonly string[],
  trial: Trial,
  sketch: Sketch,
): CompletionItem | null {
  const { name } = dimension;
  const plain = dimensionItem(known, dimension, 1);
  // Without brackets what SELECT lists must come with it; in brackets it can be written next.
  const beside = inBrackets ? [] : listed.filter((each) => !isDetermined(known, [name], each) && each !== name);
  if (trial([anchorPoint(name)])) {
    const rank = listed.includes(name) ? 0 : beside.length === 0 ? 1 : 2;
    return beside.length === 0
      ? { ...plain, rank }
      : withOthers(plain, rank, inListOrder([...beside, name], listed), beside, inBrackets);
  }
  for (const axis of axesOf(known, sketch)) {
    if (axis === name || points.some((point) => point.name === axis)) continue;
    const others = beside.includes(axis) ? beside : [...beside, axis];
    if (!trial(pointsNamed([name, ...others]))) continue;
    return withOthers(plain, 2, [name, ...others], others, inBrackets);
  }
  for (const bridge of bridgesTo(known, name)) {
    const point = anchorPoint(name, bridge.via);
    if (!trial([point])) continue;
    const all = [...pointsNamed(beside), point];
    const label = `${printName(name)} VIA ${printName(bridge.via)}`;
    const insert = inBrackets ? label : printAnchor({ points: all, span: NOWHERE });
    const doc = `Each ${bridge.child} counts once in every ${bridge.parent} that it is in. ${plain.doc}`;
    return item('dimension', label, 3, { detail: 'by a bridge', doc, insert });
  }
  return null;
}

/** What SELECT lists in its order, the rest after it. */
function inListOrder(names: readonly string[], listed: readonly string[]): readonly string[] {
  return [...listed.filter((name) => names.includes(name)), ...names.filter((name) => !listed.includes(name))];
}

function withOthers(
  plain: CompletionItem,
  rank: number,
  names: readonly string[],
  others: readonly string[],
  inBrackets: boolean,
): CompletionItem {
  const printed = printAnchor({ points: pointsNamed(names), span: NOWHERE });
  const insert = inBrackets ? printed.replace(/^\(|\)$/g, '') : printed;
  return { ...plain, rank, insert, caret: insert.length, detail: `with ${others.join(', ')}` };
}

/** The dimensions that SELECT lists bare, and those that its attributes are of, in its order. */
function listedDimensions(names: Names, sketch: Sketch): readonly string[] {
  const listed = new Set<string>();
  for (const { expr } of sketch.items) {
    const meaning = expr.kind === 'name' ? names.meaningOf(expr.name) : undefined;
    if (meaning?.kind === 'dimension') listed.add(meaning.dimension.name);
    if (meaning?.kind === 'attribute') listed.add(meaning.attribute.of);
  }
  return [...listed];
}

/** The dimensions whose presence may lift a block: those of the blocked families, finest first. */
function axesOf({ manifest }: Known, sketch: Sketch): readonly string[] {
  const blocked = new Set<string>();
  const collect = (name: string) => {
    for (const family of manifest.metricFamilies) {
      if (family.name !== name) continue;
      for (const root of rootsOf(manifest, family)) {
        for (const { aBlock } of root.ipReducers) for (const each of aBlock) blocked.add(each);
      }
    }
  };
  for (const { name } of manifest.metricFamilies) if (mentions(sketch, name)) collect(name);
  return manifest.dimensionFamilies.flatMap(({ name, dimensions }) => (blocked.has(name) ? dimensions : []));
}

function mentions(sketch: Sketch, name: string): boolean {
  return JSON.stringify([sketch.items, sketch.definitions]).includes(JSON.stringify(name));
}

/** The bridges by which a dimension is reached, or what leads to it. */
export function bridgesTo({ manifest }: Known, name: string): readonly Bridge[] {
  return manifest.bridges.filter(({ parent }) => parent === name || ancestors(manifest, parent).has(name));
}

function isDetermined({ manifest, facts }: Known, by: readonly string[], name: string): boolean {
  return determines(manifest, facts, by, name);
}

function meant(names: Names, name: string): string | undefined {
  const meaning = names.meaningOf(name);
  return meaning?.kind === 'dimension' ? meaning.dimension.name : undefined;
}
