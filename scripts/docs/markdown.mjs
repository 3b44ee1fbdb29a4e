/**
 * A table. Bars in cells are escaped, and line breaks become spaces.
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 */
export function table(header, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** @param {string} text */
export function code(text) {
  return `\`${text}\``;
}

/** @param {readonly string[]} texts */
export function codes(texts) {
  return texts.map(code).join(', ');
}

/**
 * What a table says of a name, without the call that it may begin with: the row begins with it already.
 * @param {string} name
 * @param {string} doc
 */
export function words(name, doc) {
  const rest = doc.startsWith(`${name}(`) ? doc.slice(doc.indexOf(')') + 1).replace(/^(?:: |, )/, '') : doc;
  // A letter that stands alone is the name of an argument.
  return rest.replace(/^[a-z](?=[a-z])/, (letter) => letter.toUpperCase());
}

/**
 * A document: its title, how it is made, and its parts with an empty line between.
 * @param {string} title
 * @param {string} source what it is made from
 * @param {readonly string[]} parts
 */
export function page(title, source, parts) {
  const note = `<!-- Made by \`npm run docs\` from ${source}. -->`;
  return `${[`# ${title}`, note, ...parts].join('\n\n')}\n`;
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
