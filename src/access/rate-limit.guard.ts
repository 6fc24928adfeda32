import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { Problem } from '../common/problem.js';
import { Environment } from '../config/environment.js';
import { EXPENSIVE } from './access.decorator.js';
import { type CallerRequest, idOf } from './caller.js';
import { RateLimitMetrics } from './rate-limit.metrics.js';
import { TokenBuckets } from './token-buckets.js';

type Limit = 'reads' | 'writes' | 'expensive';

/**
 * Prevents one API key or user from using up the service. The limits are in the memory of each process, because they protect
 * the capacity of that process, and need no round trip. Public routes are never limited: to Twilio a 429 would be a failed
 * delivery, and to a probe an unhealthy process. The sign-in has a limit of its own.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limits: Record<Limit, TokenBuckets>;

  constructor(
    private readonly reflector: Reflector,
    private readonly metrics: RateLimitMetrics,
    { RATE_LIMIT_READS, RATE_LIMIT_WRITES, RATE_LIMIT_EXPENSIVE }: Environment,
  ) {
    this.limits = {
      reads: new TokenBuckets(RATE_LIMIT_READS),
      writes: new TokenBuckets(RATE_LIMIT_WRITES),
      expensive: new TokenBuckets(RATE_LIMIT_EXPENSIVE),
    };
  }

  /** Runs after the access guard, which identifies the caller. */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const { caller } = request;
    if (caller === undefined) return true;
    const limit = this.limitOf(context, request);
    const { perMinute } = this.limits[limit];
    const { isGranted, left, waitMs, fullInMs } = this.limits[limit].take(idOf(caller));
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    void reply.headers({
      'RateLimit-Policy': `"${limit}";q=${perMinute};w=60`,
      RateLimit: `"${limit}";r=${left};t=${toSeconds(fullInMs)}`,
    });
    if (isGranted) return true;
    this.metrics.refused(limit);
    void reply.header('Retry-After', String(toSeconds(waitMs)));
    throw new Problem(429, 'rate_limited', 'Too many requests. Try again in {{seconds}} seconds.', {
      params: { seconds: toSeconds(waitMs) },
    });
  }

  private limitOf(context: ExecutionContext, { method }: CallerRequest): Limit {
    if (this.reflector.get<true | undefined>(EXPENSIVE, context.getHandler())) return 'expensive';
    return method === 'GET' ? 'reads' : 'writes';
  }
}

const toSeconds = (milliseconds: number): number => Math.ceil(milliseconds / 1_000);
