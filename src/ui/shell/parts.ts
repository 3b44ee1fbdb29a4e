import { lazy } from 'solid-js';

/*
 * Parts of the page in chunks of their own, so that the first paint does not wait for them. The fields, the first
 * answer's rows and their origin are fetched while the session opens. The rest comes when the page is idle, or asked for.
 */
export const FieldBrowser = lazy(async () => ({
  default: (await import('../browser/field-browser.tsx')).FieldBrowser,
}));
export const ServedView = lazy(async () => ({ default: (await import('../result/served-view.tsx')).ServedView }));
export const ServedLine = lazy(async () => ({ default: (await import('../result/served-line.tsx')).ServedLine }));
export const ProvenancePane = lazy(async () => ({
  default: (await import('../provenance/provenance-pane.tsx')).ProvenancePane,
}));
export const RefusalPanel = lazy(async () => ({ default: (await import('../result/refusal-panel.tsx')).RefusalPanel }));
export const BuilderView = lazy(async () => ({ default: (await import('../builder/builder-view.tsx')).BuilderView }));
export const ExplanationView = lazy(async () => ({
  default: (await import('../explain/explanation-view.tsx')).ExplanationView,
}));
export const ZeroRows = lazy(async () => ({ default: (await import('../result/zero-rows.tsx')).ZeroRows }));
export const CopyMenu = lazy(async () => ({ default: (await import('../result/copy-menu.tsx')).CopyMenu }));
export const CrossCheckButton = lazy(async () => ({
  default: (await import('../result/cross-check-button.tsx')).CrossCheckButton,
}));
export const ExampleCards = lazy(async () => ({ default: (await import('../result/example-cards.tsx')).ExampleCards }));
export const FieldCard = lazy(async () => ({ default: (await import('../browser/field-card.tsx')).FieldCard }));
export const CancelledPanel = lazy(async () => ({
  default: (await import('../result/cancelled-panel.tsx')).CancelledPanel,
}));
export const TipLayer = lazy(async () => ({ default: (await import('../controls/tip.tsx')).TipLayer }));
export const EnginePage = lazy(async () => ({ default: (await import('../engine/engine-page.tsx')).EnginePage }));
export const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));
export const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }));
export const About = lazy(async () => ({ default: (await import('./about.tsx')).About }));
export const MoreSheet = lazy(async () => ({ default: (await import('./more-sheet.tsx')).MoreSheet }));
export const FieldsSheet = lazy(async () => ({ default: (await import('./fields-sheet.tsx')).FieldsSheet }));

/** A part that cannot be fetched is reported by the page's notice; here nothing depends on it yet. */
function fetchPart(part: () => Promise<unknown>): void {
  part().catch(() => undefined);
}

/** Fetches what the first answer, or refusal, is shown with. */
export function fetchNow(): void {
  for (const part of [
    FieldBrowser,
    ServedLine,
    ServedView,
    ProvenancePane,
    CopyMenu,
    CrossCheckButton,
    RefusalPanel,
    CancelledPanel,
  ])
    fetchPart(part.preload);
  fetchPart(() => import('../result/frame.ts'));
}

/** Fetches the other parts when the page has nothing better to do. */
export function fetchLater(): void {
  const fetchRest = () => {
    for (const part of [EnginePage, Palette, KeyList, ZeroRows, ExampleCards, FieldCard, ExplanationView, BuilderView])
      fetchPart(part.preload);
  };
  if (typeof requestIdleCallback === 'function') requestIdleCallback(fetchRest, { timeout: 5000 });
  else setTimeout(fetchRest, 3000);
}
