import type { Span } from '../../canon/issue.ts';
import type { CollectionSummary } from '../../runtime/api.ts';

/** A place in the text that has something wrong with it. */
export interface EditorMark {
  readonly span: Span;
  readonly message: string;
}

/** What both the text box and the code editor can do. */
export interface EditorSurface {
  /** Replaces the whole text, in one step that undo takes back. */
  replace(text: string): void;
  /** Puts text in place of the selection. */
  insert(text: string): void;
  focus(): void;
  hasFocus(): boolean;
  /** Whether Esc means something here already (an open completion list). */
  busy(): boolean;
  /** Selects a part of the text and brings it into view. */
  select(span: Span): void;
  /** Underlines places; earlier ones go. */
  mark(marks: readonly EditorMark[]): void;
  /** Tells what names mean. */
  learn(summary: CollectionSummary | null): void;
  close(): void;
}
