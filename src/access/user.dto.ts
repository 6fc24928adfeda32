import { IsBoolean, IsIn } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsUserEmail } from './email.rule.js';
import { IsNewPassword } from './password.rule.js';
import { USER_ROLES, type UserRole } from './scopes.js';
import type { User } from './user.entity.js';

const ONE_OF_ROLES = { message: `must be one of ${USER_ROLES.join(', ')}` };

/** A new user. */
export class CreateUserDto {
  /** The e-mail address to sign in with; it is kept in lower case. @example "ada@example.com" */
  @IsUserEmail()
  email: string;

  /** `admin` may do everything, `agent` what answering contacts takes. @example "agent" */
  @IsIn(USER_ROLES, ONE_OF_ROLES)
  role: UserRole;

  /** The first password, 12 to 200 characters; one is made if left out. @example "correct horse battery staple" */
  @MayBeLeftOut()
  @IsNewPassword()
  password?: string;
}

/** What to change of a user; what is left out stays. Each change ends the user's sessions. */
export class UpdateUserDto {
  /** `admin` may do everything, `agent` what answering contacts takes. @example "agent" */
  @MayBeLeftOut()
  @IsIn(USER_ROLES, ONE_OF_ROLES)
  role?: UserRole;

  /** Whether the user is kept out. @example true */
  @MayBeLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  disabled?: boolean;

  /** A new password, 12 to 200 characters, which the user has to change after the next sign-in. @example "correct horse battery staple" */
  @MayBeLeftOut()
  @IsNewPassword()
  password?: string;
}

/** A user. */
export class UserDto {
  /** Names the user in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address to sign in with. @example "ada@example.com" */
  email: string;

  /** `admin` may do everything, `agent` what answering contacts takes. @example "agent" */
  role: UserRole;

  /** Whether the password is one that somebody else knows. @example true */
  mustChangePassword: boolean;

  /** When the user was made. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When the user was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;

  /** Since when the user is kept out; null while not. @example "2026-11-24T10:31:00.000Z" */
  disabledAt: Date | null;
}

/** A new user. */
export class CreatedUserDto extends UserDto {
  /** The password that was made for the user, shown this once; null when one was given. @example "Zr0xk2…" */
  password: string | null;
}

/** A page of users, newest first. */
export class UserPageDto {
  /** The users. */
  data: UserDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentUser = (user: User): UserDto => ({
  id: user.id,
  email: user.email,
  role: user.role,
  mustChangePassword: user.mustChangePassword,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
  disabledAt: user.disabledAt,
});
