import { compareCodePoints } from '../canon/code-point.ts';
import { bareType } from '../collection/compile/derived-families.ts';
import type {
  Bridge,
  Dimension,
  FdEdge,
  MetricFamily,
  RootFamily,
  Schema,
  SemanticManifest,
} from '../collection/manifest.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import { printExpr } from '../frameql/printer.ts';
import { Causes, typeExpression } from '../resolution/typing.ts';
import type { Known } from './assistance.ts';

/** What is to be told of a name of the collection: its type, a sentence, and facts in lines. */
export interface NameCard {
  readonly type: string;
  readonly doc: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const fact = (name: string, value: string) => ({ name, value });

/** The type of a family by its bare name; null where declarations alone do not say. */
export function familyType(manifest: SemanticManifest, family: MetricFamily): LogicalType | null {
  if (family.kind === 'root') return bareType(family);
  const typed = typeExpression(
    family.formula,
    {
      name: ({ name }) => {
        const input = manifest.metricFamilies.find((each) => each.name === name);
        const type = input === undefined ? null : familyType(manifest, input);
        return type === null ? undefined : { kind: 'column', name, type };
      },
      call: () => undefined,
      at: () => undefined,
    },
    new Causes(),
  );
  return typed?.type ?? null;
}

/** The roots that a family is computed from, a derived one through its inputs. */
export function rootsOf(manifest: SemanticManifest, family: MetricFamily): readonly RootFamily[] {
  if (family.kind === 'root') return [family];
  return family.inputs.flatMap((input) =>
    manifest.metricFamilies.filter((each) => each.name === input).flatMap((each) => rootsOf(manifest, each)),
  );
}

export function familyCard({ manifest }: Known, family: MetricFamily): NameCard {
  const type = familyType(manifest, family);
  const printed = type === null ? '' : printType(type);
  if (family.kind === 'derived') {
    const roots = [...new Set(rootsOf(manifest, family).map((each) => each.root.schema))];
    return {
      type: printed,
      doc: sentence(family.description),
      facts: [fact('formula', family.formulaText), fact('from', roots.join(', '))],
    };
  }
  const { root, ipReducers, reducer } = family;
  const reducers = reducer === null ? ipReducers.map((each) => each.operator) : [reducer];
  const blocks = ipReducers.flatMap(({ operator, aBlock }) => aBlock.map((along) => `${operator} along ${along}`));
  return {
    type: printed,
    doc: sentence(family.description),
    facts: [
      fact('root', root.column === null ? `rows of ${root.schema}` : `${root.schema}.${root.column}`),
      ...(root.where === null ? [] : [fact('where', printExpr(root.where))]),
      fact(reducers.length > 1 ? 'reducers' : 'reducer', reducers.join(', ')),
      ...(blocks.length === 0 ? [] : [fact('blocked', `no ${blocks.join(', ')}`)]),
      ...(reducer === null ? [] : [fact('rolls up', 'no: computed from the rows each time')]),
      ...(family.siblings.length === 0 ? [] : [fact('also in', family.siblings.map((each) => each.schema).join(', '))]),
    ],
  };
}

export function dimensionCard({ manifest }: Known, dimension: Dimension): NameCard {
  const { name, family, level, type } = dimension;
  const up = manifest.fdDag.filter((edge) => edge.child === name);
  const down = manifest.fdDag.filter((edge) => edge.parent === name);
  const bridges = manifest.bridges.filter((each) => each.child === name || each.parent === name);
  return {
    type: printType(type),
    doc: level === null ? `A dimension of ${family}.` : `The ${level}s of ${family}.`,
    facts: [
      ...(up.length === 0 ? [] : [fact('leads to', up.map((edge) => edgeEnd(edge, edge.parent)).join(', '))]),
      ...(down.length === 0 ? [] : [fact('follows from', down.map((edge) => edgeEnd(edge, edge.child)).join(', '))]),
      ...bridges.map((each) => fact('by VIA', `${each.child} ↔ ${each.parent} VIA ${each.via}`)),
    ],
  };
}

export function attributeCard({ manifest }: Known, name: string): NameCard {
  const attribute = manifest.attributes.find((each) => each.name === name);
  if (attribute === undefined) return { type: '', doc: '', facts: [] };
  return {
    type: printType(attribute.type),
    doc: `An attribute of ${attribute.of}: it may be selected and filtered, and never stands in AT.`,
    facts: [fact('of', attribute.of)],
  };
}

export function schemaCard({ manifest, facts }: Known, schema: Schema): NameCard {
  const rows = facts.snapshots.get(schema.source)?.rowCount;
  const held = manifest.metricFamilies.filter((each) => each.kind === 'root' && each.root.schema === schema.name);
  return {
    type: '',
    doc: `The rows of ${schema.source}, one for each ${schema.grain.join(', ')}.`,
    facts: [
      ...(rows === undefined ? [] : [fact('rows', rows.toLocaleString('en'))]),
      ...(held.length === 0 ? [] : [fact('root of', held.map((each) => each.name).join(', '))]),
    ],
  };
}

export function bridgeCard(bridge: Bridge): NameCard {
  const doc = `Each ${bridge.child} may be in several of ${bridge.parent}: it counts once in each.`;
  return { type: '', doc, facts: [fact('bridge', `${bridge.child} ↔ ${bridge.parent}`)] };
}

function edgeEnd(edge: FdEdge, name: string): string {
  return edge.kind === 'lookup' ? `${name} (via ${edge.via})` : name;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** Names in code-point order. */
export function byName<Named extends { readonly name: string }>(all: readonly Named[]): readonly Named[] {
  return [...all].sort((a, b) => compareCodePoints(a.name, b.name));
}
