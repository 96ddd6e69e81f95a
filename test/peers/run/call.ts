// Requests as an application makes them: to a host name, by way of its sidecar's HTTP proxy port or of a gateway's listener.
import { Agent, request } from 'node:http';

const DEADLINE_MS = 10_000;
const AT_A_TIME = 8;

/** How the calls go: through an HTTP proxy (the request line holds the whole URL) or straight to a gateway. */
export interface Route {
  readonly kind: 'proxy' | 'gateway';
  readonly port: number;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One GET of `http://host/`. Rejects where no HTTP answer came. */
export function call(route: Route, host: string, agent?: Agent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const path = route.kind === 'proxy' ? `http://${host}/` : '/';
    const sent = request(
      { host: '127.0.0.1', port: route.port, path, headers: { host }, timeout: DEADLINE_MS, ...(agent && { agent }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer from ${host} within ${DEADLINE_MS} ms`)));
    sent.on('error', reject);
    sent.end();
  });
}

/** Makes `count` calls and counts the answers: the body of a 200, else `status NNN`. */
export async function countAnswers(route: Route, host: string, count: number): Promise<ReadonlyMap<string, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  const counts = new Map<string, number>();
  try {
    const one = async () => {
      const { status, body } = await call(route, host, agent);
      const answer = status === 200 ? body : `status ${status}`;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    };
    for (let left = count; left > 0; left -= AT_A_TIME)
      await Promise.all(Array.from({ length: Math.min(left, AT_A_TIME) }, one));
  } finally {
    agent.destroy();
  }
  return counts;
}
