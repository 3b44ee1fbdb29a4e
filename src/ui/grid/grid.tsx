import { createVirtualizer, defaultRangeExtractor } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show } from 'solid-js';
import { writeClipboard } from '../controls/clipboard.ts';
import { formatCount } from '../format/count.ts';
import { Icon } from '../icons/icon.tsx';
import { copyRange } from '../result/copy.ts';
import type { FrameView } from '../result/frame.ts';
import { GLOSSARY } from '../words/glossary.ts';
import styles from './grid.module.css';
import { type GridColumn, gridColumns } from './grid-columns.ts';
import { bodyPart, cellPart, gridPart, headerPart, headRowPart, rowPart } from './grid-parts.ts';
import { type GridOrder, nextOrder, QUERY_ORDER, rowOrder } from './order.ts';
import { type CellPlace, inRange, moved, rangeBetween } from './selection.ts';

interface GridProps {
  readonly frame: FrameView;
  readonly locale: string;
  /** One column is pinned at most, and rows are as high as a finger needs. */
  readonly narrow: boolean;
  readonly stale: boolean;
  readonly onOrder: (row: (shown: number) => number) => void;
  readonly onOrigin: (column: string) => void;
  readonly announce: (message: string) => void;
}

/** The finished rows, drawn from the columns: only what is on screen is read, formatted and in the page. */
export function Grid(props: GridProps) {
  let scroller: HTMLDivElement | undefined;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rowHeight = () => (props.narrow ? 2.5 : 1.75) * rem;
  const headerHeight = 2 * rem;
  const [order, setOrder] = createSignal<GridOrder>(QUERY_ORDER);
  const [active, setActive] = createSignal<CellPlace>({ row: 0, column: 0 });
  const [anchor, setAnchor] = createSignal<CellPlace | null>(null);
  const [inside, setInside] = createSignal(false);
  const [height, setHeight] = createSignal(0);
  const [scrolled, setScrolled] = createSignal(0);
  onMount(() => {
    if (scroller === undefined) return;
    const observer = new ResizeObserver(() => setHeight(scroller?.clientHeight ?? 0));
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });

  const rows = createMemo(() =>
    rowOrder(order(), props.frame.rowCount, (column, row) => props.frame.columns[column]?.read(row) ?? null),
  );
  const rowAt = (shown: number) => rows()?.[shown] ?? shown;
  createEffect(() => {
    const present = rows();
    props.onOrder((shown) => present?.[shown] ?? shown);
  });
  createEffect(
    on(
      () => props.frame,
      () => {
        setOrder(QUERY_ORDER);
        setActive({ row: 0, column: 0 });
        setAnchor(null);
      },
      { defer: true },
    ),
  );

  const columns = createMemo<readonly GridColumn[]>(() => gridColumns(props.frame, props.locale, props.narrow, rem));
  const totalWidth = () => columns().reduce((sum, column) => sum + column.width, 0);
  const pinnedWidth = () => columns().reduce((sum, column) => sum + (column.pinnedAt === null ? 0 : column.width), 0);
  const pinnedCount = () => columns().filter((column) => column.pinnedAt !== null).length;

  const rowVirtualizer = createVirtualizer({
    get count() {
      return props.frame.rowCount;
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => rowHeight(),
    overscan: 8,
    scrollPaddingStart: headerHeight,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      // The active cell stays in the page while it is scrolled out of sight, or the focus would be lost.
      const row = active().row;
      return inside() && row >= 0 && row < props.frame.rowCount && !shown.includes(row) ? [row, ...shown] : shown;
    },
  });
  const columnVirtualizer = createVirtualizer({
    horizontal: true,
    get count() {
      return columns().length;
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: (index) => columns()[index]?.width ?? 0,
    overscan: 3,
    rangeExtractor: (range) => {
      const shown = new Set(defaultRangeExtractor(range));
      for (let index = 0; index < pinnedCount(); index++) shown.add(index);
      shown.add(active().column);
      return [...shown].filter((index) => index < columns().length).sort((a, b) => a - b);
    },
  });
  createEffect(() => {
    columns();
    columnVirtualizer.measure();
  });
  createEffect(() => {
    rowHeight();
    rowVirtualizer.measure();
  });

  /** Columns on screen with the empty space before each, where columns between are left out. */
  const shownColumns = createMemo(() => {
    let drawn = 0;
    return columnVirtualizer.getVirtualItems().flatMap((item) => {
      const column = columns()[item.index];
      if (column === undefined) return [];
      const space = item.start - drawn;
      drawn = item.start + column.width;
      return [{ index: item.index, space, ...column }];
    });
  });

  const focusCell = (place: CellPlace) => {
    scroller?.querySelector<HTMLElement>(`[data-place="${place.row}:${place.column}"]`)?.focus({ preventScroll: true });
  };
  const go = (place: CellPlace) => {
    setActive(place);
    if (place.row >= 0) rowVirtualizer.scrollToIndex(place.row, { align: 'auto' });
    if (columns()[place.column]?.pinnedAt === null) columnVirtualizer.scrollToIndex(place.column, { align: 'auto' });
    requestAnimationFrame(() => focusCell(place));
  };
  const sort = (column: number) => {
    const next = nextOrder(order(), column);
    setOrder(next);
    const name = props.frame.columns[column]?.name ?? '';
    props.announce(next.by === 'query' ? 'In the order of the question' : `Sorted by ${name}, ${next.direction}`);
  };
  const selection = createMemo(() => {
    const from = anchor();
    return from === null ? null : rangeBetween(from, active());
  });
  const copy = async () => {
    const range = selection() ?? rangeBetween(active(), active());
    const whole =
      range.top === 0 && range.bottom === props.frame.rowCount - 1 && range.right - range.left === columns().length - 1;
    try {
      await writeClipboard(copyRange({ frame: props.frame, row: rowAt }, range, whole || active().row < 0));
      const count = (range.bottom - range.top + 1) * (range.right - range.left + 1);
      props.announce(`Copied ${formatCount(count, props.locale)} cell${count === 1 ? '' : 's'}.`);
    } catch (error) {
      props.announce(error instanceof Error ? error.message : 'Not copied.');
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    const here = active();
    const page = Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headerHeight) / rowHeight()) - 1);
    const next = moved(here, event.key, command, { rows: props.frame.rowCount, columns: columns().length, page });
    if (next !== null && !event.altKey) {
      setAnchor(event.shiftKey ? (anchor() ?? here) : null);
      go(next);
    } else if (command && event.key.toLowerCase() === 'a') {
      setAnchor({ row: 0, column: 0 });
      setActive({ row: props.frame.rowCount - 1, column: columns().length - 1 });
      setInside(true);
      requestAnimationFrame(() => focusCell(active()));
    } else if (command && event.key.toLowerCase() === 'c') {
      void copy();
    } else if (event.key === 'Enter' && here.row < 0) {
      sort(here.column);
    } else if (event.key === 'Enter' || (event.key.toLowerCase() === 'i' && !command)) {
      const name = props.frame.columns[here.column]?.name;
      if (name !== undefined) props.onOrigin(name);
    } else if (event.key === 'Escape' && anchor() !== null) {
      setAnchor(null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const ariaSort = (index: number) => {
    const present = order();
    return present.by === 'column' && present.column === index ? present.direction : 'none';
  };
  const tabStop = (row: number, column: number) => {
    const here = active();
    return here.row === row && here.column === column;
  };
  /** What all rows need, with the header, a scroll bar and, where the rows will not fit, the line beneath. */
  const naturalHeight = () => props.frame.rowCount * rowHeight() + headerHeight + 16;
  const overflows = () => height() > 0 && props.frame.rowCount * rowHeight() > height() - headerHeight;
  const firstShown = () => Math.floor(scrolled() / rowHeight()) + 1;
  const lastShown = () =>
    Math.min(props.frame.rowCount, Math.floor((scrolled() + height() - headerHeight) / rowHeight()));

  return (
    <div
      class={styles.frame}
      data-stale={props.stale ? '' : undefined}
      style={{ '--natural-height': `${naturalHeight()}px` }}
    >
      <div
        ref={scroller}
        class={styles.grid}
        {...gridPart(props.frame.rowCount, columns().length, {
          onKeyDown,
          onScroll: (event) => setScrolled(event.currentTarget.scrollTop),
          onFocusIn: () => setInside(true),
          onFocusOut: (event) => {
            const to = event.relatedTarget;
            if (!(to instanceof Node) || !event.currentTarget.contains(to)) setInside(false);
          },
        })}
        style={{ '--cell-height': `${rowHeight() - 1}px`, 'scroll-padding-left': `${pinnedWidth()}px` }}
      >
        <div class={styles.head} {...headRowPart()} style={{ width: `max(100%, ${totalWidth()}px)` }}>
          <For each={shownColumns()}>
            {(shown) => (
              <div
                {...headerPart(shown.index, ariaSort(shown.index), tabStop(-1, shown.index), () => {
                  setActive({ row: -1, column: shown.index });
                  sort(shown.index);
                })}
                data-place={`-1:${shown.index}`}
                data-right={shown.right ? '' : undefined}
                data-tip={`Sorts the rows shown. ${GLOSSARY['code-point order']}`}
                class={styles.header}
                classList={{ [styles.pinned ?? '']: shown.pinnedAt !== null, [styles.edge ?? '']: shown.edge }}
                style={{
                  width: `${shown.width}px`,
                  'margin-left': `${shown.space}px`,
                  ...(shown.pinnedAt === null ? {} : { left: `${shown.pinnedAt}px` }),
                }}
              >
                <span class={styles.name}>{shown.column.name}</span>
                <span class={styles.type}>{shown.column.typeText}</span>
                <Show when={ariaSort(shown.index) !== 'none'}>
                  <span class={styles.arrow}>
                    <Icon name={ariaSort(shown.index) === 'ascending' ? 'up' : 'down'} size={12} />
                  </span>
                </Show>
              </div>
            )}
          </For>
        </div>
        <div
          class={styles.body}
          {...bodyPart()}
          style={{ height: `${rowVirtualizer.getTotalSize()}px`, width: `max(100%, ${totalWidth()}px)` }}
        >
          <For each={rowVirtualizer.getVirtualItems()}>
            {(item) => (
              <div
                {...rowPart(item.index)}
                class={styles.row}
                style={{ top: `${item.start}px`, height: `${item.size}px` }}
              >
                <For each={shownColumns()}>
                  {(shown) => {
                    const cell = createMemo(() => shown.format(shown.column.read(rowAt(item.index))));
                    return (
                      <div
                        {...cellPart(
                          shown.index,
                          cell().spoken,
                          inRange(selection(), item.index, shown.index),
                          tabStop(item.index, shown.index),
                        )}
                        data-place={`${item.index}:${shown.index}`}
                        data-right={shown.right ? '' : undefined}
                        data-quiet={cell().quiet ? '' : undefined}
                        data-selected={inRange(selection(), item.index, shown.index) ? '' : undefined}
                        title={cell().text.length > 40 ? cell().text : undefined}
                        class={styles.cell}
                        classList={{ [styles.pinned ?? '']: shown.pinnedAt !== null, [styles.edge ?? '']: shown.edge }}
                        style={{
                          width: `${shown.width}px`,
                          'margin-left': `${shown.space}px`,
                          ...(shown.pinnedAt === null ? {} : { left: `${shown.pinnedAt}px` }),
                        }}
                        onPointerDown={(event) => {
                          const place = { row: item.index, column: shown.index };
                          setAnchor(event.shiftKey ? (anchor() ?? active()) : null);
                          setActive(place);
                          setInside(true);
                        }}
                      >
                        {cell().text}
                      </div>
                    );
                  }}
                </For>
              </div>
            )}
          </For>
        </div>
      </div>
      <Show when={overflows()}>
        <p class={styles.foot}>
          {formatCount(props.frame.rowCount, props.locale)} rows · showing {formatCount(firstShown(), props.locale)}–
          {formatCount(lastShown(), props.locale)}
        </p>
      </Show>
    </div>
  );
}
