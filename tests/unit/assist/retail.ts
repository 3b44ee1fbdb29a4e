import type { Completions, Definition, Description, Formatted, Signature } from '../../../src/runtime/api.ts';
import { type NodeSession, openInNode, retailInstallation, valueIn } from '../../support/node-session.ts';

/** A text with its caret marked: `SELECT |`. */
export function marked(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('|');
  if (offset < 0) throw new RangeError(`${text}: no caret is marked`);
  return { text: `${text.slice(0, offset)}${text.slice(offset + 1)}`, offset };
}

/** The retail demo, asked as an editor asks it. */
export class RetailEditor {
  readonly session: NodeSession;

  private constructor(session: NodeSession) {
    this.session = session;
  }

  static async open(): Promise<RetailEditor> {
    return new RetailEditor(await openInNode({ ...(await retailInstallation()), warmUp: 'off' }));
  }

  async complete(at: string): Promise<Completions | null> {
    const { text, offset } = marked(at);
    return valueIn(await this.session.service.complete(text, offset));
  }

  async describe(at: string): Promise<Description | null> {
    const { text, offset } = marked(at);
    return valueIn(await this.session.service.describe(text, offset));
  }

  async signature(at: string): Promise<Signature | null> {
    const { text, offset } = marked(at);
    return valueIn(await this.session.service.signature(text, offset));
  }

  async format(at: string): Promise<Formatted> {
    const { text, offset } = marked(at);
    return valueIn(await this.session.service.format(text, offset));
  }

  async definition(at: string): Promise<Definition | null> {
    const { text, offset } = marked(at);
    return valueIn(await this.session.service.definition(text, offset));
  }

  /** What is wrong with a text; null: it would be answered. */
  async refusal(text: string): Promise<string | null> {
    const diagnosis = valueIn(await this.session.service.check(text));
    return diagnosis.ok ? null : `${diagnosis.refusal.code}: ${diagnosis.refusal.message}`;
  }

  close(): Promise<void> {
    return this.session.close();
  }
}
