import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Report } from '../report.ts';
import { type NodeOffsets, type NodePath, type Place, pathKey } from './positions.ts';

/** How many nodes a document may have with every alias written out. */
export const MAX_NODES = 100_000;

/**
 * Turns the nodes of a parsed document into plain data (objects, arrays, texts, numbers, booleans, null) and keeps
 * where each stands. Aliases are written out, up to `MAX_NODES` nodes; a key that is not text, is written twice, or is
 * a property of every JavaScript object is reported and left out.
 */
export class PlainValue {
  /** Offsets of every node, by `pathKey`. */
  readonly offsets = new Map<string, NodeOffsets>();
  readonly #report: Report;
  readonly #placeAt: (offset: number) => Place;
  readonly #anchors = new Map<string, Node>();
  /** Nodes being converted: an alias to one of them would never end. */
  readonly #open = new Set<Node>();
  /** Offset of the alias being written out that is not itself inside one. */
  #outerAlias: number | null = null;
  #nodes = 0;
  #exhausted = false;

  constructor(report: Report, placeAt: (offset: number) => Place) {
    this.#report = report;
    this.#placeAt = placeAt;
  }

  /** The plain value of a node; `null` where the document is empty or the node cannot be used. */
  of(node: unknown, path: NodePath = [], key: number | null = null): unknown {
    const [from, to] = rangeOf(node);
    if (isAlias(node)) return this.#alias(node.source, from, path, key);
    if (this.#nodes++ >= MAX_NODES) {
      if (!this.#exhausted)
        this.#report.issue('ALIAS_BOMB', { limit: MAX_NODES }, this.#placeAt(this.#outerAlias ?? from));
      this.#exhausted = true;
      return null;
    }
    this.offsets.set(pathKey(path), { from, to, key });
    if (isScalar(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      return node.value;
    }
    if (!isMap(node) && !isSeq(node)) return null;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    this.#open.add(node);
    const value = isMap(node)
      ? this.#map(node.items, path)
      : node.items.map((item, index) => this.of(item, [...path, index]));
    this.#open.delete(node);
    return value;
  }

  #alias(anchor: string, from: number, path: NodePath, key: number | null): unknown {
    const target = this.#anchors.get(anchor);
    if (target === undefined || this.#open.has(target)) {
      this.#report.issue('ALIAS_UNRESOLVED', { anchor }, this.#placeAt(from));
      return null;
    }
    const outer = this.#outerAlias;
    this.#outerAlias = outer ?? from;
    const value = this.of(target, path, key);
    this.#outerAlias = outer;
    return value;
  }

  #map(pairs: readonly Pair[], path: NodePath): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>();
    const first = new Map<string, number>();
    for (const pair of pairs) {
      const [at] = rangeOf(pair.key);
      const place = this.#placeAt(at);
      const key = keyText(pair.key);
      const firstAt = key === null ? undefined : first.get(key);
      if (key === null) {
        this.#report.issue('KEY_NOT_TEXT', { found: keyKind(pair.key) }, place);
      } else if (key in Object.prototype || key === 'prototype') {
        this.#report.issue('RESERVED_KEY', { key }, place);
      } else if (firstAt !== undefined) {
        this.#report.issue('DUPLICATE_KEY', { key, firstLine: this.#placeAt(firstAt).line }, place);
      } else {
        first.set(key, at);
        entries.set(key, this.of(pair.value, [...path, key], at));
      }
    }
    return Object.fromEntries(entries);
  }
}

/** A key as it is written: `2024:` is the key "2024". */
function keyText(key: unknown): string | null {
  if (!isScalar(key)) return null;
  if (typeof key.value === 'string') return key.value;
  return typeof key.value === 'number' && key.source !== undefined ? key.source : null;
}

function keyKind(key: unknown): string {
  if (isMap(key)) return 'a mapping';
  if (isSeq(key)) return 'a list';
  if (isAlias(key)) return 'an alias';
  return isScalar(key) && typeof key.value === 'boolean' ? `the truth value ${key.value}` : 'nothing';
}

function rangeOf(node: unknown): readonly [from: number, to: number] {
  if (isAlias(node) || isScalar(node) || isMap(node) || isSeq(node)) {
    const range = node.range;
    if (range) return [range[0], range[1]];
  }
  return [0, 0];
}
