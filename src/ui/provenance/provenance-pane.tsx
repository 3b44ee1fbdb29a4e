import { createEffect, For, on, Show } from 'solid-js';
import type { ArrowAnswer } from '../../runtime/api.ts';
import { formatDuration } from '../format/duration.ts';
import type { Outcome } from '../query/question.ts';
import { useApp } from '../shell/app-context.ts';
import { originSentence, seriesNames } from '../words/provenance.ts';
import { engineOffWords } from '../words/served-from.ts';
import { ConditionsSection } from './conditions-section.tsx';
import { CopyText } from './copy-text.tsx';
import { CrossCheckSection } from './cross-check-section.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import styles from './provenance.module.css';
import { DerivedSection, SeriesSection } from './series-section.tsx';
import { SourcesSection } from './sources-section.tsx';

/** What of the pane is to be shown: a series by its column, or a section. A new object asks again. */
export type ProvenanceTarget = { readonly series: string } | { readonly section: 'level' | 'cross-check' } | null;

interface ProvenancePaneProps {
  readonly outcome: Outcome | null;
  readonly target: ProvenanceTarget;
}

/** Where the answer on screen came from: every series with its path, the sources, the checks. */
export function ProvenancePane(props: ProvenancePaneProps) {
  let pane: HTMLDivElement | undefined;
  createEffect(
    on(
      () => props.target,
      (target) => {
        if (target === null || pane === undefined) return;
        const key = 'series' in target ? `series:${target.series}` : `section:${target.section}`;
        const section = [...pane.querySelectorAll<HTMLDetailsElement>('details')].find(
          (each) => each.dataset.key === key,
        );
        if (section === undefined) return;
        section.open = true;
        section.querySelector('summary')?.focus();
        section.scrollIntoView({ block: 'nearest' });
      },
      { defer: true },
    ),
  );
  return (
    <div ref={pane} class={styles.pane}>
      <h2 class={styles.title}>Where this came from</h2>
      <Show
        when={props.outcome?.kind === 'served' ? props.outcome : null}
        fallback={<p class={styles.quiet}>{emptyWords(props.outcome)}</p>}
      >
        {(served) => <AnswerProvenance answer={served().answer} milliseconds={served().milliseconds} />}
      </Show>
    </div>
  );
}

function emptyWords(outcome: Outcome | null): string {
  switch (outcome?.kind) {
    case 'refused':
      return 'No number was read: the question was turned back before that.';
    case 'explained':
      return 'Nothing was read: the explanation says what would be. Run the question to see where its answer comes from.';
    case 'cancelled':
      return 'The question was cancelled. Nothing was kept.';
    case 'defect':
      return 'There is no answer to explain.';
    case 'served':
    case undefined:
      return 'Every answer says here which stored entries, tables and steps it was made of, and what was checked.';
  }
}

function AnswerProvenance(props: { readonly answer: ArrowAnswer; readonly milliseconds: number }) {
  const app = useApp();
  const provenance = () => props.answer.provenance;
  const alone = () => seriesNames(provenance()).length === 1;
  const stated = () => new Set(provenance().series.map(({ series }) => series));
  const formulas = () => Object.entries(provenance().derived).filter(([name]) => !stated().has(name));
  return (
    <>
      <p class={styles.lead} data-testid="origin">
        {originSentence(props.answer, app.locale())}
        <Show when={provenance().engineOff}>{(axis) => <> The engine is off: {engineOffWords(axis())}.</>}</Show>
      </p>
      <For each={provenance().series}>
        {(series) => (
          <SeriesSection
            series={series}
            formula={provenance().derived[series.series] ?? null}
            backend={provenance().backend}
            open={alone()}
          />
        )}
      </For>
      <For each={formulas()}>{([name, formula]) => <DerivedSection name={name} formula={formula} />}</For>
      <DecisionsSection decisions={provenance().decisions} />
      <SourcesSection provenance={provenance()} />
      <ConditionsSection level={props.answer.level} conditions={provenance().conditions} />
      <CrossCheckSection />
      <details class={styles.section}>
        <summary>Question and fingerprints</summary>
        <div class={styles.content}>
          <CopyText text={provenance().canonical} label="the question" />
          <dl class={styles.facts}>
            <dt>Collection</dt>
            <dd>
              <code>{provenance().manifestFingerprint.slice(0, 16)}</code>
            </dd>
            <dt>Plan</dt>
            <dd>
              <code>{provenance().planFingerprint.slice(0, 16)}</code>
            </dd>
            <dt>Time</dt>
            <dd>
              plan {formatDuration(provenance().milliseconds.plan)}, serve{' '}
              {formatDuration(provenance().milliseconds.serve)}, compose{' '}
              {formatDuration(provenance().milliseconds.compose)}
            </dd>
          </dl>
        </div>
      </details>
    </>
  );
}
