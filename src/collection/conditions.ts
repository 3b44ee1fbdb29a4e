import { type Condition, conditionKey } from './attestation.ts';
import { edgeEnds } from './edge-id.ts';

/** A condition with one of the ids. */
export type ConditionOf<Id extends Condition['id']> = Extract<Condition, { id: Id }>;

/** The bound column exists with a compatible type. `column` is physical. */
export function i1(schema: string, column: string): ConditionOf<'I1'> {
  return { id: 'I1', key: conditionKey('I1', schema, column), schema, column };
}

/** The schema's grain is unique. */
export function i2(schema: string): ConditionOf<'I2'> {
  return { id: 'I2', key: conditionKey('I2', schema), schema };
}

/** No nulls in the schema's grain dimensions. */
export function i3(schema: string): ConditionOf<'I3'> {
  return { id: 'I3', key: conditionKey('I3', schema), schema };
}

/** The edge (its id) holds. */
export function i4(edge: string): ConditionOf<'I4'> {
  return { id: 'I4', key: conditionKey('I4', edge), edge };
}

/** The edge is total on the schema. */
export function i5(schema: string, edge: string): ConditionOf<'I5'> {
  return { id: 'I5', key: conditionKey('I5', schema, edge), schema, edge };
}

/** From the schema, the paths (each a list of edge ids) to a dimension agree. */
export function i6(schema: string, dimension: string, paths: readonly (readonly string[])[]): ConditionOf<'I6'> {
  const key = conditionKey('I6', schema, dimension, ...paths.map((path) => path.join(' then ')));
  return { id: 'I6', key, schema, dimension, paths };
}

/** The column (physical) has the type its reducer needs. */
export function i8(schema: string, column: string): ConditionOf<'I8'> {
  return { id: 'I8', key: conditionKey('I8', schema, column), schema, column };
}

/** The schema's own column for the edge's parent agrees with the edge. */
export function i9(schema: string, edge: string): ConditionOf<'I9'> {
  return { id: 'I9', key: conditionKey('I9', schema, edge), schema, edge };
}

/** The sibling schema equals the root schema for a family under an operator. */
export function i10(family: string, root: string, sibling: string, operator: string): ConditionOf<'I10'> {
  return { id: 'I10', key: conditionKey('I10', family, root, sibling, operator), family, root, sibling, operator };
}

/** The collection's filter keeps at least one row of the schema. */
export function i11(schema: string): ConditionOf<'I11'> {
  return { id: 'I11', key: conditionKey('I11', schema), schema };
}

/** A condition in plain words: `each store has one region`. */
export function conditionLabel(condition: Condition): string {
  switch (condition.id) {
    case 'I1':
      return `${condition.schema} has the column ${condition.column}, of its type`;
    case 'I2':
      return `no two rows of ${condition.schema} share their grain`;
    case 'I3':
      return `no row of ${condition.schema} has an empty grain`;
    case 'I4': {
      const { child, parent } = edgeEnds(condition.edge);
      return `each ${child} has one ${parent}`;
    }
    case 'I5': {
      const { child, parent } = edgeEnds(condition.edge);
      return `each ${child} in ${condition.schema} has a ${parent}`;
    }
    case 'I6':
      return `all ways from ${condition.schema} to ${condition.dimension} agree`;
    case 'I8':
      return `${condition.column} in ${condition.schema} can be reduced; what is skipped is counted`;
    case 'I9': {
      const { child, parent } = edgeEnds(condition.edge);
      return `${parent} in ${condition.schema} is that of its ${child}`;
    }
    case 'I10':
      return `${condition.operator} of ${condition.family} in ${condition.sibling} equals that in ${condition.root}`;
    case 'I11':
      return `the filter keeps rows of ${condition.schema}`;
  }
}
