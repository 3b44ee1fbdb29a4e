import { type Accessor, createSignal, onCleanup } from 'solid-js';

export type EngineTab = (typeof ENGINE_TABS)[number];

const ENGINE_TABS = ['entries', 'recommendations', 'lattice', 'profile', 'backends', 'faults'] as const;

/**
 * Where the page is. On the Query page, `q` is the question and `c` the collection it is asked of; of profiles, `table`
 * is the one shown.
 */
export type Route =
  | { readonly page: 'query'; readonly q: string | null; readonly c: string | null }
  | { readonly page: 'engine'; readonly tab: Exclude<EngineTab, 'profile'> }
  | { readonly page: 'engine'; readonly tab: 'profile'; readonly table: string | null };

/** The route of a tab of the Engine page. */
export function engineRoute(tab: EngineTab, table: string | null = null): Route {
  return tab === 'profile' ? { page: 'engine', tab, table } : { page: 'engine', tab };
}

/** Reads a URL hash; anything unknown is the Query page. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?');
  const parameters = new URLSearchParams(search);
  if (path === '/engine') {
    const named = parameters.get('tab');
    return engineRoute(ENGINE_TABS.find((tab) => tab === named) ?? 'entries', parameters.get('table'));
  }
  return { page: 'query', q: parameters.get('q'), c: parameters.get('c') };
}

/** Prints a route as a URL hash. */
export function printRoute(route: Route): string {
  const parameters = new URLSearchParams();
  if (route.page === 'query') {
    if (route.q !== null) parameters.set('q', route.q);
    if (route.c !== null) parameters.set('c', route.c);
  } else if (route.tab !== 'entries') {
    parameters.set('tab', route.tab);
    if (route.tab === 'profile' && route.table !== null) parameters.set('table', route.table);
  }
  const search = parameters.toString();
  return `#/${route.page}${search === '' ? '' : `?${search}`}`;
}

export interface Router {
  readonly route: Accessor<Route>;
  /** Goes to a route: `push` makes an entry in the browser's history, `replace` mends the present one. */
  go(route: Route, how: 'push' | 'replace'): void;
}

/** The router over `hashchange` (links and pasted hashes) and `popstate` (Back and Forward). */
export function createRouter(): Router {
  const [route, setRoute] = createSignal(parseRoute(location.hash), {
    equals: (a, b) => printRoute(a) === printRoute(b),
  });
  const read = () => setRoute(parseRoute(location.hash));
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  onCleanup(() => {
    window.removeEventListener('hashchange', read);
    window.removeEventListener('popstate', read);
  });
  return {
    route,
    go(next, how) {
      const hash = printRoute(next);
      if (hash !== location.hash) {
        if (how === 'push') history.pushState(null, '', hash);
        else history.replaceState(null, '', hash);
      }
      setRoute(next);
    },
  };
}
