import { IsBoolean, IsIn } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsUserEmail } from './email.rule.js';
import { IsNewPassword } from './password.rule.js';
import { USER_ROLES, type UserRole } from './scopes.js';
import type { User } from './user.entity.js';

const ONE_OF_ROLES = { message: `must be one of ${USER_ROLES.join(', ')}` };

/** The user to create. */
export class CreateUserDto {
  /** The e-mail address with which the user signs in; it is stored in lower case. @example "ada@example.com" */
  @IsUserEmail()
  email: string;

  /** An `admin` may do everything, an `agent` what is needed to answer contacts. @example "agent" */
  @IsIn(USER_ROLES, ONE_OF_ROLES)
  role: UserRole;

  /** The first password, 12 to 200 characters long; one is generated if left out. @example "correct horse battery staple" */
  @MayBeLeftOut()
  @IsNewPassword()
  password?: string;
}

/** The changes to a user; fields that are left out stay as they are. Each change ends the user's sessions. */
export class UpdateUserDto {
  /** An `admin` may do everything, an `agent` what is needed to answer contacts. @example "agent" */
  @MayBeLeftOut()
  @IsIn(USER_ROLES, ONE_OF_ROLES)
  role?: UserRole;

  /** Whether the user is disabled and cannot sign in. @example true */
  @MayBeLeftOut()
  @IsBoolean({ message: 'must be true or false' })
  disabled?: boolean;

  /** A new password, 12 to 200 characters long, which the user must change after the next sign-in. @example "correct horse battery staple" */
  @MayBeLeftOut()
  @IsNewPassword()
  password?: string;
}

/** A user. */
export class UserDto {
  /** The id of the user in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address with which the user signs in. @example "ada@example.com" */
  email: string;

  /** An `admin` may do everything, an `agent` what is needed to answer contacts. @example "agent" */
  role: UserRole;

  /** Whether the user must change the password, because somebody else knows it. @example true */
  mustChangePassword: boolean;

  /** When the user was created. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When the user was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;

  /** When the user was disabled; null while the user is enabled. @example "2026-11-24T10:31:00.000Z" */
  disabledAt: Date | null;
}

/** A new user, with the generated password. */
export class CreatedUserDto extends UserDto {
  /** The password that was generated for the user, which is only shown in this response; null if the request gave one. @example "Zr0xk2…" */
  password: string | null;
}

/** A page of users, newest first. */
export class UserPageDto {
  /** The users. */
  data: UserDto[];

  /** The `cursor` of the next page; null on the last page. @example "MDE5YWIyYzQ" */
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
