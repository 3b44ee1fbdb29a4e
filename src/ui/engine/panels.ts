import { lazy } from 'solid-js';

/* Tabs in chunks of their own: the Engine page does not wait for those that are not open. */
export const RecommendationsPanel = lazy(async () => ({
  default: (await import('./recommendations-panel.tsx')).RecommendationsPanel,
}));
export const LatticePanel = lazy(async () => ({ default: (await import('./lattice-panel.tsx')).LatticePanel }));
export const ProfileView = lazy(async () => ({ default: (await import('../profile/profile-view.tsx')).ProfileView }));
