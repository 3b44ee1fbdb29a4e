import { createEffect, onMount } from 'solid-js';
import type { Refusal } from '../../runtime/api.ts';
import { useApp } from '../shell/app-context.ts';
import { refusedPart } from '../words/refusal.ts';
import type { EditorMark } from './surface.ts';

/** The box of the question: first the text box of the static page, soon the code editor in its place. */
export function EditorBox() {
  const app = useApp();
  const { editor } = app;
  let box: HTMLDivElement | undefined;
  let step = -1;

  const onHistory = (direction: 1 | -1) => {
    const questions = app.history.questions();
    const next = step + direction;
    const question = questions[next];
    if (question === undefined) return false;
    step = next;
    editor.replace(question);
    return true;
  };
  const upgrade = () => {
    if (box === undefined) return;
    // Without the code editor the text box goes on serving; a missing part is reported by the page's own notice.
    editor
      .upgrade(box, {
        onRun: app.run,
        onHistory,
        assistant: app.sessions.session,
        hasRemedies: () => {
          const outcome = app.question.outcome();
          return outcome?.kind === 'refused' && outcome.refusal.remedies.length > 0;
        },
        announce: app.announce,
      })
      .catch(() => undefined);
  };

  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      app.run();
    };
    editor.box.addEventListener('keydown', onKey);
    editor.box.addEventListener('focus', upgrade, { once: true });
    if (document.activeElement === editor.box) upgrade();
  });
  createEffect(() => {
    if (app.settled()) upgrade();
  });
  createEffect(() => editor.learn(app.sessions.summary()));
  createEffect(() => editor.mark(marksOf(app)));
  createEffect(() => {
    app.question.running();
    step = -1;
  });

  return (
    <div ref={box} class="question-box" data-region="editor">
      <span id="question-place" hidden />
    </div>
  );
}

/** What is to be underlined: the last refusal while its question stands unchanged, else what checking found. */
function marksOf(app: ReturnType<typeof useApp>): readonly EditorMark[] {
  const text = app.editor.text();
  const outcome = app.question.outcome();
  const checked = app.checked();
  if (outcome?.kind === 'refused' && outcome.question === text.trim()) {
    const shift = text.length - text.trimStart().length;
    return causesOf(outcome.refusal, outcome.question).map((mark) => ({
      ...mark,
      span: { from: mark.span.from + shift, to: mark.span.to + shift },
    }));
  }
  if (checked === null || checked.text !== text || checked.diagnosis.ok) return [];
  return causesOf(checked.diagnosis.refusal, text);
}

/**
 * The causes of a refusal that have a place of their own; one that is the whole question is not underlined. Remedies
 * are those of the first.
 */
function causesOf(refusal: Refusal, question: string): readonly EditorMark[] {
  const first = { span: refusal.span, message: refusal.message, fixes: refusal.remedies };
  const others = refusal.others.map(({ span, message }) => ({ span, message, fixes: [] }));
  return [first, ...others].filter(({ span }) => span.to <= span.from || refusedPart(question, span) !== '');
}
