import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { violatesUnique } from '../common/database-errors.js';
import { conflict, Problem } from '../common/problem.js';
import { SecretBox } from '../common/secret-box.js';
import { placeOf } from '../database/sealed-columns.js';
import { TelephonyConnection } from './telephony-connection.entity.js';
import { TELEPHONY_SECRETS } from './telephony-secrets.js';
import { type ConnectTelephonyDto, presentTelephony, type TelephonyDto } from './telephony.dto.js';
import { type TwilioClient, TwilioClients } from './twilio-client.js';
import { isRefusedByTwilio, toTwilioProblem } from './twilio-errors.js';

/** A Twilio account and its auth tokens: the primary, and the next one during a rotation. */
export interface Signer {
  accountSid: string;
  tokens: string[];
}

/** They must only ever be sent to Twilio. */
export interface Credentials {
  accountSid: string;
  authToken: string;
}

interface OpenedConnection extends Credentials {
  connection: TelephonyConnection;
  nextAuthToken: string | undefined;
}

@Injectable()
export class TelephonyService implements OnModuleInit {
  constructor(
    @InjectRepository(TelephonyConnection) private readonly connections: Repository<TelephonyConnection>,
    private readonly secrets: SecretBox,
    private readonly clients: TwilioClients,
    private readonly auditLog: AuditLogService,
  ) {}

  /** Refuses to start with encryption keys that cannot open the stored tokens. */
  async onModuleInit(): Promise<void> {
    for (const connection of await this.connections.findBy({ authToken: Not(IsNull()) })) this.openTokens(connection);
  }

  async get(accountId: string): Promise<TelephonyDto> {
    return presentTelephony(await this.connections.findOneBy({ accountId }));
  }

  /** Connects a Twilio account, or replaces the connection. Entry points need no change, because they use the connection. */
  async connect(caller: Caller, { accountSid, authToken, nextAuthToken }: ConnectTelephonyDto): Promise<TelephonyDto> {
    const { accountId } = caller;
    const account = await this.fetchAccount({ accountSid, authToken });
    // Twilio only signs with the primary token. So this works too if an admin has entered the secondary one.
    const primary = account.authToken ?? authToken;
    const next = nextAuthToken ?? (primary === authToken ? undefined : authToken);
    const connection = this.connections.create({
      accountId,
      accountSid,
      authToken: this.secrets.seal(primary, placeOf(TELEPHONY_SECRETS.authToken, accountId)),
      authTokenLast4: authToken.slice(-4),
      nextAuthToken:
        next === undefined ? null : this.secrets.seal(next, placeOf(TELEPHONY_SECRETS.nextAuthToken, accountId)),
      friendlyName: account.friendlyName,
      state: 'connected',
      verifiedAt: new Date(),
    });
    try {
      return await this.replace(caller, 'telephony.connected', connection);
    } catch (error) {
      if (!violatesUnique(error, 'telephony_connections_account_sid')) throw error;
      throw conflict(
        'account_sid_taken',
        'This Twilio account is already connected to another account of this service. Disconnect it there first.',
      );
    }
  }

  /**
   * Checks whether Twilio still accepts the stored token. If it only accepts the next one, that one was promoted at Twilio;
   * then the rotation is over, and the next token becomes the stored one.
   */
  async verify(caller: Caller): Promise<TelephonyDto> {
    const { accountId } = caller;
    const { connection, nextAuthToken, ...credentials } = await this.getCredentials(accountId);
    // Only updates the row if it still has this token, so that a concurrent connect or disconnect is not undone.
    const checked = { accountId, authToken: connection.authToken! };
    try {
      const { friendlyName } = await this.fetchAccount(credentials);
      await this.connections.update(checked, { state: 'connected', verifiedAt: new Date(), friendlyName });
    } catch (error) {
      if (!(error instanceof Problem && isRefusedByTwilio(error.cause))) throw error;
      if (nextAuthToken !== undefined && (await this.isAccepted({ ...credentials, authToken: nextAuthToken }))) {
        return this.connect(caller, { accountSid: credentials.accountSid, authToken: nextAuthToken });
      }
      await this.connections.update(checked, { state: 'failing' });
    }
    return this.get(accountId);
  }

