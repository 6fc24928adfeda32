import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the service is while one works on the console: `npm run dev` here, `npm run demo` beside it. */
const service = process.env['SERVICE_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', assetsDir: 'assets', emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': service, '/health': service } },
});
