import type { Attestation } from '../collection/attestation.ts';
import { edgeEnds } from '../collection/edge-id.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { printType } from '../columns/logical-type.ts';
import { counted, verb } from './figures.ts';

/** What the data say against a contradicted condition, in one or two sentences with its figures. */
export function contradictionSentence({ condition, counts }: Attestation, manifest: SemanticManifest): string {
  const count = (name: string) => counts[name] ?? 0;
  switch (condition.id) {
    case 'I1': {
      const { schema, column } = condition;
      const bound = manifest.schemas
        .find(({ name }) => name === schema)
        ?.columns.find(({ physical }) => physical === column);
      return count('missing') > 0 || bound === undefined
        ? `The source of \`${schema}\` has no column \`${column}\`.`
        : `\`${column}\` of \`${schema}\` cannot be read as ${printType(bound.type)}: its source has another type.`;
    }
    case 'I2': {
      const duplicates = count('duplicates');
      return (
        `The grain of \`${condition.schema}\` is not unique: ${counted(duplicates, 'coordinate')} of ` +
        `${count('coordinates').toLocaleString('en')} ${verb(duplicates, 'has', 'have')} more than one row, and each row counts.`
      );
    }
    case 'I3':
      return `The grain of \`${condition.schema}\` is not whole: ${counted(count('nulls'), 'value')} in it ${verb(count('nulls'), 'is', 'are')} NULL.`;
    case 'I4': {
      const { child, parent } = edgeEnds(condition.edge);
      return (
        `\`${child}\` does not determine \`${parent}\`: ${count('violation_count').toLocaleString('en')} of ` +
        `${counted(count('distinct_x_count'), 'value')} of \`${child}\` ${verb(count('violation_count'), 'has', 'have')} more than one \`${parent}\`.`
      );
    }
    case 'I5': {
      const { child, parent } = edgeEnds(condition.edge);
      return `\`${condition.schema}\` does not reach \`${child}\`, from which \`${parent}\` would follow: an edge on the way does not hold.`;
    }
    case 'I6':
      return (
        `The paths from \`${condition.schema}\` to \`${condition.dimension}\` disagree for ` +
        `${count('differing').toLocaleString('en')} of ${counted(count('keys'), 'key')}.`
      );
    case 'I8': {
      const { schema, column } = condition;
      return count('rounded') > 0
        ? `${counted(count('rounded'), 'value')} of \`${column}\` in \`${schema}\` had more digits than its type holds and ${verb(count('rounded'), 'was', 'were')} rounded.`
        : `\`${column}\` of \`${schema}\` has a type that its reducers do not take.`;
    }
    case 'I9': {
      const { child, parent } = edgeEnds(condition.edge);
      return (
        `\`${parent}\` in \`${condition.schema}\` is not that of its \`${child}\` for ` +
        `${count('differing').toLocaleString('en')} of ${counted(count('pairs'), 'pair')}.`
      );
    }
    case 'I10': {
      const { sibling, root, operator, family } = condition;
      if (count('unreached') > 0)
        return `\`${sibling}\` cannot be compared with \`${root}\`, which does not reach its grain.`;
      const differing = count('differing') + count('only_root') + count('only_sibling');
      return (
        `${operator} of \`${family}\` in \`${sibling}\` is not that in \`${root}\` for ` +
        `${differing.toLocaleString('en')} of ${counted(count('keys'), 'key')}.`
      );
    }
    case 'I11':
      return count('unreached') > 0
        ? `The collection's filter is over names that \`${condition.schema}\` does not reach: an edge on the way does not hold.`
        : `The collection's filter keeps none of the ${counted(count('rows'), 'row')} of \`${condition.schema}\`.`;
  }
}
