import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the service is while one works on the console: `npm run dev` here, `npm run demo` beside it. */
const target = process.env['SERVICE_URL'] ?? 'http://127.0.0.1:3000';
// The service takes sign-ins only for the address that the browser knows it by.
const service = { target, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', assetsDir: 'assets', emptyOutDir: true, sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { host: '127.0.0.1', proxy: { '/api': service } },
});
