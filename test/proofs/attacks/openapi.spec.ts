import { describeOpenApiAttacks } from '../../attacks/openapi.suite.ts';

describeOpenApiAttacks(Number(process.env['ATTACKS'] ?? 100_000));
