/** Shuts this process down gracefully, but with exit code 1, so that its supervisor restarts it. */
export function endForRestart(): void {
  process.exitCode = 1;
  process.kill(process.pid, 'SIGTERM');
}
