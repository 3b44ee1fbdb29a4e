import type { BuilderChoices } from '../../builder/choices.ts';
import type { QuestionOutline } from '../../builder/outline.ts';

/** A text as choices for a form, with what may be chosen next. */
export interface OutlinedText {
  readonly outline: QuestionOutline;
  readonly choices: BuilderChoices;
  /** The columns of the answer; `type` null while the question is refused. */
  readonly columns: readonly { readonly name: string; readonly type: string | null; readonly level: string | null }[];
  /** Writing the outline would lose comments. */
  readonly hasComments: boolean;
}
