import { type ServiceOptions, type ServiceProcess, startService } from '../scripts/service-process.ts';
import { compile } from './compile.ts';

/** The service of a developer: it starts again with what was changed, and waits for the next change when it cannot. */
export class RestartingService {
  private readonly options: ServiceOptions;
  private running: ServiceProcess | null = null;
  private readonly changed = new Set<string>();
  private isBusy = false;

  constructor(options: ServiceOptions) {
    this.options = options;
  }

  async start(): Promise<string> {
    this.running = await startService(this.options);
    return this.running.url;
  }

  /** @param files TypeScript files that were changed, added or removed. Those that come meanwhile are taken along. */
  async restart(files: Iterable<string>): Promise<void> {
    for (const file of files) this.changed.add(file);
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.changed.size > 0) await this.restartOnce();
    this.isBusy = false;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  private async restartOnce(): Promise<void> {
    const startedAt = performance.now();
    const files = [...this.changed];
    this.changed.clear();
    try {
      await Promise.all(files.map(compile));
      await this.running?.stop();
      await this.start();
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      console.log(`Ready again after ${seconds} s, with ${files.join(', ')}`);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      console.error('The service is tried again with the next change.');
    }
  }
}
