import { DISCLOSURE_EXAMPLES } from './disclosure-examples.mjs';
import { code, page, table } from './markdown.mjs';

const RULES = `An answer is given with all that its reader must know of it. What is told are facts of the data that it rests on,
or of what was asked; they are the same whichever way the number came: computed or stored, with the engine on or off, and on
each backend. *Critical* is what may make a number wrong, not only less than whole. What was merely not tested is no
disclosure: it shows in the level of the answer.`;

/** Codes of what may make a number wrong. @type {ReadonlySet<string>} */
export const CRITICAL_DISCLOSURES = new Set(['blocked_reduction', 'contradicted_condition']);

/** docs/disclosures.md. */
export function disclosuresPage() {
  const rows = Object.entries(DISCLOSURE_EXAMPLES).map(([name, { when, query, message }]) => [
    code(name),
    CRITICAL_DISCLOSURES.has(name) ? 'critical' : '',
    when,
    query === null ? '' : code(query),
    message,
  ]);
  return page('Disclosures', '`scripts/docs/disclosure-examples.mjs`, whose examples are asked by a unit test', [
    RULES,
    table(['code', '', 'when', 'for example', 'is told'], rows),
  ]);
}
