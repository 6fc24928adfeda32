// Preloaded (`node --import`) into a process that has an IPC channel: when its starter is gone, be it by kill -9, it ends in order.
process.once('disconnect', () => {
  // Not while it is on its way up: it would leave behind what it has started itself.
  const look = setInterval(() => {
    if (process.listenerCount('SIGTERM') === 0) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 50);
});
