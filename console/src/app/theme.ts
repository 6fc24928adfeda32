import i18next from 'i18next';
import {
  ActionIcon,
  Badge,
  Combobox,
  createTheme,
  type CSSVariablesResolver,
  Menu,
  Notification,
  Loader,
} from '@mantine/core';

/** Read whenever such a button is shown, in the language of that moment. */
const closeButtonProps = {
  get 'aria-label'(): string {
    return i18next.t('ui:close');
  },
};

/** The list of options scrolls itself: a box around it that scrolls would have to take the focus. */
const scrollingOptions = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: 260, overflowY: 'auto' } },
} as const;

/** Or else assistive technology takes the title of a dialog for the banner of the page. */
const dialog = { defaultProps: { closeButtonProps, attributes: { header: { role: 'none' } } } } as const;

/** Every pair of text and background meets WCAG AA, in both colour schemes. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  // Those of screens that are loaded later by name only: to import them here would load them at once.
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Modal: dialog,
    Drawer: dialog,
    Notification: Notification.extend({
      defaultProps: { closeButtonProps },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    }),
    Menu: Menu.extend({ defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false, returnFocus: true } }),
    // Inside the page, whose landmarks hold all there is.
    Combobox: Combobox.extend({ defaultProps: { withinPortal: false } }),
    Select: scrollingOptions,
    MultiSelect: scrollingOptions,
    // A name says nothing of what has no role.
    Loader: Loader.extend({ defaultProps: { role: 'status' } }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600, variant: 'light' } }),
  },
});

/** Where Mantine's own choice is too faint: text on light badges and alerts, text that steps back, errors. */
export const cssVariablesResolver: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    ...Object.fromEntries(
      Object.keys(colors).map((name) => [
        `--mantine-color-${name}-light-color`,
        `color-mix(in srgb, var(--mantine-color-${name}-9), black 35%)`,
      ]),
    ),
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-red-text': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-red-filled': 'var(--mantine-color-red-9)',
    '--mantine-color-red-filled-hover': 'var(--mantine-color-red-8)',
  },
});
