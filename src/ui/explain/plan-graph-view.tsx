import { createEffect, createMemo, createSignal, For, Show } from 'solid-js';
import type { PlanGraph, PlanNode } from '../../runtime/api.ts';
import { nodeWord } from './explain-words.ts';
import { type Layout, layeredLayout, type PlacedNode } from './layered-layout.ts';
import styles from './plan-graph.module.css';
import { type Measure, wrappedText } from './wrapped-text.ts';

/** Sizes of a box, in pixels. */
const BOX = { widest: 180, narrowest: 76, padding: 10, line: 16, kind: 15, lines: 2 } as const;

interface PlanGraphViewProps {
  readonly graph: PlanGraph;
  readonly direction: 'right' | 'down';
}

interface Box {
  readonly node: PlanNode;
  readonly label: readonly string[];
  readonly detail: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** A plan as a graph: one stop for Tab; arrows go along the edges and beside, and what has the focus is told below. */
export function PlanGraphView(props: PlanGraphViewProps) {
  const [at, setAt] = createSignal<string | null>(null);
  const measure = createMeasure();
  const boxes = createMemo(() => new Map(props.graph.nodes.map((node) => [node.id, boxOf(node, measure)])));
  const layout = createMemo(() =>
    layeredLayout(
      {
        nodes: [...boxes().values()].map(({ node, width, height }) => ({ id: node.id, width, height })),
        edges: props.graph.edges,
      },
      props.direction === 'right'
        ? { direction: 'right', layerGap: 32, nodeGap: 12 }
        : { direction: 'down', layerGap: 34, nodeGap: 14 },
    ),
  );
  const entrance = () => layout().nodes[0]?.id ?? null;
  const chosen = () => {
    const id = at();
    return id !== null && boxes().has(id) ? id : null;
  };
  let drawing: SVGSVGElement | undefined;

  createEffect(() => {
    layout();
    setAt(null);
  });
  const go = (id: string | undefined) => {
    const node = [...(drawing?.querySelectorAll<SVGRectElement>('[data-node]') ?? [])].find(
      (each) => each.dataset.node === id,
    );
    node?.focus();
    node?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const onKey = (event: KeyboardEvent, from: PlacedNode) => {
    const step = stepOf(event.key, props.direction);
    if (step === null) return;
    event.preventDefault();
    go(neighbour(layout(), props.graph, from, step));
  };

  return (
    <figure class={styles.figure} aria-label="The plan, from what is shown to where it is read">
      <div class={styles.scroll}>
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure has the name, and a title would show over every box */}
        <svg
          ref={drawing}
          class={styles.drawing}
          width={layout().width + 4}
          height={layout().height + 4}
          viewBox={`-2 -2 ${layout().width + 4} ${layout().height + 4}`}
        >
          <For each={layout().edges}>
            {(edge) => (
              <g class={styles.edge} data-lit={chosen() === edge.from || chosen() === edge.to ? '' : undefined}>
                <path d={curve(edge.points, props.direction)} />
                <path d={arrowHead(edge.points, props.direction)} />
              </g>
            )}
          </For>
          <For each={layout().nodes}>
            {(placed) => (
              <Show when={boxes().get(placed.id)}>
                {(box) => (
                  <g
                    class={styles.node}
                    data-kind={box().node.kind}
                    data-chosen={chosen() === placed.id ? '' : undefined}
                    transform={`translate(${placed.x} ${placed.y})`}
                  >
                    <rect width={box().width} height={box().height} rx="5" />
                    {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: what is pressed lies above, and has these words as its name */}
                    <g aria-hidden="true">
                      <text class={styles.kind} x={BOX.padding} y={BOX.kind}>
                        {nodeWord(box().node.kind)}
                      </text>
                      <For each={box().label}>
                        {(line, index) => (
                          <text x={BOX.padding} y={BOX.kind + BOX.line * (index() + 1)}>
                            {line}
                          </text>
                        )}
                      </For>
                      <For each={box().detail}>
                        {(line) => (
                          <text
                            class={styles.detail}
                            x={BOX.padding}
                            y={BOX.kind + BOX.line * (box().label.length + 1)}
                          >
                            {line}
                          </text>
                        )}
                      </For>
                    </g>
                    {/* biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own */}
                    <rect
                      class={styles.target}
                      width={box().width}
                      height={box().height}
                      rx="5"
                      data-node={placed.id}
                      role="button"
                      tabindex={(chosen() ?? entrance()) === placed.id ? 0 : -1}
                      aria-pressed={chosen() === placed.id}
                      aria-label={spoken(box().node, props.graph)}
                      onFocus={() => setAt(placed.id)}
                      onClick={() => setAt(placed.id)}
                      onKeyDown={(event) => onKey(event, placed)}
                    />
                  </g>
                )}
              </Show>
            )}
          </For>
        </svg>
      </div>
      <figcaption class={styles.caption} data-testid="plan-node">
        <Show when={boxes().get(chosen() ?? '')} fallback="Choose a box to read all of it; arrows move between them.">
          {(box) => (
            <>
              <span class={styles.name}>
                {nodeWord(box().node.kind)} <code>{box().node.label}</code>
              </span>
              <Show when={box().node.detail !== ''}> · {box().node.detail}</Show>
              <For each={props.graph.edges.filter(({ from }) => from === box().node.id)}>
                {(edge) => (
                  <>
                    {' '}
                    ·{' '}
                    {edge.label === ''
                      ? 'made of'
                      : edge.label === 'computed'
                        ? 'computed from'
                        : `${edge.label}, from`}{' '}
                    <code>{boxes().get(edge.to)?.node.label}</code>
                  </>
                )}
              </For>
            </>
          )}
        </Show>
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

function boxOf(node: PlanNode, measure: Measure): Box {
  const inner = BOX.widest - 2 * BOX.padding;
  const label = wrappedText(node.label, inner, BOX.lines, measure);
  const detail = wrappedText(node.detail, inner, 1, measure);
  const texts = [...label, ...detail, nodeWord(node.kind)].map(measure);
  const width = Math.ceil(
    Math.min(BOX.widest, Math.max(BOX.narrowest, ...texts.map((each) => each + 2 * BOX.padding))),
  );
  const height = BOX.kind + BOX.line * (label.length + detail.length) + 9;
  return { node, label, detail, width, height };
}

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
function neighbour(layout: Layout, graph: PlanGraph, from: PlacedNode, step: MoveTo): string | undefined {
  switch (step) {
    case 'next':
      return graph.edges.find((edge) => edge.from === from.id)?.to;
    case 'previous':
      return graph.edges.find((edge) => edge.to === from.id)?.from;
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

function spoken(node: PlanNode, { nodes, edges }: PlanGraph): string {
  const made = edges.filter(({ from }) => from === node.id);
  const of = made.flatMap(({ to }) => nodes.find(({ id }) => id === to)?.label ?? []);
  const told = node.detail === '' ? '' : `, ${node.detail}`;
  return `${nodeWord(node.kind)} ${node.label}${told}${of.length === 0 ? '' : `, from ${of.join(', ')}`}`;
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
