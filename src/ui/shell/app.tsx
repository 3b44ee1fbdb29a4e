import {
  createEffect,
  createSignal,
  ErrorBoundary,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import { render } from 'solid-js/web';
import type { Session } from '../../runtime/api.ts';
import { createEditor } from '../editor/editor.ts';
import { countOf } from '../format/count.ts';
import { speakDuration } from '../format/duration.ts';
import { createLocale } from '../format/locale.ts';
import { createCrossChecker } from '../query/cross-checker.ts';
import { createDiagnosis } from '../query/diagnosis.ts';
import type { Example } from '../query/examples.ts';
import { createHistory } from '../query/history.ts';
import { QueryPage } from '../query/query-page.tsx';
import { createQuestion, type Outcome } from '../query/question.ts';
import { DefectPanel } from '../result/defect-panel.tsx';
import { createTheme } from '../theme/theme.ts';
import { defectOf } from '../words/defect.ts';
import { badgeWords } from '../words/served-from.ts';
import { type App, AppContext, type OpenDialog, type Writing } from './app-context.ts';
import { createClock } from './elapsed.ts';
import { createForeignRequests } from './foreign-requests.ts';
import { Header } from './header.tsx';
import { createKeys } from './keys.ts';
import { createLayout } from './layout.ts';
import {
  About,
  EnginePage,
  FieldsSheet,
  fetchLater,
  fetchNow,
  KeyList,
  MoreSheet,
  Palette,
  TipLayer,
} from './parts.ts';
import type { ProgressRecord } from './progress-record.ts';
import { createRouter } from './router.ts';
import { createSessionStore } from './session-store.ts';
import { createSettled } from './settled.ts';
import { StatusBar } from './status-bar.tsx';
import { readSetting, writeSetting } from './storage.ts';
import { TabBar } from './tab-bar.tsx';
import { UpdateNotice } from './update-notice.tsx';

/** What the entry script hands over to the page. */
export interface PageStart {
  readonly root: HTMLElement;
  readonly box: HTMLTextAreaElement;
  readonly opening: Promise<Session>;
  readonly record: ProgressRecord;
}

/** Draws the page in place of the static HTML; the text box is moved over with what is typed in it. */
export function startPage(start: PageStart): void {
  fetchNow();
  const still = document.getElementById('static-frame');
  const ground = document.getElementById('ground');
  render(() => <Page {...start} ground={ground} />, start.root);
  const place = document.getElementById('question-place');
  if (place !== null) moveNode(start.box, place);
  still?.remove();
}

/** Puts a node in the place of another; where the browser can, without the loss of focus, caret and undo. */
function moveNode(node: HTMLTextAreaElement, place: HTMLElement): void {
  const parent = place.parentElement;
  if (parent === null) return;
  const focused = document.activeElement === node;
  const { selectionStart, selectionEnd } = node;
  if ('moveBefore' in parent && typeof parent.moveBefore === 'function') parent.moveBefore(node, place);
  else parent.insertBefore(node, place);
  place.remove();
  if (focused && document.activeElement !== node) {
    node.focus();
    node.setSelectionRange(selectionStart, selectionEnd);
  }
}

function Page(props: PageStart & { readonly ground: HTMLElement | null }) {
  const [announcement, setAnnouncement] = createSignal('');
  const [dialog, openDialog] = createSignal<OpenDialog>(null);
  const [examples, setExamples] = createSignal<readonly Example[]>([]);
  const [letterKeys, setLetterKeys] = createSignal(readSetting('letter-keys') !== 'off');
  const sessions = createSessionStore(props.opening, props.record);
  const router = createRouter();
  const editor = createEditor(props.box);
  const history = createHistory();
  const [locale, setLocale] = createLocale();
  const [theme, setTheme] = createTheme();
  const pageRequests = createForeignRequests();

  const question = createQuestion({
    whenOpen: sessions.whenOpen,
    onEnd(outcome) {
      setAnnouncement(spokenOutcome(outcome, locale()));
      sessions.refresh();
    },
  });

  const crossChecker = createCrossChecker({
    outcome: question.outcome,
    whenOpen: sessions.whenOpen,
  });

  const ask = (text: string, how: 'push' | 'replace' | 'stay') => {
    const asked = text.trim();
    if (asked === '') return;
    history.add(asked);
    if (how !== 'stay') router.go({ page: 'query', q: asked, c: collectionInUrl() }, how);
    void question.ask(asked);
  };
  const collectionInUrl = () => {
    const summary = sessions.summary();
    const route = router.route();
    if (summary !== null && summary.collections.length > 1) return summary.name;
    return route.page === 'query' ? route.c : null;
  };
  const writing: Writing = { settled: null };
  const whenWritten = (work: () => void) => {
    if (writing.settled === null) work();
    else void writing.settled().then(work);
  };
  const run = () => whenWritten(() => ask(editor.text(), router.route().page === 'query' ? 'push' : 'stay'));

  const app: App = {
    sessions,
    router,
    layout: createLayout(props.root),
    editor,
    question,
    crossChecker,
    writing,
    checked: createDiagnosis(editor.text, sessions.session, sessions.summary),
    history,
    examples,
    locale,
    setLocale,
    theme,
    setTheme,
    dialog,
    openDialog,
    letterKeys,
    setLetterKeys(on) {
      writeSetting('letter-keys', on ? null : 'off');
      setLetterKeys(on);
    },
    foreignRequests: () => pageRequests() + (sessions.statistics()?.foreignRequests ?? 0),
    settled: createSettled(() => question.outcome() !== null || sessions.failure() !== null),
    now: createClock(30_000),
    run,
    explain: () => whenWritten(() => void question.ask(editor.text(), 'explanation')),
    askNow(text) {
      editor.replace(text);
      ask(text, 'push');
    },
    announce: setAnnouncement,
  };
  createKeys(app);
  // Warm-up verifies what its entries rest on: what was answered meanwhile may be proven further now.
  createEffect(
    on(sessions.phase, (phase) => {
      if (phase === 'ready') question.proveFurther();
    }),
  );
  createEffect(() => {
    if (app.settled()) fetchLater();
  });

  // A hash that was pasted, or Back and Forward: the question in it is put in the editor and asked.
  createEffect(
    on(router.route, (route) => {
      if (route.page !== 'query' || route.q === null) return;
      const asked = route.q.trim();
      const present = question.running()?.question ?? question.outcome()?.question ?? null;
      editor.replace(route.q.trim() === editor.text().trim() ? editor.text() : route.q);
      if (asked !== present) ask(asked, 'stay');
    }),
  );
  // The first question of a visit that names none runs by itself, once.
  onMount(() => {
    const pressed = document.documentElement.dataset.pressed !== undefined;
    const route = router.route();
    if (pressed) run();
    else if (route.page === 'query' && route.q === null && editor.text().trim() !== '') ask(editor.text(), 'stay');
    writeSetting('visited', 'yes');
  });
  createEffect(
    on([sessions.session, () => sessions.summary()?.manifestFingerprint, app.settled], ([session, , settled]) => {
      const summary = sessions.summary();
      if (session === null || summary === null) return;
      // The first question goes before the examples, unless it is to be one of them.
      if (!settled && editor.text().trim() !== '') return;
      const propose = async () => {
        const { examplesOf } = await import('../query/examples.ts');
        const found = await examplesOf(session, summary);
        setExamples(found);
        const [first] = found;
        const untouched = editor.text().trim() === '' && question.outcome() === null && question.running() === null;
        if (first !== undefined && untouched && !editor.hasFocus()) {
          editor.replace(first.query);
          ask(first.query, 'stay');
        }
      };
      // Without proposals there are none to show; what broke is told by the question itself.
      propose().catch(() => setExamples([]));
    }),
  );
  createEffect(() => {
    const route = router.route();
    const wanted = route.page === 'query' ? route.c : null;
    const summary = sessions.summary();
    if (wanted !== null && summary !== null && wanted !== summary.name && summary.collections.includes(wanted)) {
      void sessions.use(wanted);
    }
  });
  createEffect(() => {
    const name = sessions.summary()?.name;
    document.title = name === undefined ? 'Coframe' : `${name} · Coframe`;
  });
  onCleanup(() => {
    void sessions.session()?.close();
  });

  const engineRoute = () => {
    const route = router.route();
    return route.page === 'engine' ? route : null;
  };
  return (
    <AppContext.Provider value={app}>
      <div class="frame">
        <Header />
        <div>
          {props.ground}
          <UpdateNotice />
        </div>
        <ErrorBoundary fallback={(error: unknown) => <BrokenPage error={error} shown={engineRoute() === null} />}>
          <QueryPage shown={engineRoute() === null} />
        </ErrorBoundary>
        <Show when={engineRoute()}>
          {(route) => (
            <ErrorBoundary fallback={(error: unknown) => <BrokenPage error={error} shown />}>
              <Suspense>
                <EnginePage route={route()} />
              </Suspense>
            </ErrorBoundary>
          )}
        </Show>
        <StatusBar />
        <Show when={app.layout() === 'phone'}>
          <TabBar />
        </Show>
      </div>
      <Suspense>
        <Switch>
          <Match when={dialog() === 'palette'}>
            <Palette />
          </Match>
          <Match when={dialog() === 'keys'}>
            <KeyList />
          </Match>
          <Match when={dialog() === 'about'}>
            <About />
          </Match>
          <Match when={dialog() === 'fields'}>
            <FieldsSheet />
          </Match>
          <Match when={dialog() === 'more'}>
            <MoreSheet />
          </Match>
        </Switch>
      </Suspense>
      <Suspense>
        <TipLayer />
      </Suspense>
      <output class="visually-hidden" aria-live="polite" data-testid="announcement">
        {announcement()}
      </output>
    </AppContext.Provider>
  );
}

/** A defect of the page itself, where a page would have been. */
function BrokenPage(props: { readonly error: unknown; readonly shown: boolean }) {
  const reload = () => location.reload();
  return (
    <main class="frame-page" hidden={!props.shown}>
      <DefectPanel
        defect={{ ...defectOf(props.error), action: 'reload' }}
        safe="Everything stored is safe; the question is in the address."
        onRestart={reload}
        onAgain={reload}
      />
    </main>
  );
}

/** The outcome as the live region says it. */
function spokenOutcome(outcome: Outcome, locale: string): string {
  switch (outcome.kind) {
    case 'served': {
      const { answer, milliseconds } = outcome;
      const rows = countOf(answer.row_count, 'row', 'rows', locale);
      const from = badgeWords(answer.served_from, answer.provenance).text.replace('→', 'to').toLowerCase();
      return `${rows}, ${from}, ${speakDuration(milliseconds)}`;
    }
    case 'refused': {
      const remedies = countOf(outcome.refusal.remedies.length, 'remedy', 'remedies', locale);
      return `${outcome.refusal.mood === 'clarify' ? 'Asks back' : 'Refused'}: ${outcome.refusal.message} ${remedies}`;
    }
    case 'explained': {
      const states = countOf(outcome.explanation.atoms.length, 'state', 'states', locale);
      return `Explained, nothing was read: ${states} would be needed.`;
    }
    case 'cancelled':
      return 'Cancelled. Nothing was kept.';
    case 'defect':
      return `${outcome.defect.heading}. ${outcome.defect.remedy}`;
  }
}
