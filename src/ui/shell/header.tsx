import { Show } from 'solid-js';
import button from '../controls/button.module.css';
import { Menu } from '../controls/menu.tsx';
import { Icon } from '../icons/icon.tsx';
import { THEMES } from '../theme/theme.ts';
import { useApp } from './app-context.ts';
import styles from './header.module.css';
import { Mark } from './mark.tsx';
import { commandWith } from './platform.ts';

/** The bar at the top: where one is, the pages, search, theme, help. */
export function Header() {
  const app = useApp();
  return (
    <header class="frame-header">
      <button
        type="button"
        class={styles.skip}
        onClick={() => {
          app.router.go({ page: 'query', q: null, c: null }, 'replace');
          app.editor.focus();
        }}
      >
        To the question
      </button>
      <a class="frame-mark" href="#/query">
        <Mark />
        Coframe
      </a>
      <Place />
      <nav class="frame-nav" aria-label="Pages">
        <PageLinks />
      </nav>
      <span class={styles.space} />
      <Show
        when={app.layout() !== 'phone'}
        fallback={
          <button type="button" class={button.icon} aria-label="More" onClick={() => app.openDialog('more')}>
            <Icon name="more" />
          </button>
        }
      >
        <button type="button" class={button.button} onClick={() => app.openDialog('palette')}>
          <Icon name="search" size={14} />
          Search
          <kbd>{commandWith('K')}</kbd>
        </button>
        <button
          type="button"
          class={button.icon}
          aria-label={`Theme: ${app.theme()}`}
          data-tip={`Theme: ${app.theme()}`}
          onClick={() => app.setTheme(THEMES[(THEMES.indexOf(app.theme()) + 1) % THEMES.length] ?? 'system')}
        >
          <Icon name="theme" />
        </button>
        <button
          type="button"
          class={button.icon}
          aria-label="Keys and help"
          data-tip="Keys and help"
          onClick={() => app.openDialog('keys')}
        >
          <Icon name="question" />
        </button>
      </Show>
    </header>
  );
}

/** Links to the pages. */
export function PageLinks() {
  const app = useApp();
  const page = () => app.router.route().page;
  const queryHref = () => {
    const asked = app.question.outcome()?.question;
    return asked === undefined ? '#/query' : `#/query?${new URLSearchParams({ q: asked })}`;
  };
  return (
    <>
      <a href={queryHref()} aria-current={page() === 'query' ? 'page' : undefined}>
        Query
      </a>
      <a href="#/engine" aria-current={page() === 'engine' ? 'page' : undefined}>
        Engine
      </a>
    </>
  );
}

/** Installation and collection; a menu where the installation has several. */
function Place() {
  const app = useApp();
  return (
    <Show when={app.sessions.summary()}>
      {(summary) => (
        <span class={styles.place}>
          <span class={styles.installation}>{summary().installation} / </span>
          <Show when={summary().collections.length > 1} fallback={<b data-testid="collection">{summary().name}</b>}>
            <Menu
              buttonClass={button.button}
              items={summary().collections.map((name) => ({
                label: name,
                onSelect: () => void app.sessions.use(name),
              }))}
            >
              <b data-testid="collection">{summary().name}</b>
              <Icon name="down" size={12} />
            </Menu>
          </Show>
        </span>
      )}
    </Show>
  );
}
