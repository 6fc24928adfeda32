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

/** Every environment variable of the service: its default, its rule, one sentence. Read once, by `loadEnvironment()`. */
export class Environment {
  @Setting('Address to listen on; 0.0.0.0 opens the service to the network (a container needs it).')
  @IsString()
  HOST = '127.0.0.1';

  @Setting('Port to listen on; 0 takes a free one.')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  @Setting(
    'The address at which Twilio reaches this service: https, no query. Webhooks are set to it and signatures are checked against it. Default: http://127.0.0.1:PORT.',
    'https://sms.example.com',
  )
  @IsOptional()
  @IsServiceUrl()
  PUBLIC_URL?: string;

  @Setting(
    'Addresses or networks of the reverse proxies in front, comma separated, whose X-Forwarded-For is believed: sign-in limits go by the address behind them. Without it the header is ignored.',
    '10.0.0.0/8',
  )
  @IsOptional()
  @Transform(list)
  @IsNetwork({ each: true })
  TRUST_PROXY?: string[];

  @Setting('What this process does, comma separated: api (HTTP), worker (queue), scheduler (sweeps).')
  @Transform(list)
  @IsIn(ROLES, { each: true })
  ROLES: Role[] = [...ROLES];

  @Setting('Folder for what must survive a restart: the embedded database, the encryption key, the first API key.')
  @IsString()
  @MaxLength(4096)
  DATA_DIR = DEFAULT_DATA_DIR;

  @Setting(
    'PostgreSQL 15 or newer. Without it the service runs a PostgreSQL server of its own under DATA_DIR.',
    'postgres://sms:secret@db.example.com:5432/sms_inbound',
  )
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\//, { message: 'must begin with postgres://' })
  DATABASE_URL?: string;

  @Setting('Connections that the API and the workers may hold (the intake and the queue have pools of their own).')
  @Type(() => Number)
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL_SIZE = 10;

  @Setting(
    'Bring the database up to date at start; false when a deployment step of its own runs `npm run migration:run`.',
  )
  @Transform(flag)
  @IsBoolean()
  MIGRATE_AT_START = true;

  @Setting(
    'Refuse to start when a setting of PostgreSQL or Redis may lose what was answered for; otherwise that is a warning.',
  )
  @Transform(flag)
  @IsBoolean()
  STRICT_DURABILITY = false;

  @Setting(
    'Redis for the queues: one URL, or several comma separated for Redis Cluster, or the Sentinels together with REDIS_SENTINEL_MASTER. Without it the queues live in PostgreSQL.',
    'redis://:secret@redis.example.com:6379',
  )
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must begin with redis:// or rediss://' })
  REDIS_URL?: string;

  @Setting('Name of the master that the Sentinels in REDIS_URL watch.', 'mymaster')
  @IsOptional()
  @IsString()
  REDIS_SENTINEL_MASTER?: string;

