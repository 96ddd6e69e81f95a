// Calls through the sidecar of an istiod while something happens that callers must not notice.
import assert from 'node:assert/strict';
import { call, type Route } from './call.ts';
import type { Istiod } from './istiod.ts';
import type { Teardown } from './teardown.ts';
import { Watch } from './watch.ts';

export interface Called {
  /** Has an HTTP proxy on each of its sidecars. */
  readonly istiod: Istiod;
  readonly host: string;
  /** All who are to answer, sorted. */
  readonly answering: readonly string[];
}

/** The host is called over and over during `happening`; every call is answered, and each of `answering` has answered. */
export async function answersDuring(
  teardown: Teardown,
  { istiod, host, answering }: Called,
  happening: () => Promise<void>,
): Promise<void> {
  const route: Route = { kind: 'proxy', port: istiod.ports.httpProxy };
  const traffic = Watch.start(teardown, 'the traffic', async () => {
    const { status, body } = await call(route, host);
    return status === 200 ? body : `status ${status}`;
  });
  await happening();
  assert.deepEqual([...(await traffic.end()).keys()].sort(), answering, 'every call was answered');
}
