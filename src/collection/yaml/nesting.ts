import type { CST } from 'yaml';

/** How deeply a YAML document may be nested; ours need about eight levels. */
export const MAX_DEPTH = 64;

/**
 * Character offset of the first token nested deeper than `MAX_DEPTH`, or null. It walks the concrete syntax with a
 * stack of its own, because the YAML composer recurses and can take the whole process down on deep input.
 */
export function offsetBeyondDepth(tokens: readonly CST.Token[]): number | null {
  const stack: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return token.offset;
    if (token.type === 'document') {
      if (token.value !== undefined) stack.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const item of token.items) {
        for (const child of [item.key, item.value]) {
          if (child !== undefined && child !== null) stack.push({ token: child, depth: depth + 1 });
        }
      }
    }
  }
  return null;
}
