import { describeOpenApiAttacks } from './openapi.suite.ts';

describeOpenApiAttacks(600);
