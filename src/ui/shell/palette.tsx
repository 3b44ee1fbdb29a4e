import { createMemo, createSignal, For } from 'solid-js';
import { Dialog } from '../controls/dialog.tsx';
import { OFFERED_LOCALES } from '../format/locale.ts';
import { THEMES } from '../theme/theme.ts';
import { spelled } from '../words/spelled.ts';
import { type App, useApp } from './app-context.ts';
import styles from './palette.module.css';

/** One thing the palette can do. */
export interface Command {
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

const SHOWN = 60;

/** Everything the palette offers. */
function commandsOf(app: App): readonly Command[] {
  const summary = app.sessions.summary();
  const insert = (name: string) => () => {
    app.router.go({ page: 'query', q: app.question.outcome()?.question ?? null, c: null }, 'push');
    app.editor.insert(spelled(name));
    app.editor.focus();
  };
  const fields = [
    ...(summary?.families.map(({ name }) => ({ label: name, group: 'metric family', run: insert(name) })) ?? []),
    ...(summary?.dimensions.map(({ name }) => ({ label: name, group: 'dimension', run: insert(name) })) ?? []),
    ...(summary?.attributes.map(({ name }) => ({ label: name, group: 'attribute', run: insert(name) })) ?? []),
  ];
  return [
    {
      label: 'Query',
      group: 'page',
      run: () => app.router.go({ page: 'query', q: app.question.outcome()?.question ?? null, c: null }, 'push'),
    },
    { label: 'Engine', group: 'page', run: () => app.router.go({ page: 'engine', tab: 'entries' }, 'push') },
    { label: 'Faults', group: 'page', run: () => app.router.go({ page: 'engine', tab: 'faults' }, 'push') },
    ...fields,
    ...app.examples().map(({ shows, query }) => ({ label: shows, group: 'example', run: () => app.askNow(query) })),
    ...app.history.questions().map((question) => ({
      label: question.replace(/\s+/g, ' '),
      group: 'history',
      run: () => app.askNow(question),
    })),
    ...THEMES.map((theme) => ({ label: `Theme: ${theme}`, group: 'theme', run: () => app.setTheme(theme) })),
    { label: 'Numbers as the browser writes them', group: 'locale', run: () => app.setLocale(null) },
    ...OFFERED_LOCALES.map((locale) => ({
      label: `Numbers as in ${locale}: ${new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(1234567.5)}`,
      group: 'locale',
      run: () => app.setLocale(locale),
    })),
    { label: 'Explain the question', group: 'question', run: () => app.explain() },
    { label: 'Keys', group: 'help', run: () => app.openDialog('keys') },
    { label: 'What is this page?', group: 'help', run: () => app.openDialog('about') },
  ];
}

/** The commands that have every word of a search, those that begin with it first. */
export function matching(commands: readonly Command[], search: string): readonly Command[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = (command: Command) => `${command.label} ${command.group}`.toLowerCase();
  const found = commands.filter((command) => words.every((word) => text(command).includes(word)));
  const first = words[0] ?? '';
  const rank = (command: Command) => (text(command).startsWith(first) ? 0 : 1);
  return found
    .map((command, index) => ({ command, index }))
    .sort((a, b) => rank(a.command) - rank(b.command) || a.index - b.index)
    .map(({ command }) => command)
    .slice(0, SHOWN);
}

/** Search over everything that can be done here. */
export function Palette() {
  const app = useApp();
  const [search, setSearch] = createSignal('');
  const [at, setAt] = createSignal(0);
  const commands = createMemo(() => commandsOf(app));
  const found = createMemo(() => matching(commands(), search()));
  const choose = (command: Command | undefined) => {
    if (command === undefined) return;
    app.openDialog(null);
    // After the dialog has given the focus back, so that the command may take it.
    queueMicrotask(command.run);
  };
  const move = (step: number) => {
    const count = found().length;
    if (count === 0) return;
    setAt((at() + step + count) % count);
    document.getElementById(`palette-${at()}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog title="Search" onClose={() => app.openDialog(null)}>
      <input
        class={styles.search}
        type="text"
        role="combobox"
        autofocus
        aria-label="Search fields, examples, history, pages"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={found().length > 0 ? `palette-${at()}` : undefined}
        placeholder="Fields, examples, history, pages, theme, locale"
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') choose(found()[at()]);
          else return;
          event.preventDefault();
        }}
      />
      <div id="palette-list" class={styles.list} role="listbox" aria-label="Found" tabindex={-1}>
        <For each={found()} fallback={<p class={styles.none}>Nothing has these letters.</p>}>
          {(command, index) => (
            <button
              type="button"
              id={`palette-${index()}`}
              role="option"
              tabindex={-1}
              aria-selected={index() === at()}
              class={styles.option}
              onPointerMove={() => setAt(index())}
              onClick={() => choose(command)}
            >
              <span class={styles.label}>{command.label}</span>
              <span class={styles.group}>{command.group}</span>
            </button>
          )}
        </For>
      </div>
    </Dialog>
  );
}
