import { code, page, table } from './markdown.mjs';
import { REFUSAL_EXAMPLES } from './refusal-examples.mjs';

/** @typedef {import('../../src/resolution/refusal.ts').RefusalCode} RefusalCode */
/** @typedef {import('../../src/resolution/refusal.ts').RefusalParameters} RefusalParameters */

const RULES = `Every answer that is not given says why: a code, where in the text, what stands in the way, and, wherever there
is one, a remedy that is a complete query and runs. Some codes *ask back*: the question has several right answers, and the
remedies are the choices. All others *refuse*. The first cause in the order of the text speaks; the others are listed with
it, and a remedy mends them too where it can. Where the data themselves stand in the way, a table of the rows that do is
shown.`;

const COLLECTIONS = `Examples are asked of the retail demo; those marked *market* of a small market whose tables contradict
themselves.`;

/**
 * docs/refusals.md.
 * @param {import('../../src/canon/issue.ts').MessageTable<RefusalParameters>} messages
 * @param {ReadonlySet<RefusalCode>} clarifying
 */
export function refusalsPage(messages, clarifying) {
  const codes = codesOf(messages);
  const rows = codes.map((name) => [
    code(name),
    clarifying.has(name) ? 'asks back' : 'refuses',
    REFUSAL_EXAMPLES[name].when,
  ]);
  /**
   * @template {RefusalCode} Code
   * @param {Code} name
   */
  const section = (name) => {
    const { asked, parameters, remedy } = REFUSAL_EXAMPLES[name];
    const told = `> ${messages[name](parameters)}`;
    const mark = asked?.collection === 'market' ? ' (market)' : '';
    return [
      `### ${code(name)}${mark}`,
      ...(asked === null ? [] : [sql(asked.query)]),
      told,
      ...(remedy === null ? [] : [sql(remedy)]),
    ].join('\n\n');
  };
  return page('Refusals', '`src/resolution/refusal.ts`', [
    RULES,
    table(['code', 'what it does', 'when'], rows),
    '## Examples',
    `${COLLECTIONS} Each is followed by what is told, and by its first remedy.`,
    ...codes.map(section),
  ]);
}

/** @param {string} query */
function sql(query) {
  return `\`\`\`sql\n${query}\n\`\`\``;
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
