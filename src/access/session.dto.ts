import { Transform } from 'class-transformer';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { toEmail } from './email.rule.js';
import { IsNewPassword } from './password.rule.js';
import { type Scope, SCOPES_OF_ROLE, type UserRole } from './scopes.js';
import type { User } from './user.entity.js';

const MAX_PASSWORD_LENGTH = { message: 'must not be longer than 200 characters' };

/** The credentials of the user who signs in. */
export class SignInDto {
  /** The user's e-mail address, in upper or lower case. @example "ada@example.com" */
  @Transform(toEmail)
  @IsString()
  @MaxLength(254, { message: 'must not be longer than 254 characters' })
  email: string;

  /** The user's password. @example "correct horse battery staple" */
  @IsString()
  @MaxLength(200, MAX_PASSWORD_LENGTH)
  password: string;
}

/** The change of a user's own password. */
export class ChangePasswordDto {
  /** The current password. @example "correct horse battery staple" */
  @IsString()
  @MaxLength(200, MAX_PASSWORD_LENGTH)
  currentPassword: string;

  /** The new password, 12 to 200 characters long. @example "a walrus under seven lamps" */
  @IsNewPassword()
  newPassword: string;
}

/** Selects the sessions to end. */
export class SignOutQuery {
  /** If `true`, all sessions of the user end, on all devices. */
  @MayBeLeftOut()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  everywhere?: boolean;
}

/** The user who is signed in. */
export class SignedInUserDto {
  /** The id of the user in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address with which the user signs in. @example "ada@example.com" */
  email: string;

  /** The role of the user. @example "agent" */
  role: UserRole;

  /** Whether the user must change the password before doing anything else. @example false */
  mustChangePassword: boolean;
}

/** A session. Its cookie is in the header `Set-Cookie`. */
export class SessionDto {
  /** The user who is signed in. */
  user: SignedInUserDto;

  /** The scopes that the user has. @example ["contacts:read", "contacts:write"] */
  scopes: Scope[];
}

export const presentSession = ({ id, email, role, mustChangePassword }: User): SessionDto => ({
  user: { id, email, role, mustChangePassword },
  scopes: [...SCOPES_OF_ROLE[role]],
});
