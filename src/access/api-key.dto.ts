import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import type { ApiKey } from './api-key.entity.js';
import { type Scope, SCOPES } from './scopes.js';

/** A new API key. */
export class CreateApiKeyDto {
  /** Who or what uses it. @example "Agent desk" */
  @IsString()
  @Length(1, 80)
  name: string;

  /** What it may do. @example ["contacts:read", "contacts:write"] */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true, message: `must each be one of ${SCOPES.join(', ')}` })
  scopes: Scope[];
}

/** An API key, without its secret. */
export class ApiKeyDto {
  /** Names the key in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** Who or what uses it. @example "Agent desk" */
  name: string;

  /** The public part of the key. @example "k3v9x0q2m1ab" */
  keyId: string;

  /** What it may do. @example ["contacts:read", "contacts:write"] */
  scopes: Scope[];

  /** When it was made. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** Last use, to the minute; null if never used. @example "2026-11-24T10:31:00.000Z" */
  lastUsedAt: Date | null;

  /** When it was revoked; null while it is valid. @example "2026-11-24T10:31:00.000Z" */
  revokedAt: Date | null;
}

/** A new API key with its secret, which is shown this once. */
export class CreatedApiKeyDto extends ApiKeyDto {
  /** Send it as `Authorization: Bearer …`. @example "sik_k3v9x0q2m1ab_…" */
  key: string;
}

/** A page of API keys, newest first. */
export class ApiKeyPageDto {
  /** The keys. */
  data: ApiKeyDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
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
