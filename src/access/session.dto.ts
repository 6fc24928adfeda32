import { Transform } from 'class-transformer';
import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { toEmail } from './email.rule.js';
import { IsNewPassword } from './password.rule.js';
import { type Scope, SCOPES_OF_ROLE, type UserRole } from './scopes.js';
import type { User } from './user.entity.js';

const MAX_PASSWORD_LENGTH = { message: 'must not be longer than 200 characters' };

/** Who signs in. */
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

/** A new password for oneself. */
export class ChangePasswordDto {
  /** The password until now. @example "correct horse battery staple" */
  @IsString()
  @MaxLength(200, MAX_PASSWORD_LENGTH)
  currentPassword: string;

  /** The password from now on: 12 to 200 characters. @example "a walrus under seven lamps" */
  @IsNewPassword()
  newPassword: string;
}

/** Which sessions to end. */
export class SignOutQuery {
  /** `true` ends all sessions of the user, on all devices. */
  @MayBeLeftOut()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'must be true or false' })
  everywhere?: boolean;
}

/** The user who is signed in. */
export class SignedInUserDto {
  /** Names the user in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The e-mail address to sign in with. @example "ada@example.com" */
  email: string;

  /** What the user is. @example "agent" */
  role: UserRole;

  /** While true, nothing but the change of the password is allowed. @example false */
  mustChangePassword: boolean;
}

/** A session; its cookie is in the header `Set-Cookie`. */
export class SessionDto {
  /** Who is signed in. */
  user: SignedInUserDto;

  /** What the user may do. @example ["contacts:read", "contacts:write"] */
  scopes: Scope[];
}

export const presentSession = ({ id, email, role, mustChangePassword }: User): SessionDto => ({
  user: { id, email, role, mustChangePassword },
  scopes: [...SCOPES_OF_ROLE[role]],
});
