import { Global, Module } from '@nestjs/common';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { Environment } from '../config/environment.js';
import { SpoolMetrics, spoolMetricProviders } from './spool.metrics.js';
import { SpoolService } from './spool.service.js';

/** One per process: the door writes to it, the health report looks at it. */
@Global()
@Module({
  providers: [
    {
      provide: SecretBox,
      useFactory: (environment: Environment) => new SecretBox(loadEncryptionKeys(environment)),
      inject: [Environment],
    },
    ...spoolMetricProviders,
    SpoolService,
  ],
  exports: [SpoolService, SpoolMetrics],
})
export class SpoolModule {}
