// Loaded into the bundle before its own code (`node --expose-gc --import`): asked by the parent, it tells what is alive after a full
// collection. The bundle itself knows nothing of it.
process.on('message', () => {
  // What finalizers of the first collection let go is found by the second.
  globalThis.gc();
  setImmediate(() => {
    globalThis.gc();
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    process.send({ heapUsed, external, arrayBuffers, resources: process.getActiveResourcesInfo() });
  });
});
process.channel.unref();
