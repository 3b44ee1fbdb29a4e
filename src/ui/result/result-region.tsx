import { createMemo, createSignal, Match, Show, Suspense, Switch } from 'solid-js';
import { Tabs } from '../controls/tabs.tsx';
import { countOf } from '../format/count.ts';
import type { ProvenanceTarget } from '../provenance/provenance-pane.tsx';
import type { Outcome } from '../query/question.ts';
import { useApp } from '../shell/app-context.ts';
import { createElapsed } from '../shell/elapsed.ts';
import {
  CancelledPanel,
  CopyMenu,
  CrossCheckButton,
  ExampleCards,
  ExplanationView,
  ProvenancePane,
  RefusalPanel,
  ServedView,
} from '../shell/parts.ts';
import { DefectPanel } from './defect-panel.tsx';
import { PlanPreview } from './plan-preview.tsx';
import { ResultBar, runningWords } from './result-bar.tsx';
import styles from './result-region.module.css';

interface ResultRegionProps {
  readonly target: ProvenanceTarget;
  /** Shows the origin of a series, the level, or the origin as a whole. */
  readonly onTarget: (target: ProvenanceTarget) => void;
  readonly tab: 'rows' | 'origin';
  readonly onTab: (tab: 'rows' | 'origin') => void;
}

/** The lower half of the Query page: one frame for every way a question can end. */
export function ResultRegion(props: ResultRegionProps) {
  const app = useApp();
  const { question, sessions } = app;
  const [shownRow, setShownRow] = createSignal<(shown: number) => number>((shown) => shown);
  const empty = () => app.editor.text().trim() === '';
  const outcome = () => opening() ?? (empty() && question.running() === null ? null : question.outcome());
  const opening = (): Outcome | null => {
    const failure = question.outcome() === null ? sessions.failure() : null;
    return failure === null ? null : { kind: 'defect', question: app.editor.text(), defect: failure };
  };
  const stale = () => {
    const last = question.outcome();
    return last !== null && last.question !== app.editor.text().trim();
  };
  const elapsed = createElapsed(() => question.running()?.slow === true);
  const runningFor = () => Math.max(0, elapsed() - (question.running()?.startedAt ?? elapsed()));
  const served = createMemo(() => {
    const last = outcome();
    return last?.kind === 'served' ? last : null;
  });
  const spoken = () => {
    const running = question.running();
    if (running === null || !running.slow) return '';
    return `${runningWords(running, app.locale())}, ${countOf(Math.floor(runningFor() / 1000), 'second', 'seconds', app.locale())}`;
  };
  const safe = () => {
    if (sessions.session() === null) return 'Your text is safe, and so is everything stored.';
    const entries = sessions.entries().filter((entry) => entry.domain === 'metric').length;
    return `Your text and ${countOf(entries, 'entry', 'entries', app.locale())} are safe.`;
  };
  const again = () => {
    const last = outcome();
    if (last !== null) app.askNow(last.question);
  };
  const restart = async () => {
    try {
      await sessions.session()?.restartBackend();
      again();
    } catch {
      location.reload();
    }
  };
  const tabbed = () => app.layout() === 'middle';

  return (
    <section class={`result ${styles.region}`} aria-label="Result" data-region="result" tabindex={-1}>
      <Show when={tabbed()}>
        <div class={styles.tabs}>
          <Tabs
            id="result"
            label="Result"
            tabs={[
              { key: 'rows', label: 'Rows' },
              { key: 'origin', label: 'Where this came from' },
            ]}
            selected={props.tab}
            onSelect={props.onTab}
          />
        </div>
      </Show>
      <ResultBar
        outcome={outcome()}
        stale={stale() && outcome() !== null}
        running={question.running()}
        elapsed={runningFor()}
        actions={
          <Show when={served()}>
            {(answer) => (
              <Suspense>
                <CopyMenu
                  source={{ frame: answer().frame, row: shownRow() }}
                  canonical={answer().answer.provenance.canonical}
                />
                <CrossCheckButton onShow={() => props.onTarget({ section: 'cross-check' })} />
              </Suspense>
            )}
          </Show>
        }
        onOrigin={() => props.onTarget({ series: served()?.answer.provenance.series[0]?.series ?? '' })}
        onLevel={() => props.onTarget({ section: 'level' })}
      />
      <output class="visually-hidden">{spoken()}</output>
      <div
        class={styles.content}
        id="result-panel-rows"
        hidden={tabbed() && props.tab !== 'rows'}
        {...(tabbed() ? { role: 'tabpanel' as const, 'aria-labelledby': 'result-tab-rows' } : {})}
      >
        <Switch
          fallback={
            <Show
              when={!empty() || !sessions.session()}
              fallback={
                <Suspense>
                  <ExampleCards />
                </Suspense>
              }
            >
              <PlanPreview preview={previewOf(app.checked())} />
            </Show>
          }
        >
          <Match when={served()}>
            {(answer) => (
              <Suspense>
                <ServedView
                  served={answer()}
                  stale={stale()}
                  onOrder={(row) => setShownRow(() => row)}
                  onOrigin={(series) => props.onTarget({ series })}
                  onWhy={() => props.onTarget({ section: 'level' })}
                />
              </Suspense>
            )}
          </Match>
          <Match when={refusedOf(outcome())}>
            {(refused) => (
              <Suspense>
                <RefusalPanel
                  question={refused().question}
                  refusal={refused().refusal}
                  onAsk={app.askNow}
                  onPlace={app.editor.select}
                />
              </Suspense>
            )}
          </Match>
          <Match when={explainedOf(outcome())} keyed>
            {(explained) => (
              <Suspense>
                <ExplanationView question={explained.question} explanation={explained.explanation} />
              </Suspense>
            )}
          </Match>
          <Match when={cancelledOf(outcome())}>
            {(cancelled) => (
              <Suspense>
                <CancelledPanel milliseconds={cancelled().milliseconds} onAgain={again} />
              </Suspense>
            )}
          </Match>
          <Match when={defectOutcome(outcome())}>
            {(broken) => <DefectPanel defect={broken().defect} safe={safe()} onRestart={restart} onAgain={again} />}
          </Match>
        </Switch>
      </div>
      <Show when={tabbed()}>
        <div
          class={styles.content}
          id="result-panel-origin"
          role="tabpanel"
          aria-labelledby="result-tab-origin"
          hidden={props.tab !== 'origin'}
        >
          <Suspense>
            <ProvenancePane outcome={question.outcome()} target={props.target} />
          </Suspense>
        </div>
      </Show>
    </section>
  );
}

function previewOf(checked: ReturnType<ReturnType<typeof useApp>['checked']>) {
  return checked?.diagnosis.ok === true ? checked.diagnosis.preview : null;
}

function refusedOf(outcome: Outcome | null) {
  return outcome?.kind === 'refused' ? outcome : null;
}

function explainedOf(outcome: Outcome | null) {
  return outcome?.kind === 'explained' ? outcome : null;
}

function cancelledOf(outcome: Outcome | null) {
  return outcome?.kind === 'cancelled' ? outcome : null;
}

function defectOutcome(outcome: Outcome | null) {
  return outcome?.kind === 'defect' ? outcome : null;
}
