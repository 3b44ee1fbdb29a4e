import { OPERATORS, type OperatorDefinition, operatorNamed } from '../operators/catalog.ts';
import type { ScalarFunction } from '../operators/functions/scalar-function.ts';
import { functionNamed } from '../operators/functions/scalar-functions.ts';
import { type WindowDefinition, windowNamed } from '../operators/window.ts';

/** What can be called, as a person is told of it. */
export interface Callable {
  readonly kind: 'operator' | 'window' | 'function';
  readonly name: string;
  /** `LAG(x[, n][, step => level])` */
  readonly signature: string;
  readonly doc: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What a name in front of a bracket calls; undefined where it calls nothing. `star`: `COUNT(*)`. */
export function callableNamed(name: string, star = false): Callable | undefined {
  const definition = star ? OPERATORS['COUNT(*)'] : (operatorNamed(name) ?? windowNamed(name) ?? functionNamed(name));
  return definition && callableOf(definition);
}

/** The same for a definition of one of the tables. */
export function callableOf(definition: OperatorDefinition | WindowDefinition | ScalarFunction): Callable {
  if ('finish' in definition) return operatorCallable(definition);
  return 'needsAxis' in definition ? windowCallable(definition) : functionCallable(definition);
}

function operatorCallable({ name, parameters, isOrdered, doc, accepts, nulls, error }: OperatorDefinition): Callable {
  const more = parameters.map((each) => `, ${each}`).join('');
  const ordered = isOrdered ? '[, order => date][, combine => SUM | MIN | MAX]' : '';
  const signature = name === 'COUNT(*)' ? name : `${name}(x${more}${ordered})`;
  return {
    kind: 'operator',
    name,
    signature,
    doc,
    facts: [
      { name: 'of', value: name === 'COUNT(*)' ? 'rows' : accepts.join(', ') },
      { name: 'NULL', value: nulls },
      ...(error === null ? [] : [{ name: 'error', value: error }]),
    ],
  };
}

const TAKEN = { step: 'step => level', reset: 'reset => level', within: 'within => dimension' } as const;

function windowCallable({ name, count, takes, doc, needsAxis }: WindowDefinition): Callable {
  const counted = count === 'required' ? ', n' : count === 'optional' ? '[, n]' : '';
  const signature = `${name}(x${counted}${takes.map((each) => `[, ${TAKEN[each]}]`).join('')})`;
  // The table's sentence begins with a signature of its own.
  const told = doc.slice(doc.indexOf(':') + 1).trim();
  const over = needsAxis ? 'the finest calendar dimension in AT' : 'the rows of the answer';
  return {
    kind: 'window',
    name,
    signature,
    doc: told.charAt(0).toUpperCase() + told.slice(1),
    facts: [{ name: 'runs over', value: over }],
  };
}

function functionCallable({ name, signature, doc, example }: ScalarFunction): Callable {
  return { kind: 'function', name, signature, doc, facts: [{ name: 'example', value: example }] };
}
