import type { OutlineItem, OutlineKey, OutlinePoint, QuestionOutline } from '../../runtime/api.ts';

/** The list with one element replaced. */
export function replacedAt<T>(list: readonly T[], index: number, value: T): readonly T[] {
  return list.map((each, at) => (at === index ? value : each));
}

/** The list without one element. */
export function withoutAt<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, at) => at !== index);
}

/** The list with one element moved by a step; the same where it would leave the list. */
export function movedBy<T>(list: readonly T[], index: number, step: 1 | -1): readonly T[] {
  const [moved, other] = [list[index], list[index + step]];
  if (moved === undefined || other === undefined) return list;
  return list.map((each, at) => (at === index ? other : at === index + step ? moved : each));
}

/** The name of the column that an item becomes; null where it has none of its own. */
export function columnName(item: OutlineItem): string | null {
  if (item.alias !== null) return item.alias;
  switch (item.kind) {
    case 'name':
      return item.name;
    case 'operator':
      return `${item.operator.toLowerCase()}_${item.name}`;
    case 'rows':
      return 'count';
    case 'expression':
      return null;
  }
}

/** The question without one of the things that it shows, nor what is ordered by it. */
export function withoutItem(outline: QuestionOutline, index: number): QuestionOutline {
  const item = outline.items[index];
  const gone = item === undefined ? null : columnName(item);
  const items = withoutAt(outline.items, index);
  // A dimension of the anchor is shown whether it is listed or not.
  const stays = outline.anchor.some((point) => point.name === gone);
  return { ...outline, items, order: stays ? outline.order : outline.order.filter((key) => key.name !== gone) };
}

/** The question with an item in another's place; what is ordered by its column follows it. */
export function withItem(outline: QuestionOutline, index: number, item: OutlineItem): QuestionOutline {
  const before = outline.items[index];
  const [old, next] = [before === undefined ? null : columnName(before), columnName(item)];
  const stays = outline.anchor.some((point) => point.name === old);
  const followed = (key: OutlineKey) => (key.name === old && next !== null && !stays ? { ...key, name: next } : key);
  return { ...outline, items: replacedAt(outline.items, index, item), order: outline.order.map(followed) };
}

/** The question at an anchor that has one more dimension. */
export function withPoint(outline: QuestionOutline, point: OutlinePoint): QuestionOutline {
  return { ...outline, anchor: [...outline.anchor, point] };
}

/** The question at an anchor without one of its dimensions, nor the column, order and limit that need it. */
export function withoutPoint(outline: QuestionOutline, index: number): QuestionOutline {
  const gone = outline.anchor[index]?.name;
  const { limit } = outline;
  const isListed = (item: OutlineItem) => item.kind === 'name' && item.role === 'dimension' && item.name === gone;
  const columns = outline.items.filter(isListed).map(columnName);
  const per = limit?.per?.filter((name) => name !== gone) ?? [];
  return {
    ...outline,
    anchor: withoutAt(outline.anchor, index),
    items: outline.items.filter((item) => !isListed(item)),
    order: outline.order.filter(({ name }) => name !== gone && !columns.includes(name)),
    limit: limit && { ...limit, per: per.length > 0 ? per : null },
  };
}

/** A limit for each value of some dimensions: the order must begin with these, so it does. */
export function withPer(outline: QuestionOutline, per: readonly string[]): QuestionOutline {
  const { limit, order } = outline;
  if (limit === null) return outline;
  const first = per.map((name) => order.find((key) => key.name === name) ?? { name, descending: false });
  const rest = order.filter(({ name }) => !per.includes(name));
  return { ...outline, order: [...first, ...rest], limit: { ...limit, per: per.length > 0 ? per : null } };
}
