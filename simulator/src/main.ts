import { readSettings, SettingsError } from './settings.ts';
import { startSimulator } from './simulator.ts';

try {
  const settings = readSettings(process.env, process.argv.slice(2));
  const simulator = await startSimulator(settings);
  const { url: simulatorUrl, accountSid, authToken } = simulator;
  console.log(JSON.stringify({ simulatorUrl, accountSid, authToken }));

  const stop = () => void simulator.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(sentenceOf(error as NodeJS.ErrnoException & { port?: number }));
  process.exit(1);
}

function sentenceOf(error: NodeJS.ErrnoException & { port?: number }): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${error.port} is taken by another program; set SIMULATOR_PORT to a free one.`;
  }
  return error instanceof SettingsError ? error.message : `The simulator could not start: ${error.stack}`;
}
