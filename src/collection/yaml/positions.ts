import type { LineCounter } from 'yaml';

/** A place in a YAML document that a person can go to; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Keys and indexes that lead from the document's root to a node: `['schemas', 0, 'columns', 'day']`. */
export type NodePath = readonly (string | number)[];

/** Character offsets of one node, and of the key it stands under. */
export interface NodeOffsets {
  readonly from: number;
  readonly to: number;
  readonly key: number | null;
}

/** Where every node of one document stands. A node inside an alias stands where its anchor is written. */
export class Positions {
  readonly file: string;
  readonly #text: string;
  readonly #lines: LineCounter;
  readonly #nodes: ReadonlyMap<string, NodeOffsets>;

  constructor(file: string, text: string, lines: LineCounter, nodes: ReadonlyMap<string, NodeOffsets>) {
    this.file = file;
    this.#text = text;
    this.#lines = lines;
    this.#nodes = nodes;
  }

  /** Place of the value at a path; where there is no such node, of the nearest node around it. */
  value(path: NodePath): Place {
    return this.#place(this.#nearest(path).from);
  }

  /** Place of the key that the value at a path stands under; of the value itself in a list. */
  key(path: NodePath): Place {
    const node = this.#nearest(path);
    return this.#place(node.key ?? node.from);
  }

  /**
   * Place of the character at `offset` of the text value at a path. Exact where the text is written on one line as it
   * is (plain, or quoted without escapes); otherwise the place of the value.
   */
  inside(path: NodePath, value: string, offset: number): Place {
    const { from, to } = this.#nearest(path);
    const at = this.#text.slice(from, to).indexOf(value);
    return this.#place(at < 0 || value.includes('\n') ? from : from + at + offset);
  }

  /** The whole lines that the node at a path covers, the first of them that of its key; blank ones at the end left out. */
  lines(path: NodePath): { readonly place: Place; readonly lines: readonly string[] } {
    const { from, to, key } = this.#nearest(path);
    const begin = this.#text.lastIndexOf('\n', (key ?? from) - 1) + 1;
    const last = this.#text.indexOf('\n', Math.max(begin, to - 1));
    const lines = this.#text
      .slice(begin, last < 0 ? this.#text.length : last)
      .trimEnd()
      .split(/\r?\n/);
    return { place: this.key(path), lines };
  }

  #nearest(path: NodePath): NodeOffsets {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#nodes.get(pathKey(path.slice(0, length)));
      if (node !== undefined) return node;
    }
    return { from: 0, to: 0, key: null };
  }

  #place(offset: number): Place {
    return placeAt(this.file, this.#lines, offset);
  }
}

/** One text for each path. */
export function pathKey(path: NodePath): string {
  return JSON.stringify(path);
}

/** The place of a character offset. */
export function placeAt(file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}
