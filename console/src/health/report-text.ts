import type { HealthReportDto } from '../api/generated/types.gen.ts';

/** The report as plain text, to pass on: without ids of accounts and messages, and without passwords in addresses. */
export function reportText(report: HealthReportDto, version: string | undefined, at: Date): string {
  const { backlog, queues, flow } = report;
  const sum = (name: 'received' | 'accepted' | 'replied') => flow.reduce((total, minute) => total + minute[name], 0);
  return withoutSecrets(
    [
      `sms-inbound ${version ?? ''}, ${at.toISOString()}: ${report.status}`,
      '',
      ...report.checks.map(
        ({ name, state, detail, since }) => `[${state}] ${name}: ${detail}${since === null ? '' : ` (since ${since})`}`,
      ),
      '',
      `SMS waiting: ${backlog.unprocessed}, the oldest for ${backlog.oldestUnprocessedSeconds ?? 0} s`,
      `messages to send: ${backlog.outboundWaiting}, the oldest for ${backlog.oldestOutboundSeconds ?? 0} s`,
      `last ${flow.length} minutes: received ${sum('received')}, accepted ${sum('accepted')}, replied ${sum('replied')}`,
      ...queues.map(
        ({ name, waiting, active, delayed, failed, oldestWaitingSeconds }) =>
          `queue ${name}: waiting ${waiting} (the oldest for ${oldestWaitingSeconds ?? 0} s), active ${active}, delayed ${delayed}, failed ${failed}`,
      ),
      '',
    ].join('\n'),
  );
}

const withoutSecrets = (text: string): string =>
  text
    .replaceAll(/\b([A-Z]{2})[0-9a-f]{28}([0-9a-f]{4})\b/g, '$1…$2')
    .replaceAll(/\b[0-9a-z]{32,}\b/g, '…')
    .replaceAll(/(?<=:\/\/)[^\s/@]+(?=@)/g, '…');
