import { tokenize } from '../frameql/tokens.ts';
import { operatorNamed } from '../operators/catalog.ts';
import { determines } from '../resolution/reach.ts';
import type { CompletionItem, Known } from './assistance.ts';
import { dimensionItem, item } from './items.ts';
import { byName } from './meanings.ts';
import type { Outline } from './outline.ts';
import type { Caret, Place } from './place.ts';
import { itemAt, pointsOf, sketchOf, statementOf } from './sketch.ts';
import { fits, UNFINISHED } from './trial.ts';

/**
 * After `@`: inside an operator the dimensions that AT does not determine, outside one those that it does; of both, those
 * at which what stands before `@` can be told.
 */
export function replicaItems(
  known: Known,
  { text }: Outline,
  { from, to, calls }: Caret,
  place: Extract<Place, { kind: 'point' }>,
): readonly CompletionItem[] {
  const { manifest, facts } = known;
  const sketch = sketchOf(text);
  const outer = sketch.points?.map((point) => point.name) ?? [];
  const isInner = calls.some((call) => operatorNamed(call.callee) !== undefined);
  const taken = pointsOf(anchorTokens(text, from)).map((point) => point.name);
  const dimensions = byName(manifest.dimensions).filter(({ name }) => {
    if (taken.includes(name)) return false;
    if (sketch.points !== null && determines(manifest, facts, outer, name) === isInner) return false;
    const tried = itemAt(`${text.slice(0, from)}"${name.replaceAll('"', '""')}"${text.slice(to)}`, from);
    return tried === null || fits(known, statementOf({ ...sketch, items: [tried], where: null }), new Set(), LATER);
  });
  const items = dimensions.map((dimension) => dimensionItem(known, dimension, 0));
  if (isInner || place.inBrackets) return items;
  return [...items, item('dimension', '()', 1, { detail: 'the grand total', doc: 'The same value beside every row.' })];
}

const LATER = new Set([...UNFINISHED, ...(['NOTHING_REDUCED'] as const)]);

/** What stands in the anchor before an offset. */
function anchorTokens(text: string, from: number) {
  const at = text.lastIndexOf('@', from);
  return at < 0 ? [] : tokenize(text.slice(at + 1, from));
}
