import { Injectable } from '@nestjs/common';
import type { HealthCheck, HealthCheckName } from './health-check.js';

type Found = HealthCheck | HealthCheck[];
type Check = (accountId: string) => Found | Promise<Found>;

/** The checks of the health report. Each module registers what it can tell of itself. */
@Injectable()
export class HealthChecksService {
  private readonly checks = new Map<HealthCheckName, Check>();

  register(name: HealthCheckName, check: Check): void {
    this.checks.set(name, check);
  }

  /** Runs one after the other: how fast the database answers must not depend on the rest. */
  async run(accountId: string): Promise<HealthCheck[]> {
    const found: Found[] = [];
    for (const check of this.checks.values()) found.push(await check(accountId));
    return found.flat();
  }
}
