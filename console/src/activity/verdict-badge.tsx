import { Badge } from '@mantine/core';
import {
  IconBan,
  IconCircleCheck,
  IconClock,
  IconHandStop,
  IconPlayerPause,
  IconQuestionMark,
  IconShieldX,
  IconSkull,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InboundSmsDto } from '../api/generated/types.gen.ts';

export type Verdict = NonNullable<InboundSmsDto['verdict']>;

const LOOKS = {
  accepted: { color: 'green', icon: IconCircleCheck },
  entry_point_disabled: { color: 'orange', icon: IconPlayerPause },
  channel_disabled: { color: 'orange', icon: IconPlayerPause },
  blocked: { color: 'gray', icon: IconBan },
  opted_out: { color: 'gray', icon: IconHandStop },
  unrouted: { color: 'orange', icon: IconQuestionMark },
  quarantined: { color: 'red', icon: IconShieldX },
  dead_letter: { color: 'red', icon: IconSkull },
  waiting: { color: 'blue', icon: IconClock },
} as const satisfies Record<Verdict | 'waiting', unknown>;

export const VERDICTS = Object.keys(LOOKS).filter((each) => each !== 'waiting') as Verdict[];

/** What became of an SMS, in colour and in words; without a verdict it still waits. */
export function VerdictBadge({ verdict }: { verdict: Verdict | null }) {
  const { t } = useTranslation('activity');
  const { color, icon: Icon } = LOOKS[verdict ?? 'waiting'];
  return (
    <Badge color={color} leftSection={<Icon size={14} aria-hidden />} style={{ flexShrink: 0 }}>
      {t(`verdicts.${verdict ?? 'waiting'}`)}
    </Badge>
  );
}
