import { columnsOf, type Expression } from '../operators/expression.ts';
import type { Metric, Plan, PlanLevel } from '../planning/plan.ts';
import type { ExplainedAtom, PlanGraph, PlanNode } from './api.ts';

/**
 * A plan as a graph, from what is shown to where it is read: series → windows, inner anchors and repeated values → atoms →
 * the entry or schema that they would come from. Ids are unique; every edge's ends are nodes.
 */
export function planGraph(plan: Plan, atoms: readonly ExplainedAtom[]): PlanGraph {
  return new GraphMaker(plan, atoms).graph();
}

class GraphMaker {
  private readonly nodes = new Map<string, PlanNode>();
  private readonly edges = new Map<string, PlanGraph['edges'][number]>();
  private readonly plan: Plan;
  private readonly atoms: readonly ExplainedAtom[];

  constructor(plan: Plan, atoms: readonly ExplainedAtom[]) {
    this.plan = plan;
    this.atoms = atoms;
  }

  graph(): PlanGraph {
    const { columns, level } = this.plan;
    for (const column of columns) {
      if (column.kind !== 'series') continue;
      const id = `series ${column.name}`;
      this.add({ id, kind: 'series', label: column.name, detail: '' });
      this.parts(level, column.expression, id);
    }
    if (level.coordinates !== null) this.atom(level.coordinates, null);
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()] };
  }

  /** Draws what an expression over a level is made of, below a node. */
  private parts(level: PlanLevel, expression: Expression, above: string): void {
    for (const name of columnsOf(expression)) {
      const metric = level.metrics.find((each) => each.name === name);
      if (metric !== undefined) this.metric(metric, above);
      const reduction = level.reductions.find((each) => each.name === name);
      if (reduction !== undefined) {
        const at = reduction.inner.anchor.map((each) => each.name).join(', ');
        this.add({ id: name, kind: 'reduction', label: reduction.label, detail: `over its values at (${at})` });
        this.connect(above, name);
        for (const { input } of reduction.states) if (input !== null) this.parts(reduction.inner, input, name);
      }
      const replica = level.replicas.find((each) => each.name === name);
      if (replica !== undefined) {
        this.add({ id: name, kind: 'replica', label: replica.label, detail: 'repeated at every row it covers' });
        this.connect(above, name);
        this.parts(replica.level, replica.value, name);
      }
      const window = this.plan.windows.find((each) => each.name === name);
      if (window !== undefined) {
        const along = window.axis === null ? 'over the rows' : `along ${window.axis.dimension}`;
        this.add({ id: name, kind: 'window', label: window.window, detail: along });
        this.connect(above, name);
        this.parts(level, window.input, name);
      }
    }
  }

  private metric(metric: Metric, above: string): void {
    for (const key of metric.atoms) this.atom(key, above);
  }

  private atom(key: string, above: string | null): void {
    const atom = this.atoms.find((each) => each.key === key);
    if (atom === undefined) return;
    const id = `atom ${key}`;
    const at = `@ (${atom.anchor.join(', ')})`;
    this.add({ id, kind: 'atom', label: `${atom.state} of ${atom.label} ${at}`, detail: atom.filter ?? '' });
    if (above !== null) this.connect(above, id);
    const { entry, path } = atom.route;
    if (entry === null) {
      const schema = `schema ${atom.schema}`;
      this.add({ id: schema, kind: 'schema', label: atom.schema, detail: rowsOf(atom.rows) });
      this.connect(id, schema, 'computed');
    } else {
      const stored = `entry ${entry.key}`;
      const label = `stored @ (${entry.anchor.join(', ')})`;
      this.add({ id: stored, kind: 'entry', label, detail: rowsOf(entry.rows) });
      this.connect(id, stored, path === 'exact' ? 'as it is' : 'rolled up');
    }
  }

  private add(node: PlanNode): void {
    this.nodes.set(node.id, node);
  }

  private connect(from: string, to: string, label = ''): void {
    this.edges.set(`${from} → ${to}`, { from, to, label });
  }
}

function rowsOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
}
