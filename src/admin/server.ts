// SPDX-License-Identifier: Apache-2.0
// The admin port over HTTP: mounts the tables of pages and of changes, with limits on everything a stranger can make it wait
// for or hold. What a page says is decided in routes.ts, what can be changed and by whom in write-routes.ts. It never answers istiod and never fails the process.
import { createServer, Server, type ServerResponse } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Clock } from '../lib/clock.ts';
import { NowAndThen } from '../lib/now-and-then.ts';
import type { Log } from '../observe/log.ts';
import type { AdminActions } from './actions.ts';
import { hostGuard } from './host-guard.ts';
import { createReplicaRoutes, type ReplicaViews, refusedReplica } from './replica-routes.ts';
import { type Reply, textReply, textStream } from './reply.ts';
import type { Query, Route } from './route.ts';
import { createRoutes } from './routes.ts';
import type { AdminViews, MetricsView } from './views.ts';
import { createWriteRoutes, refusedWriter, type WriteRoute } from './write-routes.ts';

export interface AdminOptions {
  readonly address: string;
  /** 0: any free one. */
  readonly port: number;
  /** See `hostGuard`. */
  readonly hostNames: readonly string[];
  /** Holds the token of those who may change something; undefined: nobody may. */
  readonly tokenFile: string | undefined;
}

export interface AdminDeps {
  readonly log: Log;
  readonly metrics: MetricsView;
  readonly clock: Clock;
  readonly actions: AdminActions;
  /** Default: nobody is taken for another replica of this bridge. */
  readonly replicas?: ReplicaViews;
}

export interface Admin {
  /** Rejects where the address cannot be bound, with the code of the system (`EADDRINUSE`). */
  listen(): Promise<{ readonly port: number }>;
  /** Ends all connections at once. Also where it never listened. */
  close(): Promise<void>;
}

const LIMITS = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 8192,
} as const;
/** People, scrapers and probes of a fleet need a tenth of it; whoever opens more does not do so to read. */
export const MOST_CONNECTIONS = 256;
const SILENCE_TIMEOUT_MS = 15_000;
/** However slowly a client reads: a page is sent by then, or cut. */
export const RESPONSE_DEADLINE_MS = 60_000;

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const REFUSALS_EVERY_MS = 1_000;

type AdminContext = Context<{ Bindings: HttpBindings }>;

