import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../common/problem-details.filter.js';
import { TooManyAttempts } from './guess-limit.service.js';

/** Sends the time until the next attempt in the header `Retry-After`. */
@Catch(TooManyAttempts)
export class RetryAfterFilter implements ExceptionFilter<TooManyAttempts> {
  catch(problem: TooManyAttempts, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    void reply.header('Retry-After', String(problem.retryAfterSeconds));
    sendProblem(problem, http.getRequest<FastifyRequest>(), reply);
  }
}