  @Setting(
    'Replies, status checks and media, of each, that one worker process works on at once. SMS that came are worked off in batches, two at once.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(64)
  WORKER_CONCURRENCY = 4;

  @Setting(
    'Seconds for which a process that is to end still takes requests while it says that it is not ready: as long as the proxy in front needs to notice.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(5)
  SHUTDOWN_WAIT_SECONDS = 0;

  @Setting('Seconds between two sweeps for rows whose job got lost.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(60)
  SWEEP_SECONDS = 5;

  @Setting(
    'Seconds after which a worker ends with code 1, to be started anew, when SMS wait, the database answers and it still takes no job; 0: never.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(86_400)
  WATCHDOG_SECONDS = 120;

  @Setting(
    "Minutes between two looks at Twilio's list of received messages: an SMS that never came here is fetched from it.",
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_440)
  RECONCILE_MINUTES = 5;

  @Setting('SMS per second that Twilio lets a long code send; messages of one number wait for each other at this pace.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND = 1;

  @Setting('The same for a toll-free number.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND_TOLL_FREE = 3;

  @Setting('The same for a short code.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.1)
  @Max(1_000)
  SMS_PER_SECOND_SHORT_CODE = 100;

  @Setting(
    'SMS that may wait for the intake at the same time. Further ones are answered 503 at once, and Twilio tries again. The default is what one insert stores.',
  )
  @FormerName('DOOR_MAX_WAITING')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  INTAKE_MAX_WAITING = 500;

  @Setting(
    'Folder, on another disk than the database, for SMS that it cannot take just now; encrypted. Without it Twilio is told to try again.',
    '/var/lib/sms-inbound/spool',
  )
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  SPOOL_DIR?: string;

  @Setting(
    'Whether SPOOL_DIR is on a volume that survives this machine or container; it is not used before you say so.',
  )
  @Transform(flag)
  @IsBoolean()
  SPOOL_DURABLE = false;

  @Setting('Most that the spool may hold, in MB; about 600 SMS each.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  SPOOL_MAX_MB = 1_000;

  @Setting('Hours after which Twilio is asked what became of a message of which it has told nothing final.')
  @Type(() => Number)
  @IsNumber()
  @Min(0.0001)
  @Max(720)
  STATUS_CHECK_HOURS = 24;

  @Setting('Minutes between two looks at Twilio whether the webhooks still stand; 0 for none.')
  @Type(() => Number)
  @IsNumber()
  @Min(0)
  @Max(1_440)
  WEBHOOK_CHECK_MINUTES = 15;

  @Setting('Days after which contact events are deleted from the log, once every consumer has had them; 0 keeps them.')
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(36_500)
  EVENT_RETENTION_DAYS = 30;

  @Setting(
    'Days after which entries of the audit log, who changed what, are deleted; the table keeps them for 30 at least.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(30)
  @Max(36_500)
  AUDIT_LOG_DAYS = 400;

  @Setting(
    'Requests that each API key and each user may make per minute at each process to read something: so many at once, which come back evenly. What is more is answered 429.',
  )
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_READS = 6_000;

  @Setting('The same for requests that change something.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_WRITES = 3_000;

  @Setting('The same for requests that ask Twilio, set a password or upload a file.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  RATE_LIMIT_EXPENSIVE = 120;

  @Setting(
    'Keys for secrets at rest: id:base64 of 32 bytes, comma separated; the first encrypts, all decrypt. Without it a key file is made in DATA_DIR: back it up, the Twilio token cannot be read without it.',
    'k2:BASE64_OF_32_BYTES,k1:BASE64_OF_32_BYTES',
  )
  @IsOptional()
  @IsEncryptionKeys()
  ENCRYPTION_KEYS?: string;

  @Setting("Where Twilio's REST API is; set it only to reach the simulator.", 'http://127.0.0.1:4010')
  @IsOptional()
  @IsServiceUrl()
  TWILIO_API_BASE_URL?: string;

  @Setting('Largest picture or file of a message that is kept, in bytes; what is larger stays at Twilio.')
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100 * 1024 * 1024)
  MEDIA_MAX_BYTES = 10 * 1024 * 1024;

  @Setting(
    'S3 bucket for pictures and files of messages. Without it they are in DATA_DIR/media, which processes on several machines do not share.',
    'sms-inbound-media',
  )
  @IsOptional()
  @IsString()
  @Length(3, 63)
  MEDIA_S3_BUCKET?: string;

  @Setting("Region of the bucket; left out, the AWS SDK's own settings say it.", 'eu-central-1')
  @IsOptional()
  @IsString()
  MEDIA_S3_REGION?: string;

  @Setting('Address of a server that speaks S3, when it is not Amazon.', 'https://s3.example.com')
  @IsOptional()
  @IsServiceUrl()
  MEDIA_S3_ENDPOINT?: string;

  @Setting(
    "Access key for the bucket; left out, the AWS SDK finds one: its own variables, a profile, the machine's role.",
    'AKIAEXAMPLE',
  )
  @IsOptional()
  @IsString()
  MEDIA_S3_ACCESS_KEY_ID?: string;

  @Setting('Its secret.', 'SECRET_OF_THE_ACCESS_KEY')
  @ValidateIf(({ MEDIA_S3_ACCESS_KEY_ID }: Environment) => MEDIA_S3_ACCESS_KEY_ID !== undefined)
  @IsString({ message: 'must be set together with MEDIA_S3_ACCESS_KEY_ID' })
  MEDIA_S3_SECRET_ACCESS_KEY?: string;

  @Setting('Least level that is logged: trace, debug, info, warn, error, fatal or silent.')
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