export function createAdmin(options: AdminOptions, views: AdminViews, deps: AdminDeps): Admin {
  const { address, port } = options;
  const app = createApp(options, views, deps);
  // Without `overrideGlobalObjects: false` the library would replace Request and Response of the whole process.
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    createServer,
    serverOptions: LIMITS,
  });
  // A server of Node has no such property until it is set.
  if (server instanceof Server) server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(SILENCE_TIMEOUT_MS);
  server.on('request', (_request: unknown, response: ServerResponse) => cutLate(response, deps.clock));
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, () => {
          server.off('error', reject);
          server.on('error', (error: Error) => deps.log.error('admin.failed', { reason: error.message }));
          const bound = server.address();
          resolve({ port: typeof bound === 'object' && bound !== null ? bound.port : port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        // The only error is "was not running".
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function cutLate(response: ServerResponse, clock: Clock): void {
  const cancel = clock.after(RESPONSE_DEADLINE_MS, () => response.destroy());
  response.once('close', cancel);
}

function createApp(
  { hostNames, tokenFile }: AdminOptions,
  views: AdminViews,
  { log, metrics, clock, actions, replicas }: AdminDeps,
): Hono<{ Bindings: HttpBindings }> {
  const isOurs = hostGuard(hostNames);
  const app = new Hono<{ Bindings: HttpBindings }>();
  const writeRoutes = createWriteRoutes(actions);
  const withBody = new Map(
    writeRoutes.map(({ method, path, mostBodyBytes = 0 }) => [`${method} ${path}`, mostBodyBytes]),
  );
  app.use('*', async (context, next) => {
    const { method, path } = context.req;
    const refused = refusal(context, withBody.get(`${method} ${path}`) ?? 0);
    if (refused === undefined) return next();
    return send(context, refused, log);
  });
  for (const route of createRoutes(views, metrics, () => clock.now(), writeRoutes)) {
    app.get(route.path, async (context) => {
      const isMeant = route.anyHost === true || isOurs(context.req.header('host'));
      return send(context, isMeant ? await answer(route, context) : foreignHost(), log);
    });
  }
  for (const route of replicas === undefined ? [] : createReplicaRoutes(replicas)) {
    app.get(route.path, async (context) => {
      const refused = await refusedReplica(route.tokenFile, context.req.header('authorization'));
      return send(context, refused ?? route.reply(), log);
    });
  }
  const refusals = new NowAndThen(REFUSALS_EVERY_MS, clock);
  for (const route of writeRoutes) {
    app.on(route.method, route.path, async (context) => {
      const reply = isOurs(context.req.header('host')) ? await change(route, tokenFile, context) : foreignHost();
      const times = reply.status === 200 ? undefined : refusals.count();
      if (times !== undefined) log.warn('admin.change_refused', { path: route.path, status: reply.status, times });
      return send(context, reply, log);
    });
  }
  app.notFound((context) => {
    const isRead = READS.includes(context.req.method);
    return send(context, isRead ? textReply('no such page; /debug/ lists all pages\n', 404) : readOnly(), log);
  });
  app.onError((error, context) => {
    log.error('admin.page_failed', { path: context.req.path.slice(0, 200), reason: error.message });
    return send(context, textReply('this page failed; the log says why\n', 500), log);
  });
  return app;
}

const READS: readonly string[] = ['GET', 'HEAD'];

const WRITES: readonly string[] = ['POST', 'DELETE'];

/** Nothing takes a body of a length that is not told, or of another one than it needs. */
function refusal({ req }: AdminContext, mostBodyBytes: number): Reply | undefined {
  if (!READS.includes(req.method) && !WRITES.includes(req.method)) return readOnly();
  const length = Number(req.header('content-length') ?? 0);
  if (req.header('transfer-encoding') === undefined && length <= mostBodyBytes) return undefined;
  const most = mostBodyBytes === 0 ? 'no page takes a body' : `send at most ${mostBodyBytes} bytes, and say how many`;
  return textReply(`${most}\n`, 413);
}

function readOnly(): Reply {
  return textReply('this page is read-only; /debug/ lists what can be changed\n', 405);
}

/** The name is not repeated: whoever asks knows it, and whoever reads may be somebody else. */
function foreignHost(): Reply {
  const sentence =
    'this name is not one of this bridge: ask by IP address or localhost, or name it in `admin.hostNames` of the configuration';
  return textReply(`${sentence}\n`, 421);
}

async function change(route: WriteRoute, tokenFile: string | undefined, context: AdminContext): Promise<Reply> {
  const refused = await refusedWriter(tokenFile, context.req.header('authorization'));
  if (refused !== undefined) return refused;
  if (Object.keys(context.req.query()).length > 0) return textReply('a change takes no parameter\n', 400);
  const { remoteAddress = 'unknown' } = context.env.incoming.socket;
  const body = route.mostBodyBytes === undefined ? '' : await context.req.text();
  return route.act({ parts: context.req.param(), by: remoteAddress, body });
}

async function answer(route: Route, { req }: AdminContext): Promise<Reply> {
  const given = req.query();
  const unknown = Object.keys(given).find((name) => !route.parameters.includes(name));
  if (unknown !== undefined) {
    const known = route.parameters.length === 0 ? 'none' : route.parameters.join(', ');
    return textReply(`unknown parameter; ${route.path} takes: ${known}\n`, 400);
  }
  const format = given['format'] ?? route.format ?? 'json';
  if (format !== 'json' && format !== 'yaml') return textReply('`format` must be json or yaml\n', 400);
  const query: Query = { format, get: (name) => given[name] || undefined };
  return route.reply(query);
}

function send(context: AdminContext, { status, contentType, body }: Reply, log: Log): Response {
  const extra: Readonly<Record<string, string>> =
    status === 401
      ? { 'www-authenticate': 'Bearer' }
      : status === 405
        ? { allow: 'GET, HEAD' }
        : status === 413
          ? { connection: 'close' }
          : {};
  const headers = { ...HEADERS, 'content-type': contentType, ...extra };
  if (typeof body === 'string') return new Response(body, { status, headers });
  const fail = (cause: unknown) => {
    log.error('admin.page_failed', { path: context.req.path, reason: String(cause) });
    context.env.outgoing.destroy();
  };
  return new Response(textStream(body, fail), { status, headers });
}
