import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HEAD } from './checks/check-case.ts';
import { compiled } from './compiled.ts';

/** Names of four dimensions, by their columns in both schemas. */
const DIMENSIONS = { city: 'a', note: 'b', quantity: 'c', store_id: 'd' };
const NAMES = Object.values(DIMENSIONS);
const COLUMNS = Object.entries(DIMENSIONS)
  .map(([column, dimension]) => `${column}: {dimension: ${dimension}, type: text}`)
  .join(', ');

interface Pair {
  readonly child: string;
  readonly parent: string;
  readonly via: string;
}

const ends = fc.record({
  child: fc.constantFrom(...NAMES),
  parent: fc.constantFrom(...NAMES),
  via: fc.constantFrom('sales', 'returns'),
});
const idOf = ({ child, parent, via }: Pair) => `${child} ${parent} ${via}`;
/** From a name to a later one, so that there is no circle; none twice. */
const edgeLists = fc.uniqueArray(
  ends.filter(({ child, parent }) => child < parent),
  { maxLength: 4, selector: idOf },
);
const bridgeLists = fc.array(ends, { maxLength: 5 });

function collection(edges: readonly Pair[], bridges: readonly Pair[]): string {
  const listed = (pairs: readonly Pair[]) =>
    pairs.map(({ child, parent, via }) => `{child: ${child}, parent: ${parent}, via: ${via}}`).join(', ');
  return `${HEAD}schemas:
  - {name: sales, source: sales, grain: [], columns: {${COLUMNS}}}
  - {name: returns, source: returns, grain: [], columns: {${COLUMNS}}}
dimension_families:
  - {name: a, edges: [${listed([...edges, { child: 'a', parent: 'd', via: 'sales' }])}], bridges: [${listed(bridges)}]}
`;
}

/** Whether edges of the schema lead from one name to another, by trying every one at every step. */
function leads(edges: readonly Pair[], from: string, to: string, via: string): boolean {
  return (
    from === to || edges.some((edge) => edge.via === via && edge.child === from && leads(edges, edge.parent, to, via))
  );
}

/** What each bridge must be told, told pair by pair. */
function expectedCodes(edges: readonly Pair[], bridges: readonly Pair[]): readonly string[] {
  return bridges.flatMap((bridge, index) => {
    if (bridge.child === bridge.parent) return ['BRIDGE_TO_ITSELF'];
    const codes = leads(edges, bridge.child, bridge.parent, bridge.via) ? ['BRIDGE_REPEATS_EDGE'] : [];
    const other = bridges
      .slice(0, index)
      .find((each) => each.child !== each.parent && each.parent === bridge.parent && each.via === bridge.via);
    if (other === undefined) return codes;
    return [...codes, idOf(other) === idOf(bridge) ? 'DUPLICATE_NAME' : 'BRIDGES_ALIKE'];
  });
}

test('what is wrong with bridges is told of each, and right ones change nothing but the list of them', () => {
  fc.assert(
    fc.property(edgeLists, bridgeLists, (some, bridges) => {
      const edges = some.filter((edge) => idOf(edge) !== 'a d sales');
      const result = compiled(collection(edges, bridges));
      const plain = compiled(collection(edges, []));
      const expected = expectedCodes([...edges, { child: 'a', parent: 'd', via: 'sales' }], bridges);
      expect(result.ok ? [] : result.issues.map(({ code }) => code).sort()).toEqual([...expected].sort());
      if (!result.ok || !plain.ok) return;
      expect(result.manifest.bridges.map(idOf).sort()).toEqual(bridges.map(idOf).sort());
      const { bridges: _, fingerprint: found, dimensions, dimensionFamilies, ...rest } = result.manifest;
      expect(plain.manifest).toMatchObject(rest);
      const touched = new Set([...edges, ...bridges].flatMap(({ child, parent }) => [child, parent]));
      for (const { name, family } of dimensions) {
        expect(family).toBe(touched.has(name) || name === 'a' || name === 'd' ? 'a' : name);
      }
      expect(dimensionFamilies.flatMap((family) => family.dimensions).sort()).toEqual(NAMES);
      expect(found === plain.manifest.fingerprint).toBe(bridges.length === 0);
    }),
  );
});
