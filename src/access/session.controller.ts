import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblem, ApiValidated } from '../common/api-problems.decorator.js';
import { Expensive, Public, SignedIn } from './access.decorator.js';
import { OwnSession } from './caller.js';
import { RetryAfterFilter } from './retry-after.filter.js';
import { refuseForeignOrigin } from './same-origin.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { ChangePasswordDto, presentSession, SessionDto, SignInDto, SignOutQuery } from './session.dto.js';
import { type LiveSession, SessionsService } from './sessions.service.js';
import { type NewSession, SignInService } from './sign-in.service.js';

@ApiTags('Session')
@UseFilters(RetryAfterFilter)
@Controller('session')
export class SessionController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
  ) {}

  /** Signs a user in and sets the cookie `__Host-session`. The session ends after 12 hours, or after 30 minutes without use. */
  @Post()
  @HttpCode(200)
  @Public()
  @ApiProblem(401, 'The e-mail address or the password is wrong. The response does not tell which of them.')
  @ApiProblem(403, 'A page of another site made the request.')
  @ApiProblem(429, 'Too many wrong passwords. `Retry-After` tells after how many seconds to retry.')
  @ApiValidated()
  async signIn(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: SignInDto,
  ): Promise<SessionDto> {
    refuseForeignOrigin(request);
    return withCookie(reply, await this.signIns.signIn(body, request.ip));
  }

  /** Returns the user who is signed in. */
  @Get()
  @SignedIn()
  get(@OwnSession() { user }: LiveSession): SessionDto {
    return presentSession(user);
  }

  /** Signs the user out. The session ends at once, so that its cookie is no longer valid. */
  @Delete()
  @HttpCode(204)
  @SignedIn()
  @ApiValidated()
  async signOut(
    @OwnSession() session: LiveSession,
    @Query() { everywhere }: SignOutQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await (everywhere ? this.signIns.signOutEverywhere(session) : this.sessions.end(session));
    clearSessionCookie(reply);
  }

  /** Changes the user's own password, ends all other sessions of the user, and sets a new cookie for this one. */
  @Post('password')
  @HttpCode(200)
  @ApiProblem(429, 'Too many wrong passwords or requests. `Retry-After` tells after how many seconds to retry.')
  @SignedIn()
  @Expensive()
  @ApiValidated()
  async changePassword(
    @OwnSession() session: LiveSession,
    @Body() body: ChangePasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    return withCookie(reply, await this.signIns.changePassword(session, body));
  }
}

function withCookie(reply: FastifyReply, { sessionId, session }: NewSession): SessionDto {
  setSessionCookie(reply, sessionId);
  return session;
}
