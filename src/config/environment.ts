import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { DEFAULT_DATA_DIR } from './data-dir.js';
import { IsEncryptionKeys, IsNetwork, IsServiceUrl } from './environment.rules.js';
import { FormerName, Setting } from './setting.decorator.js';

export const ROLES = ['api', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

const list = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
const flag = ({ value }: { value: unknown }): unknown =>
  value === 'true' || value === true ? true : value === 'false' || value === false ? false : value;

/**
 * Every environment variable of the service, with its default, its validation rule and a one-sentence description.
 * `loadEnvironment()` reads them once.
 */
export class Environment {
  @Setting('Address to listen on; 0.0.0.0 listens on all interfaces, which a container needs.')
  @IsString()
  HOST = '127.0.0.1';

  @Setting('Port to listen on; 0 picks a free one.')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  @Setting(
    'The https URL, without a query, at which Twilio reaches this service. Webhook URLs start with it, and signatures are verified against it. Default: http://127.0.0.1:PORT.',
    'https://sms.example.com',
  )
  @IsOptional()
  @IsServiceUrl()
  PUBLIC_URL?: string;

  @Setting(
    'Addresses or networks, comma separated, of the reverse proxies whose X-Forwarded-For header is trusted. Sign-in limits then apply to the address of the client behind them. Without this setting the header is ignored.',
    '10.0.0.0/8',
  )
  @IsOptional()
  @Transform(list)
  @IsNetwork({ each: true })
  TRUST_PROXY?: string[];

  @Setting('Roles of this process, comma separated: api (HTTP), worker (queues), scheduler (sweeps).')
  @Transform(list)
  @IsIn(ROLES, { each: true })
  ROLES: Role[] = [...ROLES];

  @Setting('Folder for data that must survive a restart: the embedded database, the encryption key, the first API key.')
  @IsString()
  @MaxLength(4096)
  DATA_DIR = DEFAULT_DATA_DIR;

  @Setting(
    'URL of a PostgreSQL server, version 15 or newer. Without it the service runs its own PostgreSQL server under DATA_DIR.',
    'postgres://sms:secret@db.example.com:5432/sms_inbound',
  )
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must begin with postgres://' })
  DATABASE_URL?: string;

  @Setting(
    'Maximum number of database connections for the API and the workers. The intake and the queues have pools of their own.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL_SIZE = 10;

  @Setting(
    'Whether to migrate the database at startup; set it to false when a separate deployment step runs `npm run migration:run`.',
  )
  @Transform(flag)
  @IsBoolean()
  MIGRATE_AT_START = true;

  @Setting(
    'Whether to refuse to start when a setting of PostgreSQL or Redis could lose accepted SMS. If false, the service only logs a warning.',
  )
  @Transform(flag)
  @IsBoolean()
  STRICT_DURABILITY = false;

  @Setting(
    'Redis for the queues: one URL; several, comma separated, for Redis Cluster; or those of the Sentinels, together with REDIS_SENTINEL_MASTER. Without it the queues are in PostgreSQL.',
    'redis://:secret@redis.example.com:6379',
  )
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must begin with redis:// or rediss://' })
  REDIS_URL?: string;

  @Setting('Name of the master that the Sentinels in REDIS_URL monitor.', 'mymaster')
  @IsOptional()
  @IsString()
  REDIS_SENTINEL_MASTER?: string;

  @Setting(
    'How many replies, how many status checks and how many media files one worker process handles at the same time. Inbound SMS are processed in batches, two at a time.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(64)
  WORKER_CONCURRENCY = 4;

  @Setting(
    'Seconds for which a process that is shutting down still accepts requests while it reports that it is not ready. Set it to the time that the proxy in front needs to notice.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(5)
  SHUTDOWN_WAIT_SECONDS = 0;

  @Setting('Seconds between two sweeps for rows whose job was lost.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(60)
  SWEEP_SECONDS = 5;

  @Setting(
    'Seconds after which a worker that takes no job, although SMS are pending and the database answers, exits with code 1 so that its supervisor restarts it. 0 disables this.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(86_400)
  WATCHDOG_SECONDS = 120;

  @Setting(
    "Minutes between two reconciliations with Twilio's list of received messages, from which SMS that never reached the webhook are fetched.",
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_440)
  RECONCILE_MINUTES = 5;

  @Setting(
    'SMS per second that Twilio allows a long code to send. Each long code sends its messages no faster than this.',
  )
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND = 1;

  @Setting('The same as SMS_PER_SECOND, for a toll-free number.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND_TOLL_FREE = 3;

  @Setting('The same as SMS_PER_SECOND, for a short code.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND_SHORT_CODE = 100;

  @Setting(
    'Maximum number of SMS that wait in the intake at the same time. The service answers 503 to any more at once, and Twilio retries them. The default is what one insert stores.',
  )
  @FormerName('DOOR_MAX_WAITING')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  INTAKE_MAX_WAITING = 500;

  @Setting(
    'Folder, on a different disk than the database, for SMS that the database cannot store at the moment. They are encrypted there. Without it the service answers 503 to such SMS, and Twilio retries them.',
    '/var/lib/sms-inbound/spool',
  )
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  SPOOL_DIR?: string;

  @Setting(
    'Whether SPOOL_DIR is on a volume that outlives this machine or container. The spool is not used until this is true.',
  )
  @Transform(flag)
  @IsBoolean()
  SPOOL_DURABLE = false;

  @Setting('Maximum size of the spool in MB; 1 MB holds about 600 SMS.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  SPOOL_MAX_MB = 1_000;

  @Setting('Hours after which the service asks Twilio for the status of a sent message that has no final status yet.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.0001)
  @Max(720)
  STATUS_CHECK_HOURS = 24;

  @Setting('Minutes between two checks at Twilio that the webhooks are still set; 0 disables the checks.')
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1_440)
  WEBHOOK_CHECK_MINUTES = 15;

  @Setting(
    'Days after which contact events are deleted from the log, once every consumer has received them. 0 keeps them forever.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  EVENT_RETENTION_DAYS = 30;

  @Setting(
    'Days after which entries of the audit log are deleted. The database itself refuses to delete entries younger than 30 days.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(30)
  @Max(36_500)
  AUDIT_LOG_DAYS = 400;

  @Setting(
    'Read requests per minute that each process allows to each API key and to each user. All of them may come at once, and the allowance refills evenly over a minute. Further requests are answered 429.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_READS = 6_000;

  @Setting('The same as RATE_LIMIT_READS, for requests that change something.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_WRITES = 3_000;

  @Setting('The same as RATE_LIMIT_READS, for requests that call Twilio, set a password or upload a file.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_EXPENSIVE = 120;

  @Setting(
    'Keys that encrypt secrets at rest, as id:base64 of 32 bytes, comma separated. The first one encrypts, all of them decrypt. Without this setting the service creates a key file in DATA_DIR; back it up, because the Twilio token cannot be read without it.',
    'k2:BASE64_OF_32_BYTES,k1:BASE64_OF_32_BYTES',
  )
  @IsOptional()
  @IsEncryptionKeys()
  ENCRYPTION_KEYS?: string;

  @Setting("Base URL of Twilio's REST API; set it only to use the simulator.", 'http://127.0.0.1:4010')
  @IsOptional()
  @IsServiceUrl()
  TWILIO_API_BASE_URL?: string;

  @Setting('Maximum size, in bytes, of a picture or file that is stored here. Larger ones stay at Twilio.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100 * 1024 * 1024)
  MEDIA_MAX_BYTES = 10 * 1024 * 1024;

  @Setting(
    'S3 bucket for the pictures and files of messages. Without it they are stored in DATA_DIR/media, which processes on several machines do not share.',
    'sms-inbound-media',
  )
  @IsOptional()
  @IsString()
  @Length(3, 63)
  MEDIA_S3_BUCKET?: string;

  @Setting("Region of the bucket. Without it the AWS SDK's own settings apply.", 'eu-central-1')
  @IsOptional()
  @IsString()
  MEDIA_S3_REGION?: string;

  @Setting('URL of an S3-compatible server, if the bucket is not at Amazon.', 'https://s3.example.com')
  @IsOptional()
  @IsServiceUrl()
  MEDIA_S3_ENDPOINT?: string;

  @Setting(
    "Id of the access key for the bucket. Without it the AWS SDK uses its own variables, a profile, or the machine's role.",
    'AKIAEXAMPLE',
  )
  @IsOptional()
  @IsString()
  MEDIA_S3_ACCESS_KEY_ID?: string;

  @Setting('Secret of the access key for the bucket.', 'SECRET_OF_THE_ACCESS_KEY')
  @ValidateIf(({ MEDIA_S3_ACCESS_KEY_ID }: Environment) => MEDIA_S3_ACCESS_KEY_ID !== undefined)
  @IsString({ message: 'must be set together with MEDIA_S3_ACCESS_KEY_ID' })
  MEDIA_S3_SECRET_ACCESS_KEY?: string;

  @Setting('Minimum level of the log lines: trace, debug, info, warn, error, fatal or silent.')
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  LOG_LEVEL = 'info';

  /** The address at which Twilio reaches this service, without a trailing slash. */
  get publicUrl(): string {
    return (this.PUBLIC_URL ?? `http://127.0.0.1:${this.PORT}`).replace(/\/+$/, '');
  }

  has(role: Role): boolean {
    return this.ROLES.includes(role);
  }
}
