import type { BridgeDocument } from '../collection-schema.ts';
import { bridgeId } from '../edge-id.ts';
import { determines } from '../fd-dag.ts';
import type { Bridge } from '../manifest.ts';
import type { NodePath, Place } from '../yaml/positions.ts';
import type { CompileContext, DraftSchema } from './draft.ts';
import type { DraftEdge } from './edges.ts';
import { pairsOf } from './pairs.ts';

/** A bridge of the document with where it stands. */
export interface PlacedBridge {
  readonly family: string;
  readonly bridge: BridgeDocument;
  readonly path: NodePath;
}

/** All bridges in the order of the text. */
export function bridgesOf({ document }: Pick<CompileContext, 'document'>): readonly PlacedBridge[] {
  return (document.dimension_families ?? []).flatMap((family, familyIndex) =>
    (family.bridges ?? []).map((bridge, index) => ({
      family: family.name,
      bridge,
      path: ['dimension_families', familyIndex, 'bridges', index],
    })),
  );
}

/** The bridges that a collection declares; what is wrong with one is reported. No path of edges leads over them. */
export function compileBridges(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  edges: readonly DraftEdge[],
): readonly Bridge[] {
  const { document, positions, report } = context;
  document.dimension_families?.forEach(({ name, calendar, bridges }, index) => {
    if (calendar === undefined || bridges === undefined || bridges.length === 0) return;
    report.issue('BRIDGE_IN_CALENDAR', { family: name }, positions.key(['dimension_families', index, 'bridges']));
  });
  const bridges = bridgesOf(context).flatMap((placed) => {
    const bridge = readBridge(context, schemas, edges, placed);
    return bridge === undefined ? [] : [{ bridge, place: positions.value(placed.path) }];
  });
  return withoutDoubles(context, bridges);
}

function readBridge(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  edges: readonly DraftEdge[],
  { bridge, path }: PlacedBridge,
): Bridge | undefined {
  const { child, parent, via } = bridge;
  const pairs = pairsOf(context, schemas, { subject: `The bridge ${child} ↔ ${parent}`, child, parent, via, path });
  if (pairs === undefined) return undefined;
  const place = context.positions.value(path);
  if (child === parent) {
    context.report.issue('BRIDGE_TO_ITSELF', { dimension: child }, place);
    return undefined;
  }
  const fdDag = edges.flatMap(({ edge }) => (edge.kind === 'lookup' && edge.via === via ? [edge] : []));
  if (determines({ fdDag }, [child], parent)) {
    context.report.issue('BRIDGE_REPEATS_EDGE', { child, parent, schema: via }, place);
  }
  const columns = { childColumn: pairs.child.physical, parentColumn: pairs.parent.physical };
  return { id: bridgeId(child, parent, via), child, parent, via, ...columns };
}

/** Each bridge once; a question names one by its parent and its schema, so that no two may agree in both. */
function withoutDoubles(
  { report }: CompileContext,
  bridges: readonly { readonly bridge: Bridge; readonly place: Place }[],
): readonly Bridge[] {
  const first = new Map<string, { readonly bridge: Bridge; readonly place: Place }>();
  for (const each of bridges) {
    const { id, child, parent, via } = each.bridge;
    const key = JSON.stringify([parent, via]);
    const other = first.get(key);
    if (other === undefined) first.set(key, each);
    else if (other.bridge.id === id) {
      report.issue('DUPLICATE_NAME', { kind: 'bridge', name: id, firstLine: other.place.line }, each.place);
    } else {
      report.issue('BRIDGES_ALIKE', { first: other.bridge.child, second: child, parent, schema: via }, each.place);
    }
  }
  return [...first.values()].map(({ bridge }) => bridge);
}
