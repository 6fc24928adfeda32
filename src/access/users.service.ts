import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isDeepStrictEqual } from 'node:util';
import { IsNull, LessThan, Repository } from 'typeorm';
import { decodeCursor, type Page, type PageQuery, toPage, UUID_POSITION } from '../common/cursor-page.js';
import { violatesUnique } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { conflict, notFound } from '../common/problem.js';
import type { AgentDto } from './agent.dto.js';
import { AuditLogService } from './audit-log.service.js';
import type { Caller } from './caller.js';
import { hashPassword, makePassword } from './password.js';
import { SessionsService } from './sessions.service.js';
import { type CreatedUserDto, type CreateUserDto, presentUser, type UpdateUserDto, type UserDto } from './user.dto.js';
import { subjectOf, User } from './user.entity.js';

@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly sessions: SessionsService,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string, { limit, cursor }: PageQuery): Promise<Page<UserDto>> {
    const before = cursor && LessThan(decodeCursor(cursor, UUID_POSITION));
    const rows = await this.users.find({
      where: { accountId, ...(before && { id: before }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return toPage(rows, limit, ({ id }) => id, presentUser);
  }

  /** The users who are not disabled, with only those fields that their colleagues need. */
  async listAgents(accountId: string): Promise<AgentDto[]> {
    const enabled = await this.users.find({ where: { accountId, disabledAt: IsNull() }, order: { email: 'ASC' } });
    return enabled.map(({ id, email }) => ({ id, email }));
  }

  async create(caller: Caller, { email, role, password }: CreateUserDto): Promise<CreatedUserDto> {
    const { accountId } = caller;
    const generated = password === undefined ? makePassword() : null;
    const passwordHash = await hashPassword(password ?? generated!);
    const user = this.users.create({ id: newId(), accountId, email, role, passwordHash, mustChangePassword: true });
    try {
      const created = await this.users.manager.transaction(async (manager) => {
        await manager.insert(User, user);
        const after = presentUser(await manager.findOneByOrFail(User, { id: user.id }));
        await this.auditLog.record(manager, caller, { action: 'user.created', subject: subjectOf(user), after });
        return after;
      });
      return { ...created, password: generated };
    } catch (error) {
      if (!violatesUnique(error, 'users_email')) throw error;
      throw conflict(
        'email_taken',
        'A user with the e-mail address {{email}} already exists. Choose another address.',
        {
          email,
        },
      );
    }
  }

  /** Each change ends the user's sessions, so that it takes effect at once. */
  async update(caller: Caller, id: string, { role, disabled, password }: UpdateUserDto): Promise<UserDto> {
    const passwordHash = password === undefined ? null : await hashPassword(password);
    return this.users.manager.transaction(async (manager) => {
      const { accountId } = caller;
      // Locks all admins too, so that two admins who demote each other do not both succeed.
      const locked = await manager.find(User, {
        where: [
          { accountId, id },
          { accountId, role: 'admin', disabledAt: IsNull() },
        ],
        order: { id: 'ASC' },
        lock: { mode: 'for_no_key_update' },
      });
      const user = locked.find((each) => each.id === id);
      if (user === undefined) throw notFound('user');
      const before = { ...user };
      if (role !== undefined) user.role = role;
      if (disabled !== undefined) user.disabledAt = disabled ? (user.disabledAt ?? new Date()) : null;
      if (passwordHash !== null) Object.assign(user, { passwordHash, mustChangePassword: true });
      refuseChangingSelf(caller, before, user);
      refuseLosingLastAdmin(locked, before, user);
      if (isDeepStrictEqual(before, { ...user })) return presentUser(user);
      await manager.save(User, user);
      await this.sessions.endAll(id, manager);
      await this.auditLog.record(manager, caller, {
        action: 'user.updated',
        subject: subjectOf(user),
        before: presentUser(before),
        after: { ...presentUser(user), ...(passwordHash !== null && { password: 'changed' }) },
      });
      return presentUser(user);
    });
  }
}

const isActiveAdmin = ({ role, disabledAt }: User): boolean => role === 'admin' && disabledAt === null;

function refuseChangingSelf({ userId }: Caller, before: User, after: User): void {
  if (userId !== after.id) return;
  if (before.passwordHash !== after.passwordHash) {
    throw conflict('own_password', 'Change your own password with POST /api/v1/session/password.');
  }
  if (isActiveAdmin(after)) return;
  throw conflict('own_user', 'You cannot disable yourself or give up your own role. Another admin can.');
}

function refuseLosingLastAdmin(locked: User[], before: User, after: User): void {
  const isAnyLeft = locked.some((each) => isActiveAdmin(each.id === after.id ? after : each));
  if (isAnyLeft || !isActiveAdmin(before)) return;
  throw conflict('last_admin', 'This is the last admin of the account. Make another user an admin first.');
}
