import { createEffect, createSignal, onMount, Show, Suspense } from 'solid-js';
import button from '../controls/button.module.css';
import { Menu } from '../controls/menu.tsx';
import { Splitter } from '../controls/splitter.tsx';
import { EditorBox } from '../editor/editor-box.tsx';
import { FormatButton } from '../editor/format-button.tsx';
import { Icon } from '../icons/icon.tsx';
import type { ProvenanceTarget } from '../provenance/provenance-pane.tsx';
import { ResultRegion } from '../result/result-region.tsx';
import { useApp } from '../shell/app-context.ts';
import { createPane } from '../shell/pane.ts';
import { BuilderView, FieldBrowser, ProvenancePane } from '../shell/parts.ts';
import { commandWith } from '../shell/platform.ts';
import { Intro } from './intro.tsx';
import styles from './query-page.module.css';
import { RunRow } from './run-row.tsx';

/** Ask, read the answer, see where it came from. */
export function QueryPage(props: { readonly shown: boolean }) {
  const app = useApp();
  const browser = createPane('browser', 280);
  const provenance = createPane('provenance', 360);
  const [target, setTarget] = createSignal<ProvenanceTarget>(null);
  const [tab, setTab] = createSignal<'rows' | 'origin'>('rows');
  const [building, setBuilding] = createSignal(false);
  let openRemedies: (() => void) | undefined;

  const showTarget = (next: ProvenanceTarget) => {
    if (app.layout() === 'middle') setTab('origin');
    if (app.layout() === 'wide' && provenance.closed()) provenance.toggle();
    // The pane may only now come into the page: it is addressed once it is there.
    queueMicrotask(() => setTarget(next === null ? null : { ...next }));
  };
  createEffect(() => {
    app.question.outcome();
    setTab('rows');
  });

  const remedies = () => {
    const outcome = app.question.outcome();
    return outcome?.kind === 'refused' ? outcome.refusal.remedies : [];
  };
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '.' || !(event.metaKey || event.ctrlKey) || remedies().length === 0) return;
      event.preventDefault();
      openRemedies?.();
    };
    document.addEventListener('keydown', onKey);
  });

  return (
    <div class="frame-body" hidden={!props.shown}>
      <nav class="frame-browser" aria-label="Fields" data-region="browser" tabindex={-1}>
        <Show when={app.layout() !== 'phone' && !browser.closed()}>
          <Suspense>
            <FieldBrowser />
          </Suspense>
          <Show when={app.layout() === 'wide'}>
            <Splitter label="Width of the fields" side="right" size={browser.size()} onSize={browser.resize} />
          </Show>
        </Show>
      </nav>
      <main class="frame-main" id="question-region">
        <Intro />
        <div class="question-bar">
          <Show when={app.layout() !== 'phone'} fallback={<PhoneFields />}>
            <button
              type="button"
              class={button.icon}
              aria-pressed={!browser.closed()}
              aria-label="Fields"
              data-tip={browser.closed() ? 'Show the fields' : 'Hide the fields'}
              onClick={() => browser.toggle()}
            >
              <Icon name="pane" />
            </button>
          </Show>
          <ExamplesMenu />
          <HistoryMenu />
          <span class={styles.space} />
          <button
            type="button"
            class={app.layout() === 'phone' ? button.bordered : button.button}
            aria-pressed={building()}
            data-testid="build"
            onClick={() => setBuilding(!building())}
          >
            Build
          </button>
          <FormatButton />
          <button
            type="button"
            class={app.layout() === 'phone' ? button.bordered : button.button}
            data-tip={`What this question would do, without doing it (${commandWith('⇧ E')})`}
            data-testid="explain"
            onClick={() => app.explain()}
          >
            Explain
          </button>
          <Show when={remedies().length > 0}>
            <Menu
              buttonClass={button.button}
              label="Remedies"
              align="end"
              items={remedies().map((remedy) => ({
                label: remedy.label,
                detail: remedy.query,
                onSelect: () => app.askNow(remedy.query),
              }))}
              onReady={(open) => {
                openRemedies = open;
              }}
            >
              Remedies
              <Icon name="down" size={12} />
            </Menu>
          </Show>
          <Show when={app.layout() === 'wide'}>
            <button
              type="button"
              class={button.icon}
              aria-pressed={!provenance.closed()}
              aria-label="Where this came from"
              data-tip={provenance.closed() ? 'Show where this came from' : 'Hide where this came from'}
              onClick={() => provenance.toggle()}
            >
              <Icon name="pane-right" />
            </button>
          </Show>
        </div>
        <EditorBox />
        <Show when={building()}>
          <Suspense>
            <BuilderView onClose={() => setBuilding(false)} />
          </Suspense>
        </Show>
        <RunRow />
        <ResultRegion target={target()} onTarget={showTarget} tab={tab()} onTab={setTab} />
        <Show when={app.layout() === 'phone'}>
          <aside class={styles.below} aria-label="Where this came from" data-region="provenance" tabindex={-1}>
            <Suspense>
              <ProvenancePane outcome={app.question.outcome()} target={target()} />
            </Suspense>
          </aside>
        </Show>
      </main>
      <Show when={app.layout() === 'wide'}>
        <aside class="frame-provenance" aria-label="Where this came from" data-region="provenance" tabindex={-1}>
          <Show when={!provenance.closed()}>
            <Splitter
              label="Width of where this came from"
              side="left"
              size={provenance.size()}
              onSize={provenance.resize}
            />
            <Suspense>
              <ProvenancePane outcome={app.question.outcome()} target={target()} />
            </Suspense>
          </Show>
        </aside>
      </Show>
    </div>
  );
}

function PhoneFields() {
  const app = useApp();
  return (
    <button type="button" class={button.bordered} onClick={() => app.openDialog('fields')}>
      Fields
    </button>
  );
}

function ExamplesMenu() {
  const app = useApp();
  return (
    <Menu
      buttonClass={app.layout() === 'phone' ? button.bordered : button.button}
      items={app.examples().map((example) => ({
        label: example.shows,
        detail: example.query,
        onSelect: () => app.askNow(example.query),
      }))}
      empty="Examples come with the collection."
    >
      Examples
      <Icon name="down" size={12} />
    </Menu>
  );
}

function HistoryMenu() {
  const app = useApp();
  return (
    <Menu
      buttonClass={app.layout() === 'phone' ? button.bordered : button.button}
      items={app.history.questions().map((question) => ({
        label: question.replace(/\s+/g, ' '),
        onSelect: () => app.askNow(question),
      }))}
      empty="The questions you ask are listed here, in this browser only."
    >
      History
      <Icon name="down" size={12} />
    </Menu>
  );
}
