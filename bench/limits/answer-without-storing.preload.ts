// Limit B: the service's own route and signature check, but an intake that stores nothing. Only the bench preloads this
// (`node --import`) into the built service.
import { join } from 'node:path';

const { IntakeService } = (await import(join(import.meta.dirname, '../../dist/inbound-sms/intake.service.js'))) as {
  IntakeService: { prototype: { accept: () => Promise<void> } };
};
IntakeService.prototype.accept = async () => undefined;
