/** What the comment beside a recommended anchor tells. */
interface Rate {
  readonly hits: number;
  readonly days: number;
  readonly hitsPerDay: number;
}

/** Words that YAML, or a reader of its older version, takes for something else than text. */
const RESERVED = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/**
 * A family's `cache_hint` with one anchor more, indented as in a collection whose families are a list at two spaces. It
 * takes the place of the one that the family has: a key may stand in a mapping once only.
 */
export function hintYaml(
  declared: readonly (readonly string[])[],
  anchor: readonly string[],
  { hits, days, hitsPerDay }: Rate,
): string {
  const time = days < 1 ? 'less than 1 day' : `${amount(days)} days`;
  const comment = `# ${hits} ${hits === 1 ? 'hit' : 'hits'} / ${time} = ${amount(hitsPerDay)} a day`;
  return [
    '    cache_hint:',
    '      materialize_at:',
    ...declared.map((each) => `        - ${anchorYaml(each)}`),
    `        - ${anchorYaml(anchor)} ${comment}`,
    '',
  ].join('\n');
}

function anchorYaml(anchor: readonly string[]): string {
  return `[${anchor.map(nameYaml).join(', ')}]`;
}

function nameYaml(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !RESERVED.test(name) ? name : JSON.stringify(name);
}

/** At most one digit after the point. */
function amount(value: number): string {
  return String(Math.round(value * 10) / 10);
}
