// Whether a control plane of Istio, of whatever age, is ready.
import type { Child } from './child.ts';
import { get } from './get.ts';
import { waitFor } from './wait-for.ts';

export async function isReady(httpPort: number): Promise<boolean> {
  const answer = await get(`http://127.0.0.1:${httpPort}/ready`).catch(() => undefined);
  return answer?.status === 200;
}

/** Rejects, with what the process printed, when it ends or takes too long. */
export async function untilReady(child: Child, httpPort: number, deadlineMs?: number): Promise<void> {
  const check = () => {
    if (!child.isRunning) throw new Error(child.describe());
    return isReady(httpPort);
  };
  await waitFor(check, `${child.name} is ready`, deadlineMs).catch((error: unknown) => {
    throw new Error(child.describe(), { cause: error });
  });
}
