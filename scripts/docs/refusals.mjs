import { code, page, table } from './markdown.mjs';
import { REFUSAL_EXAMPLES } from './refusal-examples.mjs';

/** @typedef {import('../../src/resolution/refusal.ts').RefusalCode} RefusalCode */
/** @typedef {import('../../src/resolution/refusal.ts').RefusalParameters} RefusalParameters */

const RULES = `Every answer that is not given says why: a code, where in the text, what stands in the way, and, wherever there is one, a
remedy that is a complete query and runs. Some codes *ask back*: the question has several right answers, and the remedies are the
choices. All others *refuse*. The first cause in the order of the text speaks; the others are listed with it.`;

/**
 * docs/refusals.md.
 * @param {import('../../src/canon/issue.ts').MessageTable<RefusalParameters>} messages
 * @param {ReadonlySet<RefusalCode>} clarifying
 */
export function refusalsPage(messages, clarifying) {
  /**
   * @template {RefusalCode} Code
   * @param {Code} name
   */
  const row = (name) => {
    const { when, query, parameters } = REFUSAL_EXAMPLES[name];
    const kind = clarifying.has(name) ? 'asks back' : 'refuses';
    return [code(name), kind, when, query === null ? '' : code(query), messages[name](parameters)];
  };
  return page('Refusals', '`src/resolution/refusal.ts`', [
    RULES,
    table(['code', 'what it does', 'when', 'for example', 'is told'], codesOf(messages).map(row)),
  ]);
}

/**
 * @param {import('../../src/canon/issue.ts').MessageTable<RefusalParameters>} messages
 * @returns {RefusalCode[]}
 */
function codesOf(messages) {
  return Object.keys(messages).filter((name) => isCode(name));
}

/**
 * @param {string} name
 * @returns {name is RefusalCode}
 */
function isCode(name) {
  return name in REFUSAL_EXAMPLES;
}
