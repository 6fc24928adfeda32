// Preloaded (`node --import`) into a process with an IPC channel: when its parent is gone, even by kill -9, it shuts down gracefully.
process.once('disconnect', () => {
  // Waits until the process handles SIGTERM, since before that it would leave behind what it has started itself.
  const check = setInterval(() => {
    if (process.listenerCount('SIGTERM') === 0) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, 50);
});
