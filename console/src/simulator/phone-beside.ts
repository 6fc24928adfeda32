import { retainSearchParams, type SearchMiddleware, useNavigate, useRouterState } from '@tanstack/react-router';
import { useSimulatorUrl } from '../api/about.ts';

/** Whether the screen is wide enough for the phone to stand beside what is on it; else it covers it. */
export const FITS_BESIDE = '(min-width: 56.25em)';
export const BESIDE_FROM = 900;
export const PHONE_WIDTH = 380;

/** The element ids of the button that opens it, and of what it opens. */
export const PHONE_BUTTON = 'phone-button';
export const PHONE_PANEL = 'phone-panel';

interface PhoneSearch {
  phone?: 'beside' | undefined;
}

export const phoneSearch = ({ phone }: Record<string, unknown>): PhoneSearch => (phone === 'beside' ? { phone } : {});

const retain = retainSearchParams<PhoneSearch>(['phone']);

/** Keeps it open from screen to screen; where it covers the screen, going to another one shows that. */
export const keepPhone: SearchMiddleware<PhoneSearch> = (context) =>
  window.matchMedia(FITS_BESIDE).matches ? retain(context) : context.next(context.search);

/** The phone of the simulated Twilio beside the screen: only where Twilio is simulated, and not beside itself. */
export function usePhoneBeside() {
  const url = useSimulatorUrl();
  const navigate = useNavigate();
  const isPossible = useRouterState({ select: ({ location }) => location.pathname !== '/simulator' }) && url !== null;
  const isAsked = useRouterState({ select: ({ location }) => (location.search as PhoneSearch).phone === 'beside' });
  const show = (isShown: boolean): void => {
    void navigate({
      to: '.',
      replace: true,
      search: (before: object) => ({ ...before, phone: isShown ? 'beside' : undefined, to: undefined }),
    });
    // Also when it is closed from inside: the focus is not lost with it.
    document.getElementById(PHONE_BUTTON)?.focus();
  };
  return { url, isPossible, isOpen: isPossible && isAsked, show };
}
