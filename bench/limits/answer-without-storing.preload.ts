// Limit B: the service's own route with its signature check, for once without a journal. Preloaded (`node --import`) into the
// built service by the bench alone.
import { join } from 'node:path';

const { IntakeService } = (await import(join(import.meta.dirname, '../../dist/inbound-sms/intake.service.js'))) as {
  IntakeService: { prototype: { accept: () => Promise<void> } };
};
IntakeService.prototype.accept = async () => undefined;
