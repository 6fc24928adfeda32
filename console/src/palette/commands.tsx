import {
  IconBan,
  IconCircleCheck,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOtherColorScheme } from '../ui/color-scheme.ts';
import { useScreens } from '../navigation/use-screens.ts';
import { shellDialog } from '../navigation/shell-dialog.ts';
import { useSmsInbound } from '../entry-points/sms-inbound.ts';
import { switchLanguage } from '../i18n/i18n.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { useUser } from '../session/session.ts';
import { useSignOut } from '../session/sign-out.ts';
import type { Command } from './command.ts';

/** Asks before it disables all entry points; enables them again at once. */
export interface SwitchAll {
  disable: () => void;
  enable: () => void;
}

const ICON = { size: 20, 'aria-hidden': true } as const;

/** The screens that the user may open. */
export function useScreenCommands(): Command[] {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  return useScreens().map(({ to, icon: Icon, text }) => ({
    id: to,
    label: t(text),
    icon: <Icon {...ICON} />,
    run: () => void navigate({ to }),
  }));
}

/** What the user may do wherever they are. */
export function useActionCommands(switchAll: SwitchAll): Command[] {
  const { t, i18n } = useTranslation('palette');
  const { can } = useUser();
  const navigate = useNavigate();
  const smsInbound = useSmsInbound();
  const { other, toOther } = useOtherColorScheme();
  const signOut = useSignOut();
  const ofAdmins: Command[] = [
    {
      id: 'newEntryPoint',
      label: t('newEntryPoint'),
      icon: <IconPlus {...ICON} />,
      run: () => void navigate({ to: '/entry-points/new' }),
    },
    smsInbound?.enabled === false
      ? {
          id: 'enableAll',
          label: t('enableAll'),
          icon: <IconCircleCheck {...ICON} />,
          run: switchAll.enable,
        }
      : {
          id: 'disableAll',
          label: t('entry-points:disableAll.label'),
          icon: <IconBan {...ICON} />,
          run: switchAll.disable,
        },
  ];
  return [
    ...(can('entry-points:write') ? ofAdmins : []),
    {
      id: 'colors',
      label: t(other === 'dark' ? 'app:toDark' : 'app:toLight'),
      icon: other === 'dark' ? <IconMoon {...ICON} /> : <IconSun {...ICON} />,
      run: toOther,
    },
    ...LANGUAGES.filter((language) => language !== i18n.language).map((language) => ({
      id: language,
      label: new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language,
      description: t('app:language'),
      icon: <IconLanguage {...ICON} />,
      run: () => void switchLanguage(language),
    })),
    { id: 'keys', label: t('keys'), icon: <IconKeyboard {...ICON} />, run: () => shellDialog.set('keys') },
    { id: 'signOut', label: t('session:signOut'), icon: <IconLogout {...ICON} />, run: () => signOut.mutate(false) },
  ];
}
