import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { keepPhone, phoneSearch } from '../simulator/phone-beside.ts';
import { FailedScreen } from './failed-screen.tsx';
import { NotFound } from './not-found.tsx';
import { Shell } from './shell.tsx';

const rootRoute = createRootRoute({
  component: Shell,
  validateSearch: phoneSearch,
  search: { middlewares: [keepPhone] },
});

const at = <Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: lazyRouteComponent(load as () => Promise<Record<string, () => null>>, name),
    // Filters live in the URL, each as text.
    validateSearch: (search: Record<string, unknown>): Record<string, string | undefined> =>
      Object.fromEntries(
        Object.entries(search).map(([key, value]) => [
          key,
          value === undefined ? undefined : `${value as string | number | boolean}`,
        ]),
      ),
  });

const routeTree = rootRoute.addChildren([
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/welcome' });
    },
  }),
  at('/welcome', () => import('../welcome/welcome.page.tsx'), 'WelcomePage'),
  at('/entry-points', () => import('../entry-points/entry-points.page.tsx'), 'EntryPointsPage'),
  at('/entry-points/new', () => import('../entry-points/entry-point-editor.page.tsx'), 'EntryPointEditorPage'),
  at('/entry-points/$id', () => import('../entry-points/entry-point-editor.page.tsx'), 'EntryPointEditorPage'),
  at('/campaigns', () => import('../campaigns/campaigns.page.tsx'), 'CampaignsPage'),
  at('/desk', () => import('../desk/desk.page.tsx'), 'DeskPage'),
  at('/desk/$id', () => import('../desk/desk.page.tsx'), 'DeskPage'),
  at('/activity', () => import('../activity/activity.page.tsx'), 'ActivityPage'),
  at('/activity/$id', () => import('../activity/activity-detail.page.tsx'), 'ActivityDetailPage'),
  at('/simulator', () => import('../simulator/simulator.page.tsx'), 'SimulatorPage'),
  at('/health-report', () => import('../health/health.page.tsx'), 'HealthPage'),
  at('/settings', () => import('../settings/settings.page.tsx'), 'SettingsPage'),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: FailedScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
