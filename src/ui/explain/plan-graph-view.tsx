import { createMemo, For, Show } from 'solid-js';
import type { PlanGraph, PlanNode } from '../../runtime/api.ts';
import styles from '../graph/graph.module.css';
import { type GraphNode, GraphView } from '../graph/graph-view.tsx';
import { nodeWord } from './explain-words.ts';

interface PlanGraphViewProps {
  readonly graph: PlanGraph;
  readonly direction: 'right' | 'down';
}

/** A plan as a graph; what has the focus is told below. */
export function PlanGraphView(props: PlanGraphViewProps) {
  const nodes = createMemo(() => props.graph.nodes.map((node) => boxed(node, props.graph)));
  const found = (id: string | null) => props.graph.nodes.find((node) => node.id === id);
  return (
    <Show when={props.graph} keyed>
      {({ edges }) => (
        <GraphView
          name="The plan, from what is shown to where it is read"
          nodes={nodes()}
          edges={edges}
          direction={props.direction}
          caption={(id) => (
            <Show when={found(id)} fallback="Choose a box to read all of it; arrows move between them.">
              {(node) => (
                <>
                  <span class={styles.name}>
                    {nodeWord(node().kind)} <code>{node().label}</code>
                  </span>
                  <Show when={node().detail !== ''}> · {node().detail}</Show>
                  <For each={edges.filter(({ from }) => from === node().id)}>
                    {(edge) => (
                      <>
                        {' '}
                        · {edgeWords(edge.label)} <code>{found(edge.to)?.label}</code>
                      </>
                    )}
                  </For>
                </>
              )}
            </Show>
          )}
        />
      )}
    </Show>
  );
}

function edgeWords(label: string): string {
  switch (label) {
    case '':
      return 'made of';
    case 'computed':
      return 'computed from';
    default:
      return `${label}, from`;
  }
}

function boxed(node: PlanNode, graph: PlanGraph): GraphNode {
  const { id, kind, label, detail } = node;
  return {
    id,
    kind,
    tone: toneOf(kind),
    word: nodeWord(kind),
    label,
    details: detail === '' ? [] : [detail],
    spoken: spoken(node, graph),
  };
}

function toneOf(kind: PlanNode['kind']): GraphNode['tone'] {
  switch (kind) {
    case 'series':
      return 'shown';
    case 'window':
    case 'reduction':
    case 'replica':
      return 'made';
    case 'atom':
      return 'plain';
    case 'entry':
      return 'stored';
    case 'schema':
      return 'read';
  }
}

function spoken(node: PlanNode, { nodes, edges }: PlanGraph): string {
  const made = edges.filter(({ from }) => from === node.id);
  const of = made.flatMap(({ to }) => nodes.find(({ id }) => id === to)?.label ?? []);
  const told = node.detail === '' ? '' : `, ${node.detail}`;
  return `${nodeWord(node.kind)} ${node.label}${told}${of.length === 0 ? '' : `, from ${of.join(', ')}`}`;
}
