import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import type { SpoolState } from './spool-state.js';
import { SpoolService } from './spool.service.js';

export const SPOOL_SENTENCES = {
  spool_off: 'There is none (SPOOL_DIR): while the database is away, SMS are refused.',
  spool_set_aside:
    '{{count}} records of the spool could not be read or stored: files *.quarantine in SPOOL_DIR, each an SMS that Twilio was told 200 for. With the encryption key they were written with they are tried again at the next start.',
  spool_empty: 'The spool is empty.',
  spool_waits: '{{bytes}} bytes of SMS wait in the spool for the database to take them. The log says why it did not.',
};

const result = resultsOf('spool', SPOOL_SENTENCES);

/** Whether SMS wait in the spool, or cannot leave it. */
@Injectable()
export class SpoolCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly spool: SpoolService,
  ) {}

  onModuleInit(): void {
    this.checks.register('spool', () => checkSpool(this.spool.isOn ? this.spool.state : null));
  }
}

/** @param spool null when there is none: then Twilio is told to try again */
function checkSpool(spool: SpoolState | null): HealthCheck {
  if (spool === null) return result('ok', 'spool_off');
  const { bytes, oldestAt, setAside: count } = spool;
  if (count > 0) return result('failing', 'spool_set_aside', { params: { count } });
  if (bytes === 0) return result('ok', 'spool_empty');
  return result('warning', 'spool_waits', { params: { bytes }, since: oldestAt });
}