  /** Deletes the tokens. Entry points keep their settings, and work again after the next connect. */
  async disconnect(caller: Caller): Promise<void> {
    await this.replace(caller, 'telephony.disconnected', {
      state: 'disconnected',
      authToken: null,
      authTokenLast4: null,
      nextAuthToken: null,
    });
  }

  /** @throws Problem 409 when no Twilio account is connected */
  async openClient(accountId: string): Promise<TwilioClient> {
    const { accountSid, authToken } = await this.getCredentials(accountId);
    return this.clients.open(accountSid, authToken);
  }

  /** @throws Problem 409 when no Twilio account is connected */
  async refuseDisconnected(accountId: string): Promise<void> {
    await this.getCredentials(accountId);
  }

  /** The credentials, for requests that Twilio's client cannot make; null when no Twilio account is connected. */
  async findCredentials(accountId: string): Promise<OpenedConnection | null> {
    const connection = await this.connections.findOneBy({ accountId, authToken: Not(IsNull()) });
    if (connection === null) return null;
    const [authToken, nextAuthToken] = this.openTokens(connection);
    return { connection, accountSid: connection.accountSid, authToken: authToken!, nextAuthToken };
  }

  /** The signers of the webhook requests of each connected account, by account id. */
  async findSigners(): Promise<Map<string, Signer>> {
    const connections = await this.connections.findBy({ authToken: Not(IsNull()) });
    return new Map(
      connections.map((each) => [each.accountId, { accountSid: each.accountSid, tokens: this.openTokens(each) }]),
    );
  }

  /** The tokens that may have signed a request: the primary, and the next one during a rotation. */
  private openTokens({ accountId, authToken, nextAuthToken }: TelephonyConnection): string[] {
    return [
      ...(authToken === null ? [] : [this.secrets.open(authToken, placeOf(TELEPHONY_SECRETS.authToken, accountId))]),
      ...(nextAuthToken === null
        ? []
        : [this.secrets.open(nextAuthToken, placeOf(TELEPHONY_SECRETS.nextAuthToken, accountId))]),
    ];
  }

  /** Changes and records nothing if there is nothing to disconnect. */
  private replace(
    caller: Caller,
    action: 'telephony.connected' | 'telephony.disconnected',
    changes: Partial<TelephonyConnection>,
  ): Promise<TelephonyDto> {
    const { accountId } = caller;
    return this.connections.manager.transaction(async (manager) => {
      const old = await manager.findOne(TelephonyConnection, {
        where: { accountId },
        lock: { mode: 'pessimistic_write' },
      });
      if (action === 'telephony.disconnected' && (old === null || old.authToken === null)) return presentTelephony(old);
      const connection = await manager.save(TelephonyConnection, { ...old, ...changes, accountId });
      await this.auditLog.record(manager, caller, {
        action,
        subject: { id: connection.accountSid, name: connection.friendlyName ?? connection.accountSid },
        before: old && summarize(old),
        after: summarize(connection),
      });
      return presentTelephony(connection);
    });
  }

  private async fetchAccount({ accountSid, authToken }: Credentials): Promise<{
    friendlyName: string;
    authToken: string | undefined;
  }> {
    try {
      const client = await this.clients.open(accountSid, authToken);
      const account = await client.api.v2010.accounts(accountSid).fetch();
      const primary = /^[0-9a-f]{32}$/.test(account.authToken) ? account.authToken : undefined;
      return { friendlyName: account.friendlyName, authToken: primary };
    } catch (error) {
      throw toTwilioProblem(error);
    }
  }

  private async isAccepted(credentials: Credentials): Promise<boolean> {
    try {
      await this.fetchAccount(credentials);
      return true;
    } catch (error) {
      if (error instanceof Problem && isRefusedByTwilio(error.cause)) return false;
      throw error;
    }
  }

  private async getCredentials(accountId: string): Promise<OpenedConnection> {
    const credentials = await this.findCredentials(accountId);
    if (credentials !== null) return credentials;
    throw conflict('telephony_disconnected', 'No Twilio account is connected. Connect one: PUT /api/v1/telephony.');
  }
}

function summarize(connection: TelephonyConnection): Partial<TelephonyDto> {
  const { accountSid, authTokenLast4, state, friendlyName, rotating } = presentTelephony(connection);
  return { accountSid, authTokenLast4, state, friendlyName, rotating };
}
