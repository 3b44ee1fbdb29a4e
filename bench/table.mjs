/**
 * Lines of a table: columns as wide as their widest cell, the first row underlined.
 * @param {readonly (readonly string[])[]} rows the first is the heading
 * @returns {string[]}
 */
export function tableLines(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0] ?? '', widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)];
}
