/**
 * The examples of a manual: each is a fenced block of Frame-QL, and the fenced text under it is what it answers.
 */

/**
 * @typedef {object} Example
 * @property {string} statement
 * @property {'retail' | 'flights' | 'tiny'} collection which it is asked of: the retail chain, unless its fence says another
 * @property {string | null} result the shown answer; null where the fence says `no-result`
 * @property {number} line of its fence, from 1
 */

/** The fence of a statement, what it says beyond the language, the statement, and the fence of its result. */
const BLOCK = /^```frame-ql([^\n]*)\n([\s\S]*?)\n```\n(?:```text\n([\s\S]*?)\n?```\n)?/gm;

/**
 * In the order of the document. Throws where an example has no result and does not say that it has none.
 * @param {string} markdown
 * @returns {Example[]}
 */
export function examplesOf(markdown) {
  return [...markdown.matchAll(BLOCK)].map((found) => {
    const [, marks = '', statement = '', result = null] = found;
    const words = new Set(marks.split(' ').filter((word) => word !== ''));
    const line = markdown.slice(0, found.index).split('\n').length;
    const isShown = !words.delete('no-result');
    const collection = words.delete('flights') ? 'flights' : words.delete('tiny') ? 'tiny' : 'retail';
    if (words.size > 0) throw new Error(`manual, line ${line}: a fence says ${[...words].join(', ')}`);
    if (isShown !== (result !== null)) throw new Error(`manual, line ${line}: an example and its result do not agree`);
    return { statement, collection, result, line };
  });
}

/**
 * The document with other results, those of the examples that show one, in their order.
 * @param {string} markdown
 * @param {readonly string[]} results
 */
export function withResults(markdown, results) {
  const left = [...results];
  return markdown.replace(BLOCK, (block, marks, statement, result) =>
    result === undefined
      ? block
      : `\`\`\`frame-ql${marks}\n${statement}\n\`\`\`\n\`\`\`text\n${left.shift() ?? result}\n\`\`\`\n`,
  );
}
