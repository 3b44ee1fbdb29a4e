/** A name of at most `longest` characters: what is too long keeps its beginning and its end. */
export function middleEllipsis(name: string, longest: number): string {
  const letters = [...name];
  if (letters.length <= longest) return name;
  const head = Math.ceil((longest - 1) / 2);
  const tail = longest - 1 - head;
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - tail).join('')}`;
}
