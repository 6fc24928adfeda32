import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem, refuseField } from '../common/problem.js';
import { AuditLogService } from './audit-log.service.js';
import { callerOf } from './caller.js';
import { guessKeyOfAddress, guessKeyOfEmail } from './guess-keys.js';
import { GuessLimitService } from './guess-limit.service.js';
import { hashPassword, matchesPassword } from './password.js';
import { type ChangePasswordDto, presentSession, type SessionDto, type SignInDto } from './session.dto.js';
import { type LiveSession, SessionsService } from './sessions.service.js';
import { subjectOf, User } from './user.entity.js';

export interface NewSession {
  /** For the cookie; it is never stored. */
  sessionId: string;
  session: SessionDto;
}

@Injectable()
export class SignInService {
  private readonly logger = new Logger(SignInService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly guesses: GuessLimitService,
    private readonly sessions: SessionsService,
    private readonly auditLog: AuditLogService,
  ) {}

  /**
   * @param address the IP address of the client
   * @throws Problem 401 with the same message, and after the same time, whatever is wrong
   */
  async signIn({ email, password }: SignInDto, address: string): Promise<NewSession> {
    const guess = await this.guesses.take([guessKeyOfAddress(address), guessKeyOfEmail(email)]);
    const user = await this.findUser(email);
    const isCorrect = await matchesPassword(password, user?.passwordHash ?? null);
    const sessionId = isCorrect ? await this.start(user!) : null;
    if (sessionId === null) {
      // The e-mail address is not logged, since people sometimes type their password there.
      this.logger.warn({ address, userId: user?.id }, 'A sign-in failed');
      throw new Problem(401, 'sign_in_failed', 'The e-mail address or the password is wrong.');
    }
    await this.guesses.giveBack(guess);
    await this.guesses.reset(guessKeyOfEmail(email));
    await this.deleteExpired();
    return { sessionId, session: presentSession(user!) };
  }

  /** Ends all sessions of the user and starts a new one. */
  async changePassword({ user }: LiveSession, body: ChangePasswordDto): Promise<NewSession> {
    const key = `password-change:${user.id}`;
    await this.guesses.take([key]);
    if (!(await matchesPassword(body.currentPassword, user.passwordHash))) throw wrongCurrentPassword();
    await this.guesses.reset(key);
    if (await matchesPassword(body.newPassword, user.passwordHash)) throw samePassword();
    const passwordHash = await hashPassword(body.newPassword);
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(
        User,
        { id: user.id, passwordHash: user.passwordHash },
        { passwordHash, mustChangePassword: false },
      );
      if (affected === 0) throw wrongCurrentPassword();
      await this.sessions.endAll(user.id, manager);
      await this.auditLog.record(manager, callerOf(user), {
        action: 'user.password_changed',
        subject: subjectOf(user),
      });
      const changed = await manager.findOneByOrFail(User, { id: user.id });
      const sessionId = await this.sessions.start(changed, manager);
      if (sessionId === null) throw new Problem(401, 'unauthorized', 'This user was disabled.');
      return { sessionId, session: presentSession(changed) };
    });
  }

  /** Ends all sessions of the user, including this one. */
  async signOutEverywhere({ user }: LiveSession): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.sessions.endAll(user.id, manager);
      await this.auditLog.record(manager, callerOf(user), {
        action: 'user.signed_out_everywhere',
        subject: subjectOf(user),
      });
    });
  }

  private start(user: User): Promise<string | null> {
    return this.dataSource.transaction(async (manager) => {
      const sessionId = await this.sessions.start(user, manager);
      if (sessionId !== null) {
        await this.auditLog.record(manager, callerOf(user), { action: 'user.signed_in', subject: subjectOf(user) });
      }
      return sessionId;
    });
  }

  private findUser(email: string): Promise<User | null> {
    // `lower(email)` is the expression of the unique index.
    return this.dataSource.createQueryBuilder(User, 'u').where('lower(u.email) = :email', { email }).getOne();
  }

  private async deleteExpired(): Promise<void> {
    await this.sessions.deleteExpired();
    await this.guesses.deleteExpired();
  }
}

const wrongCurrentPassword = (): Problem =>
  refuseField('current_password_wrong', 'currentPassword', 'is not your password');

const samePassword = (): Problem =>
  refuseField('password_unchanged', 'newPassword', 'must differ from the current password');
