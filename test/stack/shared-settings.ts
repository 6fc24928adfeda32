export interface Surroundings {
  databaseUrl: string;
  /** Left out, the queues are on PostgreSQL. */
  redisUrl?: string | undefined;
  twilioUrl: string;
  /** Where Twilio finds the webhooks; left out, at the process itself. */
  publicUrl?: string;
  dataDir: string;
}

/** The settings that all processes of one stack share: each adds its ROLES and its PORT. */
export const sharedSettings = ({ databaseUrl, redisUrl, twilioUrl, publicUrl, dataDir }: Surroundings) => ({
  DATABASE_URL: databaseUrl,
  ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
  TWILIO_API_BASE_URL: twilioUrl,
  ...(publicUrl !== undefined && { PUBLIC_URL: publicUrl }),
  DATA_DIR: dataDir,
  LOG_LEVEL: 'warn',
});
