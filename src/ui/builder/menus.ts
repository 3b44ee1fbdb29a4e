import type { NameChoice, OutlinedText, OutlineItem, QuestionOutline } from '../../runtime/api.ts';
import type { MenuItem } from '../controls/menu.tsx';
import type { Builder } from './builder-state.ts';
import type { Fresh } from './fresh.ts';
import { withPoint } from './outline-edits.ts';
import { emptyValue } from './term-choice.ts';

type Change = Builder['change'];

/** What may be shown: families first, then rows, different values, attributes, and any expression. */
export function seriesMenu(
  outline: QuestionOutline,
  { choices }: OutlinedText,
  change: Change,
  fresh: Fresh,
): readonly MenuItem[] {
  const add = (item: OutlineItem) => () => {
    fresh.expect(`items ${outline.items.length}`);
    change({ ...outline, items: [...outline.items, item] });
  };
  const named = (name: string, role: 'family' | 'attribute'): OutlineItem => ({
    kind: 'name',
    name,
    role,
    alias: null,
  });
  return [
    ...choices.families.map(({ name, description, means }) => ({
      label: name,
      detail: description === '' ? means : description,
      onSelect: add(named(name, 'family')),
    })),
    { label: 'Number of rows', detail: 'COUNT(*)', onSelect: add({ kind: 'rows', alias: null }) },
    ...choices.attributes.map(({ name, of, works, reason }) => ({
      label: name,
      detail: works ? `of each ${of}` : plain(reason),
      disabled: !works,
      onSelect: add(named(name, 'attribute')),
    })),
    ...choices.countable
      .filter(
        ({ name, operators }) =>
          operators.some((each) => each.name === 'COUNT_DISTINCT') &&
          choices.dimensions.some((each) => each.name === name),
      )
      .map(({ name }) => ({
        label: `How many different: ${name}`,
        detail: `COUNT_DISTINCT(${name})`,
        onSelect: add({
          kind: 'operator',
          operator: 'COUNT_DISTINCT',
          name,
          role: 'dimension',
          fraction: null,
          alias: null,
        }),
      })),
    {
      label: 'Another expression',
      detail: 'typed in Frame-QL',
      onSelect: () => {
        const alias = freeName(outline, 'value');
        add({ kind: 'expression', text: '', alias })();
      },
    },
  ];
}

/** The dimensions that are not in the anchor yet: those that work, by a bridge where one leads there, and why not. */
export function anchorMenu(outline: QuestionOutline, { choices }: OutlinedText, change: Change): readonly MenuItem[] {
  return choices.dimensions
    .filter(({ name }) => !outline.anchor.some((point) => point.name === name))
    .flatMap((choice): readonly MenuItem[] => {
      const { name, of, works, via } = choice;
      if (!works && via.length > 0) {
        return via.map((bridge) => ({
          label: `${name} via ${bridge}`,
          detail: 'counted once in each it belongs to',
          onSelect: () => change(withPoint(outline, { name, via: bridge })),
        }));
      }
      return [
        {
          label: name,
          detail: works ? (of === name ? choice.type : of) : plain(choice.reason),
          disabled: !works,
          onSelect: () => change(withPoint(outline, { name, via: null })),
        },
      ];
    })
    .toSorted(workingFirst);
}

/** What rows can be kept by. */
export function filterMenu(
  outline: QuestionOutline,
  { choices }: OutlinedText,
  change: Change,
  fresh: Fresh,
): readonly MenuItem[] {
  return choices.filters
    .map(({ name, type, of, works, reason }: NameChoice) => ({
      label: name,
      detail: works ? (of === name ? type : of) : plain(reason),
      disabled: !works,
      onSelect: () => {
        fresh.expect(`where ${outline.where.length}`);
        const term = { kind: 'compare', name, operator: '=', value: emptyValue(type) } as const;
        change({ ...outline, where: [...outline.where, term] });
      },
    }))
    .toSorted(workingFirst);
}

/** The columns that finished rows can be kept by. */
export function havingMenu(
  outline: QuestionOutline,
  { columns }: OutlinedText,
  change: Change,
  fresh: Fresh,
): readonly MenuItem[] {
  return columns.map(({ name, type }) => ({
    label: name,
    detail: type ?? '',
    onSelect: () => {
      fresh.expect(`having ${outline.having.length}`);
      const value = emptyValue(type ?? 'double');
      const operator = value.kind === 'number' ? '>=' : '=';
      change({ ...outline, having: [...outline.having, { kind: 'compare', name, operator, value }] });
    },
  }));
}

/** The columns that rows are not ordered by yet: numbers from the largest, the rest from the first. */
export function orderMenu(outline: QuestionOutline, { columns }: OutlinedText, change: Change): readonly MenuItem[] {
  return columns
    .filter(({ name }) => !outline.order.some((key) => key.name === name))
    .map(({ name, type }) => ({
      label: name,
      detail: type ?? '',
      onSelect: () => {
        const descending = emptyValue(type).kind === 'number';
        change({ ...outline, order: [...outline.order, { name, descending }] });
      },
    }));
}

/** A name that no column has yet. */
export function freeName({ items }: QuestionOutline, wanted: string): string {
  const taken = new Set(items.map((item) => item.alias));
  for (let at = 1; ; at++) {
    const name = at === 1 ? wanted : `${wanted}_${at}`;
    if (!taken.has(name)) return name;
  }
}

function workingFirst(a: MenuItem, b: MenuItem): number {
  return Number(a.disabled === true) - Number(b.disabled === true);
}

/** A reason without the marks of code. */
function plain(reason: string | null): string {
  return (reason ?? '').replaceAll('`', '');
}
