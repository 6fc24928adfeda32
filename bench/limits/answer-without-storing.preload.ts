// Limit B: the service's own route with its signature check, for once without a journal. Preloaded (`node --import`) into the
// built service by the bench alone.
import { join } from 'node:path';

const { InboxService } = (await import(join(import.meta.dirname, '../../dist/webhook/inbox.service.js'))) as {
  InboxService: { prototype: { accept: () => Promise<void> } };
};
InboxService.prototype.accept = async () => undefined;
