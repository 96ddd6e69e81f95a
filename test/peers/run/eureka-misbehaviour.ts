// What a Eureka server, or whatever stands before it, may answer instead of its list, and what the bridge must say of it.
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ReadFailureCode } from '../../../src/registry/eureka/read-failure.ts';
import type { Misbehaviour, TrueAnswer } from './fault-proxy.ts';

export interface EurekaFault {
  /** Completes "A Eureka server that …". */
  readonly name: string;
  readonly misbehave: Misbehaviour;
  readonly seen: Seen;
}

/** How the operator is told: the last error of the registry, or a hold. */
export type Seen =
  | { readonly kind: 'error'; readonly code: ReadFailureCode }
  | { readonly kind: 'hold'; readonly reason: 'everything-gone' | 'many-gone' };

const JSON_TYPE = { 'content-type': 'application/json' };
/** Above the largest answer that the bridge of these tests takes (`maxBytes`). */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
const PIECE_MS = 200;

export const EUREKA_FAULTS: readonly EurekaFault[] = [
  { name: 'resets every connection', misbehave: reset, seen: error('EUREKA_UNREACHABLE') },
  { name: 'takes requests and never answers', misbehave: () => {}, seen: error('EUREKA_TIMEOUT') },
  { name: 'answers a byte at a time', misbehave: byteByByte, seen: error('EUREKA_TIMEOUT') },
  { name: 'ends in the middle of its list', misbehave: half, seen: error('EUREKA_BROKEN_ANSWER') },
  { name: 'says that its list is longer than it is', misbehave: tooLong, seen: error('EUREKA_BROKEN_ANSWER') },
  { name: 'says that its list is shorter than it is', misbehave: tooShort, seen: error('EUREKA_NOT_JSON') },
  { name: 'answers garbage', misbehave: answering(200, 'ÿþ{[}', JSON_TYPE), seen: error('EUREKA_NOT_JSON') },
  { name: 'answers 200 with a page', misbehave: page(200), seen: error('EUREKA_NOT_JSON') },
  { name: 'answers an empty body', misbehave: answering(200, '', JSON_TYPE), seen: error('EUREKA_NOT_JSON') },
  {
    name: 'answers other JSON',
    misbehave: answering(200, '{"status": "UP"}', JSON_TYPE),
    seen: error('EUREKA_NOT_A_REGISTRY'),
  },
  { name: 'answers a gzip bomb', misbehave: bomb, seen: error('EUREKA_TOO_LARGE') },
  { name: 'answers 500', misbehave: page(500), seen: error('EUREKA_SERVER_ERROR') },
  { name: 'answers 503', misbehave: page(503), seen: error('EUREKA_SERVER_ERROR') },
  { name: 'answers 429', misbehave: page(429), seen: error('EUREKA_SERVER_ERROR') },
  { name: 'answers 401', misbehave: page(401), seen: error('EUREKA_UNAUTHORIZED') },
  { name: 'answers 403', misbehave: page(403), seen: error('EUREKA_FORBIDDEN') },
  { name: 'answers 404', misbehave: page(404), seen: error('EUREKA_NOT_FOUND') },
  { name: 'answers 302', misbehave: redirect, seen: error('EUREKA_REDIRECTED') },
  { name: 'answers an empty list', misbehave: listing(() => []), seen: hold('everything-gone') },
  { name: 'lists the applications of another cluster', misbehave: listing(renamed), seen: hold('everything-gone') },
  {
    name: 'lacks half of the applications',
    misbehave: listing((all) => all.slice(all.length / 2)),
    seen: hold('many-gone'),
  },
  { name: 'lists applications without their instances', misbehave: listing(emptied), seen: hold('everything-gone') },
];

function error(code: ReadFailureCode): Seen {
  return { kind: 'error', code };
}

function hold(reason: 'everything-gone' | 'many-gone'): Seen {
  return { kind: 'hold', reason };
}

function answering(status: number, body: string, headers: Readonly<Record<string, string>>): Misbehaviour {
  return (outgoing) => void outgoing.writeHead(status, headers).end(body);
}

function page(status: number): Misbehaviour {
  const headers = { 'content-type': 'text/html', 'retry-after': '1' };
  return answering(status, `<html><h1>${status}</h1></html>`, headers);
}

function redirect(outgoing: ServerResponse): void {
  outgoing.writeHead(302, { location: 'http://127.0.0.1:1/eureka/apps' }).end();
}

function reset(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

function bomb(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB);
}

function half(outgoing: ServerResponse, ask: () => Promise<TrueAnswer>): void {
  withBody(outgoing, ask, (body) => {
    outgoing.writeHead(200, { ...JSON_TYPE, 'content-length': body.length });
    outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy());
  });
}

function tooLong(outgoing: ServerResponse, ask: () => Promise<TrueAnswer>): void {
  withBody(outgoing, ask, (body) => {
    outgoing.writeHead(200, { ...JSON_TYPE, 'content-length': body.length + 100 });
    outgoing.write(body, () => outgoing.destroy());
  });
}

function tooShort(outgoing: ServerResponse, ask: () => Promise<TrueAnswer>): void {
  withBody(outgoing, ask, (body) => {
    const cut = body.subarray(0, body.length - 100);
    outgoing.writeHead(200, { ...JSON_TYPE, 'content-length': cut.length }).end(cut);
  });
}

function byteByByte(outgoing: ServerResponse, ask: () => Promise<TrueAnswer>): void {
  withBody(outgoing, ask, async (body) => {
    outgoing.writeHead(200, JSON_TYPE);
    for (const byte of body) {
      if (outgoing.destroyed) return;
      outgoing.write(Buffer.of(byte));
      await pause(PIECE_MS);
    }
  });
}

function withBody(
  outgoing: ServerResponse,
  ask: () => Promise<TrueAnswer>,
  answer: (body: Buffer) => void | Promise<void>,
): void {
  ask()
    .then(({ body }) => answer(Buffer.from(body)))
    .catch(() => outgoing.destroy());
}

/** Applications in the form of `/apps`, as far as they are changed here. */
interface Application {
  readonly name: string;
  readonly instance: readonly { readonly app: string }[];
}

function listing(change: (applications: readonly Application[]) => readonly Application[]): Misbehaviour {
  return (outgoing, ask) =>
    withBody(outgoing, ask, (body) => {
      const { applications } = JSON.parse(String(body)) as { applications: { application: readonly Application[] } };
      const application = change(applications.application);
      const count = application.reduce((sum, { instance }) => sum + instance.length, 0);
      const changed = { ...applications, apps__hashcode: count === 0 ? '' : `UP_${count}_`, application };
      outgoing.writeHead(200, JSON_TYPE).end(JSON.stringify({ applications: changed }));
    });
}

function renamed(applications: readonly Application[]): readonly Application[] {
  return applications.map(({ name, instance }) => ({
    name: `OTHER-${name}`,
    instance: instance.map((one) => ({ ...one, app: `OTHER-${one.app}` })),
  }));
}

function emptied(applications: readonly Application[]): readonly Application[] {
  return applications.map(({ name }) => ({ name, instance: [] }));
}
