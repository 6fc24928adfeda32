import { type DynamicModule, Module } from '@nestjs/common';
import { SecretBox } from '../common/secret-box.js';
import { loadEncryptionKeys } from '../config/encryption-keys.js';
import { Environment } from '../config/environment.js';
import { SpoolCheck } from './spool.check.js';
import { SpoolMetrics, spoolMetricProviders } from './spool.metrics.js';
import { SpoolService } from './spool.service.js';
import { SpoolUse } from './spool-use.js';

/** Global, because one spool per process serves the intake, which fills it, and the health report, which reads its state. */
@Module({})
export class SpoolModule {
  static forUse(use: SpoolUse): DynamicModule {
    return {
      module: SpoolModule,
      global: true,
      providers: [
        {
          provide: SecretBox,
          useFactory: (environment: Environment) => new SecretBox(loadEncryptionKeys(environment)),
          inject: [Environment],
        },
        { provide: SpoolUse, useValue: use },
        ...spoolMetricProviders,
        SpoolService,
        SpoolCheck,
      ],
      exports: [SpoolService, SpoolMetrics],
    };
  }
}
