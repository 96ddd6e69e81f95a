// Backends that really run, as Eureka registers them.
import { type Backend, startBackend } from './backend.ts';
import type { Registration } from './eureka-instances.ts';
import type { Teardown } from './teardown.ts';

export interface RunningInstance {
  readonly backend: Backend;
  readonly registration: Registration;
  /** `ADDRESS:PORT`, as Envoy shows it. */
  readonly endpoint: string;
}

/** Starts an instance of `app` called `<app>-<index>`, on an address of its own. Registering is left to the test. */
export async function runInstance(
  teardown: Teardown,
  app: string,
  index: number,
  metadata: Readonly<Record<string, string>> = {},
): Promise<RunningInstance> {
  const name = `${app}-${index}`;
  const backend = await startBackend(teardown, name, index);
  const { address, port } = backend;
  return { backend, registration: { app, id: name, address, port, metadata }, endpoint: `${address}:${port}` };
}
