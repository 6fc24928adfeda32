import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import type { ApiKey } from './api-key.entity.js';
import { type Scope, SCOPES } from './scopes.js';

/** The API key to create. */
export class CreateApiKeyDto {
  /** The person or program that uses the key. @example "Agent desk" */
  @IsString()
  @Length(1, 80)
  name: string;

  /** The scopes that the key has. @example ["contacts:read", "contacts:write"] */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true, message: `must each be one of ${SCOPES.join(', ')}` })
  scopes: Scope[];
}

/** An API key, without its secret. */
export class ApiKeyDto {
  /** The id of the key in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The person or program that uses the key. @example "Agent desk" */
  name: string;

  /** The public part of the key. @example "k3v9x0q2m1ab" */
  keyId: string;

  /** The scopes that the key has. @example ["contacts:read", "contacts:write"] */
  scopes: Scope[];

  /** When the key was created. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When the key was last used, to the minute; null if never. @example "2026-11-24T10:31:00.000Z" */
  lastUsedAt: Date | null;

  /** When the key was revoked; null while it is valid. @example "2026-11-24T10:31:00.000Z" */
  revokedAt: Date | null;
}

/** A new API key with its secret, which is only shown in this response. */
export class CreatedApiKeyDto extends ApiKeyDto {
  /** The whole key. Send it as `Authorization: Bearer …`. @example "sik_k3v9x0q2m1ab_…" */
  key: string;
}

/** A page of API keys, newest first. */
export class ApiKeyPageDto {
  /** The keys. */
  data: ApiKeyDto[];

  /** The `cursor` of the next page; null on the last page. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentApiKey = (apiKey: ApiKey): ApiKeyDto => ({
  id: apiKey.id,
  name: apiKey.name,
  keyId: apiKey.keyId,
  scopes: apiKey.scopes,
  createdAt: apiKey.createdAt,
  lastUsedAt: apiKey.lastUsedAt,
  revokedAt: apiKey.revokedAt,
});
