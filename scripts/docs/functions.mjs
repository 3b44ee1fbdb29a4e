import { code, page, table } from './markdown.mjs';

/** @typedef {import('../../src/operators/functions/scalar-function.ts').ScalarFunction} ScalarFunction */
/** @typedef {import('../../src/operators/functions/scalar-function.ts').FunctionGroup} FunctionGroup */

/** @type {{ readonly [Group in FunctionGroup]: string }} */
const TITLES = { numbers: 'Numbers', text: 'Text', dates: 'Dates', choice: 'Choosing' };

const RULES = `Scalar functions stand wherever an expression does: in items, inside operators and windows, in WHERE and HAVING. A
function of a NULL is NULL, but for those that choose; so is one outside its domain, or whose value is not finite. Names are
read in any case.

Text functions over dimensions are evaluated once for each distinct value, and reach a backend as a table of values: they mean
the same on every engine.`;

/**
 * docs/functions.md.
 * @param {readonly ScalarFunction[]} functions
 */
export function functionsPage(functions) {
  const groups = [...new Set(functions.map(({ group }) => group))];
  return page('Functions', '`src/operators/functions/`', [
    RULES,
    ...groups.flatMap((group) => [
      `## ${TITLES[group]}`,
      table(
        ['function', 'what it is', 'example'],
        functions
          .filter((each) => each.group === group)
          .map(({ signature, doc, example }) => [code(signature), doc, code(example)]),
      ),
    ]),
  ]);
}
