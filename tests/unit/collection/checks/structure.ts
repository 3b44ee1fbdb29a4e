import { AIR, type CheckCase, HEAD, OFFERS, SHOP, TREE } from './check-case.ts';

const bridged = (text: string) => `${OFFERS}dimension_families:\n  - ${text}\n`;
const TO_OFFER = '{child: store, parent: offer, via: offers}';
/** Offers that name the store of an offer as well as the brand. */
const TWO_CHILDREN = OFFERS.replace('grain: [store, offer]', 'grain: [store, brand, offer]');

/** What can be wrong with schemas, columns, dimensions and edges. */
export const STRUCTURE_CHECKS: readonly CheckCase[] = [
  {
    code: 'DUPLICATE_NAME',
    about: 'two schemas of one name',
    fails: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: []}\n  - {name: ▸sales, source: returns, grain: []}\n`,
    passes: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: []}\n  - {name: returns, source: returns, grain: []}\n`,
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one dimension twice in a grain',
    fails: `${HEAD}schemas: [{name: stores, source: stores, grain: [region, ▸region], columns: {region: {dimension: region}}}]\n`,
    passes: `${HEAD}schemas: [{name: stores, source: stores, grain: [region, country], columns: {region: {dimension: region}, country: {dimension: country}}}]\n`,
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'two dimension families of one name',
    fails: `${SHOP}dimension_families:\n  - {name: geography, edges: [{child: store, parent: region, via: stores}]}\n  - {name: ▸geography, calendar: {from: day, levels: [month]}}\n`,
    passes: TREE,
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one edge twice',
    fails: `${SHOP}dimension_families:\n  - name: geography\n    edges: [{child: store, parent: region, via: stores}, ▸{child: store, parent: region, via: stores}]\n`,
    passes: TREE,
  },
  {
    code: 'NAME_TAKEN',
    about: 'an attribute and a dimension of one name',
    fails: `${HEAD}schemas:\n  - {name: stores, source: stores, grain: [store], columns: {store_id: {dimension: store}, region: {attribute_of: store}}}\n  - {name: daily, source: daily, grain: [region], columns: {▸region: {dimension: region}}}\n`,
    passes: `${HEAD}schemas:\n  - {name: stores, source: stores, grain: [store], columns: {store_id: {dimension: store}, title: {attribute_of: store}}}\n  - {name: daily, source: daily, grain: [region], columns: {region: {dimension: region}}}\n`,
  },
  {
    code: 'NAME_TAKEN',
    about: 'a dimension outside the family of its name',
    fails: `${TREE.replace('name: geography', 'name: sale').replace('{id: {dimension', '{▸id: {dimension')}`,
    passes: TREE,
  },
  {
    code: 'RESERVED_NAME',
    about: 'a dimension whose name begins with #',
    fails: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {▸id: {dimension: "#id"}}}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {id: {dimension: "id#"}}}]\n`,
  },
  {
    code: 'TWO_TYPES',
    about: 'one column of a source read as two types by two schemas',
    fails: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: [], columns: {amount: {type: int64}}}\n  - {name: again, source: sales, grain: [], columns: {amount: ▸{type: double}}}\n`,
    passes: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: [], columns: {amount: {type: int64}}}\n  - {name: again, source: sales, grain: [], columns: {amount: {type: int64}}}\n`,
  },
  {
    code: 'UNKNOWN_SOURCE',
    about: 'a schema over a source that is not there',
    fails: `${HEAD}schemas: [{name: sales, source: ▸sale, grain: []}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: []}]\n`,
  },
  {
    code: 'UNKNOWN_SCHEMA',
    about: 'an edge via a schema that is not there',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [{child: store, parent: region, via: ▸store}]}]\n`,
    passes: TREE,
  },
  {
    code: 'UNKNOWN_COLUMN',
    about: 'a column that the source does not have',
    fails: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {▸amuont: {}}}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {amount: {}}}]\n`,
  },
  {
    code: 'UNBOUND_COLUMN',
    about: 'a date column that the schema does not bind',
    fails: `${HEAD}schemas: [{name: sales, source: sales, grain: [], stability: {date_column: ▸day}}]\n`,
    passes: `${HEAD}schemas: [{name: sales, source: sales, grain: [], columns: {day: {}}, stability: {date_column: day}}]\n`,
  },
  {
    code: 'STABILITY_NOT_A_DATE',
    about: 'a date column that is text',
    fails: `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {}}, stability: {date_column: ▸day}}]\n`,
    passes: `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {type: date}}, stability: {date_column: day}}]\n`,
  },
  {
    code: 'COLUMN_WITH_TWO_MEANINGS',
    about: 'a dimension that is an attribute too',
    fails: `${HEAD}schemas: [{name: stores, source: stores, grain: [store], columns: {store_id: {dimension: store}, ▸region: {dimension: region, attribute_of: store}}}]\n`,
    passes: `${HEAD}schemas: [{name: stores, source: stores, grain: [store], columns: {store_id: {dimension: store}, region: {dimension: region}}}]\n`,
  },
  {
    code: 'DIMENSION_BOUND_TWICE',
    about: 'two columns for one dimension',
    fails: `${HEAD}schemas: [{name: flights, source: flights, grain: [], columns: {origin: {dimension: airport}, ▸destination: {dimension: airport}}}]\n`,
    passes: `${HEAD}schemas: [{name: flights, source: flights, grain: [], columns: {origin: {dimension: airport}, destination: {dimension: target}}}]\n`,
  },
  {
    code: 'NAME_MAP_DISAGREES',
    about: 'another dimension than the name map says',
    fails: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {▸store_id: {dimension: shop}}}]\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {store_id: {dimension: store}}}]\n`,
  },
  {
    code: 'NAME_MAP_DISAGREES',
    about: 'an attribute where the name map says a dimension',
    fails: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {region: {dimension: region}, ▸store_id: {attribute_of: region}}}]\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {region: {dimension: region}, store_id: {type: text}}}]\n`,
    also: ['NAME_MAP_AMBIGUOUS'],
  },
  {
    code: 'NAME_MAP_DISAGREES',
    about: 'the dimension bound to another column than the mapped one',
    fails: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {▸title: {dimension: store}}}]\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas: [{name: airports, source: airports, grain: [], columns: {iata: {dimension: store}}}]\n`,
  },
  {
    code: 'NAME_MAP_AMBIGUOUS',
    about: 'one column for two dimensions',
    fails: `${HEAD}name_map: {store: store_id, shop: ▸store_id}\nschemas: [{name: stores, source: stores, grain: []}]\n`,
    passes: `${HEAD}name_map: {store: store_id, shop: title}\nschemas: [{name: stores, source: stores, grain: []}]\n`,
  },
  {
    code: 'NAME_MAP_AMBIGUOUS',
    about: 'a column whose name is a dimension elsewhere',
    fails: `${HEAD}name_map: {area: ▸region}\nschemas: [{name: airports, source: airports, grain: [], columns: {state: {dimension: region}}}]\n`,
    passes: `${HEAD}name_map: {area: region}\nschemas: [{name: airports, source: airports, grain: [], columns: {state: {dimension: state}}}]\n`,
  },
  {
    code: 'GRAIN_WITHOUT_COLUMN',
    about: 'a grain of a dimension that no column is',
    fails: `${HEAD}schemas: [{name: stores, source: stores, grain: [▸store], columns: {region: {dimension: region}}}]\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [store], columns: {region: {dimension: region}}}]\n`,
  },
  {
    code: 'ATTRIBUTE_WITHOUT_DIMENSION',
    about: 'an attribute of a dimension that the schema does not hold',
    fails: `${HEAD}schemas: [{name: stores, source: stores, grain: [], columns: {title: {attribute_of: ▸store}}}]\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas: [{name: stores, source: stores, grain: [], columns: {title: {attribute_of: store}}}]\n`,
  },
  {
    code: 'ATTRIBUTE_OF_TWO',
    about: 'one attribute of two dimensions',
    fails: `${HEAD}schemas:\n  - {name: stores, source: stores, grain: [], columns: {store_id: {dimension: store}, country: {dimension: country}, region: {attribute_of: store}}}\n  - {name: daily, source: daily, grain: [], columns: {day: {dimension: day}, ▸region: {attribute_of: day}}}\n`,
    passes: `${HEAD}schemas:\n  - {name: stores, source: stores, grain: [], columns: {store_id: {dimension: store}, country: {dimension: country}, region: {attribute_of: store}}}\n  - {name: daily, source: daily, grain: [], columns: {day: {dimension: day}}}\n`,
  },
  {
    code: 'TWO_TYPES',
    about: 'one dimension of two types',
    fails: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: [], columns: {day: {dimension: day}}}\n  - {name: daily, source: daily, grain: [], columns: {▸day: {dimension: day}}}\n`,
    passes: `${HEAD}schemas:\n  - {name: sales, source: sales, grain: [], columns: {day: {dimension: day}}}\n  - {name: daily, source: daily, grain: [], columns: {day: {dimension: day, type: date}}}\n`,
  },
  {
    code: 'TWO_TYPES',
    about: 'a level of the calendar that is declared a number',
    fails: `${SHOP.replace('country', 'country')}  - {name: daily, source: daily, grain: [], columns: {▸n: {dimension: year, type: int64}}}\ndimension_families: [{name: calendar, calendar: {from: day, levels: [year]}}]\n`,
    passes: `${SHOP}  - {name: daily, source: daily, grain: [], columns: {n: {dimension: year}}}\ndimension_families: [{name: calendar, calendar: {from: day, levels: [year]}}]\n`,
  },
  {
    code: 'TWO_TYPES',
    about: 'one attribute of two types',
    fails: `${HEAD}name_map: {store: store_id}\nschemas:\n  - {name: sales, source: sales, grain: [], columns: {note: {attribute_of: store}}}\n  - {name: returns, source: returns, grain: [], columns: {▸note: {attribute_of: store, type: int64}}}\n`,
    passes: `${HEAD}name_map: {store: store_id}\nschemas:\n  - {name: sales, source: sales, grain: [], columns: {note: {attribute_of: store}}}\n  - {name: returns, source: returns, grain: [], columns: {note: {attribute_of: store, type: text}}}\n`,
  },
  {
    code: 'UNREADABLE_TYPE',
    about: 'a column of a type that Coframe does not have',
    fails: `${HEAD}schemas: [{name: returns, source: returns, grain: [], columns: {▸blob: {}}}]\n`,
    passes: `${HEAD}schemas: [{name: returns, source: returns, grain: [], columns: {blob: {type: text}}}]\n`,
  },
  {
    code: 'DIMENSION_WITHOUT_SCHEMA',
    about: 'a calendar from a date that no schema holds',
    fails: `${SHOP}dimension_families: [{name: calendar, calendar: {from: ▸date, levels: [month]}}]\n`,
    passes: `${SHOP}dimension_families: [{name: calendar, calendar: {from: day, levels: [month]}}]\n`,
  },
  {
    code: 'DIMENSION_WITHOUT_SCHEMA',
    about: 'a role that no schema holds',
    fails: `${AIR}dimension_families: [{name: places, edges: [{child: ▸start, parent: origin_state, via: airports, as: {airport: start, state: origin_state}}]}]\n`,
    passes: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state}}]}]\n`,
  },
  {
    code: 'EDGE_WITHOUT_COLUMN',
    about: 'a parent that the lookup does not hold as a dimension',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [{child: store, parent: ▸country, via: stores}]}]\n`,
    passes: TREE,
  },
  {
    code: 'EDGE_WITHOUT_COLUMN',
    about: 'a child that the lookup does not hold',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [{child: ▸day, parent: region, via: stores}]}]\n`,
    passes: TREE,
  },
  {
    code: 'UNKNOWN_SCHEMA',
    about: 'a bridge via a schema that is not there',
    fails: bridged('{name: trade, bridges: [{child: store, parent: offer, via: ▸offer}]}'),
    passes: bridged(`{name: trade, bridges: [${TO_OFFER}]}`),
  },
  {
    code: 'EDGE_WITHOUT_COLUMN',
    about: 'a bridge from a dimension that the schema does not hold',
    fails: bridged('{name: trade, bridges: [{child: ▸sale, parent: offer, via: offers}]}'),
    passes: bridged(`{name: trade, bridges: [${TO_OFFER}]}`),
  },
  {
    code: 'EDGE_WITHOUT_COLUMN',
    about: 'a bridge to an attribute',
    fails: bridged('{name: trade, bridges: [{child: store, parent: ▸title, via: stores}]}'),
    passes: bridged(`{name: trade, bridges: [${TO_OFFER}]}`),
  },
  {
    code: 'DUPLICATE_NAME',
    about: 'one bridge twice',
    fails: bridged(`{name: trade, bridges: [${TO_OFFER}, ▸${TO_OFFER}]}`),
    passes: bridged(`{name: trade, bridges: [${TO_OFFER}, {child: offer, parent: store, via: offers}]}`),
  },
  {
    code: 'BRIDGE_TO_ITSELF',
    about: 'a bridge to itself',
    fails: bridged('{name: trade, bridges: [▸{child: store, parent: store, via: offers}]}'),
    passes: bridged(`{name: trade, bridges: [${TO_OFFER}]}`),
  },
  {
    code: 'BRIDGE_REPEATS_EDGE',
    about: 'a bridge beside the edge via the same schema',
    fails: bridged(
      '{name: trade, edges: [{child: store, parent: region, via: stores}], bridges: [▸{child: store, parent: region, via: stores}]}',
    ),
    passes: bridged(
      '{name: trade, edges: [{child: store, parent: region, via: stores}], bridges: [{child: region, parent: store, via: stores}]}',
    ),
  },
  {
    code: 'BRIDGE_REPEATS_EDGE',
    about: 'a bridge beside two edges via the same schema',
    fails: bridged(
      '{name: trade, edges: [{child: store, parent: brand, via: offers}, {child: brand, parent: offer, via: offers}], bridges: [▸{child: store, parent: offer, via: offers}]}',
    ),
    passes: bridged(
      '{name: trade, edges: [{child: store, parent: brand, via: offers}], bridges: [{child: store, parent: offer, via: offers}]}',
    ),
  },
  {
    code: 'BRIDGES_ALIKE',
    about: 'two ways to one dimension via one schema',
    fails: `${TWO_CHILDREN}dimension_families: [{name: trade, bridges: [${TO_OFFER}, ▸{child: brand, parent: offer, via: offers}]}]\n`,
    passes: `${TWO_CHILDREN}  - {name: again, source: offers, grain: [store, brand, offer], columns: {offer: {dimension: offer}, brand: {dimension: brand}}}\ndimension_families: [{name: trade, bridges: [${TO_OFFER}, {child: brand, parent: offer, via: again}]}]\n`,
  },
  {
    code: 'BRIDGE_IN_CALENDAR',
    about: 'a bridge in a calendar',
    fails: bridged(`{name: calendar, calendar: {from: day, levels: [month]}, ▸bridges: [${TO_OFFER}]}`),
    passes: bridged(`{name: calendar, calendar: {from: day, levels: [month]}, bridges: []}`),
  },
  {
    code: 'DIMENSION_IN_TWO_FAMILIES',
    about: 'bridges of one dimension in two dimension families',
    fails: `${OFFERS}dimension_families:\n  - {name: trade, bridges: [${TO_OFFER}]}\n  - {name: brands, bridges: [{child: ▸store, parent: brand, via: offers}]}\n`,
    passes: `${OFFERS}dimension_families:\n  - {name: geography, edges: [{child: store, parent: region, via: stores}]}\n  - {name: trade, bridges: [${TO_OFFER}]}\n  - {name: brands, bridges: [{child: store, parent: brand, via: offers}]}\n`,
  },
  {
    code: 'EMPTY_DIMENSION_FAMILY',
    about: 'a dimension family of empty lists',
    fails: bridged('{name: ▸trade, edges: [], bridges: []}'),
    passes: bridged(`{name: trade, edges: [], bridges: [${TO_OFFER}]}`),
  },
  {
    code: 'ROLE_UNKNOWN',
    about: 'a role of a name that the lookup does not have',
    fails: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state, ▸country: origin_country}}]}]\n`,
    passes: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state, city: origin_city}}]}]\n`,
  },
  {
    code: 'ROLE_WITH_TWO_MEANINGS',
    about: 'one role for two names',
    fails: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state, city: ▸origin}}]}]\n`,
    passes: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state, city: origin_city}}]}]\n`,
    also: ['NAME_TAKEN', 'CYCLE_IN_EDGES'],
  },
  {
    code: 'ROLE_UNUSED',
    about: 'a role that no edge starts from or leads to',
    fails: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: state, via: airports, as: {airport: origin, ▸state: origin_state}}]}]\n`,
    passes: `${AIR}dimension_families: [{name: places, edges: [{child: origin, parent: state, via: airports, as: {airport: origin}}]}]\n`,
  },
  {
    code: 'ATTRIBUTE_ROLE_ALONE',
    about: 'the role of an attribute without the role of what determines it',
    fails: `${AIR}dimension_families:\n  - name: places\n    edges:\n      - {child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state}}\n      - {child: origin_state, parent: airport, via: airports, as: {state: origin_state, ▸city: origin_city}}\n`,
    passes: `${AIR}dimension_families:\n  - name: places\n    edges:\n      - {child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state, city: origin_city}}\n`,
  },
  {
    code: 'CALENDAR_LEVEL',
    about: 'a level listed twice',
    fails: `${SHOP}dimension_families: [{name: calendar, calendar: {from: day, levels: [month, ▸month]}}]\n`,
    passes: `${SHOP}dimension_families: [{name: calendar, calendar: {from: day, levels: [month, year]}}]\n`,
  },
  {
    code: 'CALENDAR_LEVEL',
    about: 'weeks from months',
    fails: `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {dimension: month}}}]\ndimension_families: [{name: calendar, calendar: {from: month, levels: [▸week, year]}}]\n`,
    passes: `${HEAD}schemas: [{name: daily, source: daily, grain: [], columns: {day: {dimension: month}}}]\ndimension_families: [{name: calendar, calendar: {from: month, levels: [quarter, year]}}]\n`,
  },
  {
    code: 'CYCLE_IN_EDGES',
    about: 'two edges that lead back',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [{child: store, parent: region, via: stores}, ▸{child: region, parent: store, via: stores}]}]\n`,
    passes: TREE,
  },
  {
    code: 'CYCLE_IN_EDGES',
    about: 'an edge to itself',
    fails: `${SHOP}dimension_families: [{name: geography, edges: [▸{child: store, parent: store, via: stores}]}]\n`,
    passes: TREE,
  },
  {
    code: 'TOO_MANY_PATHS',
    about: 'diamonds upon diamonds',
    fails: diamonds(7, '▸'),
    passes: diamonds(6, ''),
  },
  {
    code: 'DIMENSION_IN_TWO_FAMILIES',
    about: 'one dimension in two dimension families',
    fails: `${SHOP.replace('region: {dimension: region}', 'region: {dimension: region}, country: {dimension: country}')}dimension_families:\n  - {name: geography, edges: [{child: store, parent: region, via: stores}]}\n  - {name: politics, edges: [{child: ▸store, parent: country, via: stores}]}\n`,
    passes: `${SHOP.replace('region: {dimension: region}', 'region: {dimension: region}, country: {dimension: country}')}dimension_families:\n  - {name: geography, edges: [{child: store, parent: region, via: stores}, {child: store, parent: country, via: stores}]}\n`,
  },
  {
    code: 'EMPTY_DIMENSION_FAMILY',
    about: 'a dimension family of nothing',
    fails: `${SHOP}dimension_families: [{name: ▸geography}]\n`,
    passes: TREE,
  },
];

/** A chain d0 → … → dn in which each step can be taken through two schemas: 2^n paths from end to end. */
function diamonds(steps: number, mark: string): string {
  const names = Array.from({ length: steps + 1 }, (_, index) => `d${index}`);
  const physical = ['id', 'day', 'store_id', 'city', 'amount', 'quantity', 'note', 'paid'];
  const columns = names.map((name, index) => `${physical[index]}: {dimension: ${name}, type: text}`).join(', ');
  const edges = names.slice(1).flatMap((parent, index) =>
    ['sales', 'returns'].map((via, which) => {
      const last = index === steps - 1 && which === 0 ? mark : '';
      return `      - ${last}{child: ${names[index]}, parent: ${parent}, via: ${via}}`;
    }),
  );
  return `${HEAD}schemas:
  - {name: sales, source: sales, grain: [], columns: {${columns}}}
  - {name: returns, source: returns, grain: [], columns: {${columns}}}
dimension_families:
  - name: chain
    edges:
${edges.join('\n')}
`;
}
