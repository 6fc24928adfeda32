import { defineConfig } from '@hey-api/openapi-ts';

/** The only way in which the console talks to the service: made from its description. */
export default defineConfig({
  input: '../openapi.json',
  output: { path: 'src/api/generated', postProcess: [] },
  // Streams are read with EventSource; probes and metrics are for machines.
  parser: {
    filters: {
      operations: { exclude: ['GET /api/v1/events/stream', 'GET /health/live', 'GET /health/ready', 'GET /metrics'] },
    },
  },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk', '@tanstack/react-query'],
});
