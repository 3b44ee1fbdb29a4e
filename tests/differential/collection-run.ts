import type { BackendName } from '../../src/protocol/backend.ts';
import { BACKENDS, startedInNode } from '../support/backends.ts';
import { type NodeSession, openInNode, valueIn } from '../support/node-session.ts';
import { difference, differingEstimate, type Given } from './compare.ts';
import { estimatesOf } from './estimates.ts';
import { printQuestion, type Question } from './question.ts';
import { Random } from './random.ts';
import { Reference } from './reference/answer.ts';
import type { Expected } from './reference/frame.ts';
import { render } from './render.ts';
import type { World } from './world.ts';

/** A way to the answer. */
export interface Way {
  readonly name: string;
  readonly backend: BackendName;
  readonly engine: boolean;
  /** Some of the entries are dropped before. */
  readonly evicts?: boolean;
}

/**
 * Each backend by itself; then the engine over the backend whose turn it is: first, again, and once more after some of
 * its entries are gone.
 */
export function waysFor(seed: number): readonly Way[] {
  const backend = BACKENDS[Math.abs(seed) % BACKENDS.length]?.name ?? 'duckdb';
  return [
    ...BACKENDS.map(({ name }) => ({ name, backend: name, engine: false })),
    { name: `engine over ${backend}`, backend, engine: true },
    { name: `engine over ${backend}, again`, backend, engine: true },
    { name: `engine over ${backend}, evicted`, backend, engine: true, evicts: true },
  ];
}

/** A question to which some way gave another answer than the reference. */
export interface Disagreement {
  readonly question: Question;
  /** What it was made wrong to be refused with; null: it is a question like any other. */
  readonly code: string | null;
  readonly text: string;
  /** What is wrong, by the way's name. */
  readonly faults: Readonly<Record<string, string>>;
}

/** A collection opened once, with the reference beside it. */
export class CollectionRun {
  private readonly ways: readonly Way[];
  private readonly session: NodeSession;
  private readonly reference: Reference;
  private readonly random: Random;

  private constructor(ways: readonly Way[], session: NodeSession, reference: Reference, random: Random) {
    this.ways = ways;
    this.random = random;
    this.session = session;
    this.reference = reference;
  }

  /** Throws where the world does not open: a world that was made wrongly. */
  static async open(world: World, warmUp: 'await' | 'off'): Promise<CollectionRun> {
    const { installation, collection, files } = render(world);
    const session = await openInNode({
      installation,
      collections: { 'world/': collection },
      files,
      warmUp,
      startBackend: (name) => startedInNode(name),
    });
    return new CollectionRun(waysFor(world.seed), session, new Reference(world), new Random(world.seed * 6271 + 3));
  }

  /** `code`: what the question was made wrong to be refused with, beside what else may be wrong with it. */
  expected(question: Question, code: string | null = null): Expected {
    if (code === null) return this.reference.answer(question);
    return { kind: 'refused', codes: new Set([code, ...this.reference.possible(question)]) };
  }

  /** Asks in every way. Refusals have one code, whichever of several causes it is. */
  async disagreement(
    question: Question,
    wrong: string | null,
    expected: Expected = this.expected(question, wrong),
  ): Promise<Disagreement | null> {
    const text = printQuestion(question);
    const faults: Record<string, string> = {};
    let code: string | null = null;
    const estimates = estimatesOf(question);
    let first: Given | null = null;
    for (const { name, backend, engine, evicts } of this.ways) {
      if (evicts) await this.evictSome();
      const given = await this.ask(text, { backend, engine });
      const fault = difference(given, expected);
      if (fault !== null) faults[name] = fault;
      else if (given.kind === 'refused' && expected.kind === 'refused') {
        if (code !== null && code !== given.code) faults[name] = `refused ${given.code}, others ${code}`;
        code ??= given.code;
      }
      first ??= given;
      if (fault === null && expected.kind === 'frame' && !expected.isTied) {
        const other = differingEstimate(first, given, estimates);
        if (other !== null) faults[name] = other;
      }
    }
    return Object.keys(faults).length === 0 ? null : { question, code: wrong, text, faults };
  }

  async ask(text: string, asked: { readonly backend: BackendName; readonly engine: boolean }): Promise<Given> {
    try {
      const answer = await this.session.query(text, asked);
      if ('code' in answer) return { kind: 'refused', code: answer.code, message: answer.message };
      return { kind: 'frame', columns: answer.columns, rows: answer.rows };
    } catch (error) {
      return { kind: 'thrown', message: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Asks the backend whose turn it is, the engine off. */
  plain(text: string): Promise<Given> {
    return this.ask(text, { backend: this.turn, engine: false });
  }

  /** Asks with the engine on. */
  engine(text: string): Promise<Given> {
    return this.ask(text, { backend: this.turn, engine: true });
  }

  /** Drops entries by chance, a half of them on the whole, whatever they hold: states, maps of edges, attestations. */
  private async evictSome(): Promise<void> {
    const keys = valueIn(await this.session.service.entries()).map(({ key }) => key);
    valueIn(await this.session.service.evict(keys.filter(() => this.random.chance(0.5))));
  }

  /** Drops every entry. */
  async forget(): Promise<void> {
    valueIn(await this.session.service.evict(null));
  }

  private get turn(): BackendName {
    return this.ways.find(({ engine }) => engine)?.backend ?? 'duckdb';
  }

  close(): Promise<void> {
    return this.session.close();
  }
}
