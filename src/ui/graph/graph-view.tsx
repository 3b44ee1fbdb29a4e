import { createMemo, createSignal, For, type JSX, onMount, Show } from 'solid-js';
import styles from './graph.module.css';
import { type Layout, layeredLayout, type PlacedNode } from './layered-layout.ts';
import { type Measure, wrappedText } from './wrapped-text.ts';

/** A box: what it is in a word, its name, and more about it, a line each. */
export interface GraphNode {
  readonly id: string;
  /** Colour role: see graph.module.css. */
  readonly tone: 'plain' | 'shown' | 'made' | 'stored' | 'read';
  /** As `data-kind`, for those who look for it. */
  readonly kind: string;
  readonly word: string;
  readonly label: string;
  readonly details: readonly string[];
  /** All of it in one sentence, for ears. */
  readonly spoken: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

interface GraphViewProps {
  /** What the figure is called. */
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly direction: 'right' | 'down';
  /** What the box says that has the focus; null: none has. */
  readonly caption: (id: string | null) => JSX.Element;
  /** A press of a box, beside choosing it. */
  readonly onPress?: (id: string) => void;
}

/** Sizes of a box, in pixels; `padding` and `line` as in graph.module.css, the border within the padding. */
const BOX = { widest: 180, narrowest: 76, padding: 10, line: 16, above: 4, lines: 2 } as const;

interface Box {
  readonly node: GraphNode;
  readonly label: readonly string[];
  readonly details: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** A graph: one stop for Tab; arrows go along the edges and beside, and what has the focus is told below. */
export function GraphView(props: GraphViewProps) {
  const [at, setAt] = createSignal<string | null>(null);
  const measure = createMeasure();
  const boxes = createMemo(() => new Map(props.nodes.map((node) => [node.id, boxOf(node, measure)])));
  const layout = createMemo(() =>
    layeredLayout(
      {
        nodes: [...boxes().values()].map(({ node, width, height }) => ({ id: node.id, width, height })),
        edges: props.edges,
      },
      props.direction === 'right'
        ? { direction: 'right', layerGap: 32, nodeGap: 12 }
        : { direction: 'down', layerGap: 34, nodeGap: 14 },
    ),
  );
  // By name, so that a box that stays keeps the focus when the graph is drawn anew.
  const ids = createMemo(() => layout().nodes.map(({ id }) => id));
  const places = createMemo(() => new Map(layout().nodes.map((placed) => [placed.id, placed])));
  const entrance = () => ids()[0] ?? null;
  const chosen = () => {
    const id = at();
    return id !== null && boxes().has(id) ? id : null;
  };
  let drawing: HTMLDivElement | undefined;
  let frame: HTMLDivElement | undefined;
  // Where a drawing is wider than its frame, it begins to be read at its first box.
  onMount(() => {
    const first = places().get(entrance() ?? '');
    if (frame !== undefined && first !== undefined) {
      frame.scrollLeft = first.x + first.width / 2 - frame.clientWidth / 2;
    }
  });

  const go = (id: string | undefined) => {
    const node = [...(drawing?.querySelectorAll<HTMLElement>('[data-node]') ?? [])].find(
      (each) => each.dataset.node === id,
    );
    node?.focus();
    node?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const press = (id: string) => {
    setAt(id);
    props.onPress?.(id);
  };
  const onKey = (event: KeyboardEvent, from: PlacedNode) => {
    const step = stepOf(event.key, props.direction);
    // With Alt, Ctrl or Cmd they are the browser's.
    if (step === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(neighbour(layout(), props.edges, from, step));
  };

  return (
    <figure class={styles.figure} aria-label={props.name}>
      <div class={styles.scroll} ref={frame}>
        <div class={styles.drawing} ref={drawing} style={{ width: px(layout().width), height: px(layout().height) }}>
          <svg aria-hidden="true" width={layout().width} height={layout().height}>
            <For each={layout().edges}>
              {(edge) => (
                <g class={styles.edge} data-lit={chosen() === edge.from || chosen() === edge.to ? '' : undefined}>
                  <path d={curve(edge.points, props.direction)} />
                  <path d={arrowHead(edge.points, props.direction)} />
                </g>
              )}
            </For>
          </svg>
          <For each={ids()}>
            {(id) => (
              <Show when={places().get(id)}>
                {(placed) => (
                  <Show when={boxes().get(id)}>
                    {(box) => (
                      <button
                        type="button"
                        class={styles.node}
                        data-node={id}
                        data-kind={box().node.kind}
                        data-tone={box().node.tone}
                        data-chosen={chosen() === id ? '' : undefined}
                        style={{
                          left: px(placed().x),
                          top: px(placed().y),
                          width: px(box().width),
                          height: px(box().height),
                        }}
                        tabindex={(chosen() ?? entrance()) === id ? 0 : -1}
                        aria-pressed={props.onPress === undefined ? chosen() === id : undefined}
                        onFocus={() => setAt(id)}
                        onClick={() => press(id)}
                        onKeyDown={(event) => onKey(event, placed())}
                      >
                        <span class="visually-hidden">{box().node.spoken}</span>
                        <span class={styles.words} aria-hidden="true">
                          <span class={styles.kind}>{box().node.word}</span>
                          <For each={box().label}>{(line) => <span>{line}</span>}</For>
                          <For each={box().details}>{(line) => <span class={styles.detail}>{line}</span>}</For>
                        </span>
                      </button>
                    )}
                  </Show>
                )}
              </Show>
            )}
          </For>
        </div>
      </div>
      <figcaption class={styles.caption} data-testid="graph-node">
        {props.caption(chosen())}
      </figcaption>
    </figure>
  );
}

/** Widths as the page's own font gives them. */
function createMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.body).fontFamily;
  if (context !== null) context.font = `500 12px ${family}`;
  return (text) => context?.measureText(text).width ?? text.length * 7;
}

function boxOf(node: GraphNode, measure: Measure): Box {
  const inner = BOX.widest - 2 * BOX.padding;
  const label = wrappedText(node.label, inner, BOX.lines, measure);
  const details = node.details.flatMap((each) => wrappedText(each, inner, 1, measure));
  const texts = [...label, ...details, node.word].map(measure);
  const width = Math.ceil(
    Math.min(BOX.widest, Math.max(BOX.narrowest, ...texts.map((each) => each + 2 * BOX.padding))),
  );
  const height = BOX.line * (1 + label.length + details.length) + 2 * BOX.above;
  return { node, label, details, width, height };
}

const px = (length: number) => `${length}px`;

type MoveTo = 'next' | 'previous' | 'after' | 'before' | 'first' | 'last';

function stepOf(key: string, direction: 'right' | 'down'): MoveTo | null {
  const along = direction === 'right';
  switch (key) {
    case 'ArrowRight':
      return along ? 'next' : 'after';
    case 'ArrowLeft':
      return along ? 'previous' : 'before';
    case 'ArrowDown':
      return along ? 'after' : 'next';
    case 'ArrowUp':
      return along ? 'before' : 'previous';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    default:
      return null;
  }
}

/** The node that a step leads to; undefined where there is none. */
function neighbour(layout: Layout, edges: readonly GraphEdge[], from: PlacedNode, step: MoveTo): string | undefined {
  switch (step) {
    case 'next':
      return edges.find((edge) => edge.from === from.id)?.to;
    case 'previous':
      return edges.find((edge) => edge.to === from.id)?.from;
    case 'first':
      return layout.nodes[0]?.id;
    case 'last':
      return layout.nodes.at(-1)?.id;
    case 'after':
    case 'before': {
      const layer = layout.nodes.filter((each) => each.layer === from.layer).toSorted((a, b) => a.place - b.place);
      return layer[layer.findIndex((each) => each.id === from.id) + (step === 'after' ? 1 : -1)]?.id;
    }
  }
}

/** A smooth line through the points, level where it leaves and enters. */
function curve(points: Layout['edges'][number]['points'], direction: 'right' | 'down'): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let from = first;
  const parts = rest.map((to) => {
    const middle = direction === 'right' ? (from.x + to.x) / 2 : (from.y + to.y) / 2;
    const bend =
      direction === 'right' ? `${middle} ${from.y} ${middle} ${to.y}` : `${from.x} ${middle} ${to.x} ${middle}`;
    from = to;
    return `C${bend} ${to.x} ${to.y}`;
  });
  return `M${first.x} ${first.y}${parts.join('')}`;
}

function arrowHead(points: Layout['edges'][number]['points'], direction: 'right' | 'down'): string {
  const end = points.at(-1);
  if (end === undefined) return '';
  return direction === 'right'
    ? `M${end.x - 6} ${end.y - 3.5}L${end.x} ${end.y}L${end.x - 6} ${end.y + 3.5}`
    : `M${end.x - 3.5} ${end.y - 6}L${end.x} ${end.y}L${end.x + 3.5} ${end.y - 6}`;
}
