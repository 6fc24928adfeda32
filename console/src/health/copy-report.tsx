import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HealthReportDto } from '../api/generated/types.gen.ts';
import { useAbout } from '../api/about.ts';
import { reportText } from './report-text.ts';

export function CopyReport({ report }: { report: HealthReportDto }) {
  const { t } = useTranslation('health');
  const about = useAbout();
  return (
    <CopyButton value={reportText(report, about.data?.version, new Date())}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={copy}
        >
          {t(copied ? 'copied' : 'copy')}
        </Button>
      )}
    </CopyButton>
  );
}
