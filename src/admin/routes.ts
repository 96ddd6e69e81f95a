// SPDX-License-Identifier: Apache-2.0
// Every page of the admin port, once: the server mounts this table, and the index pages are made from it. What can be
// changed stands in write-routes.ts.
import { compileGlobs } from '../lib/globs.ts';
import { listText, manifestText } from '../lib/plain.ts';
import type { ListedChange } from './index-page.ts';
import { pageRoutes } from './page-routes.ts';
import { dataReply, type Reply, textReply } from './reply.ts';
import type { Query, Route } from './route.ts';
import type { AdminViews, MetricsView, Readiness } from './views.ts';

/** `changes`: what can be changed beside, for the index. */
export function createRoutes(
  views: AdminViews,
  metrics: MetricsView,
  now: () => number,
  changes: readonly ListedChange[],
): readonly Route[] {
  const routes: readonly Route[] = [
    ...pageRoutes(views, now, () => routes, changes),
    {
      path: '/livez',
      sentence: 'whether the process is alive',
      parameters: [],
      anyHost: true,
      reply: () => textReply('ok\n'),
    },
    {
      path: '/readyz',
      sentence: 'whether istiod can be answered, and what is missing',
      parameters: [],
      anyHost: true,
      reply: () => readyReply(views.readiness()),
    },
    {
      path: '/metrics',
      sentence: 'metrics in the Prometheus text format',
      parameters: [],
      anyHost: true,
      reply: async () => ({ status: 200, contentType: metrics.contentType, body: await metrics.expose() }),
    },
    {
      path: '/debug/config',
      sentence: 'the effective configuration, secrets masked',
      parameters: [],
      reply: () => textReply(views.config()),
    },
    {
      path: '/debug/registry',
      sentence:
        'every registry and its state; with `registry`, what it lists, as decoded; `service` is a name or a glob',
      parameters: ['registry', 'service', 'format'],
      reply: (query) => registryReply(views, query),
    },
    {
      path: '/debug/services',
      sentence: 'every service with its host, virtual IPs, state, instances and problems; `name` is a name or a glob',
      parameters: ['registry', 'name', 'format'],
      reply: ({ get, format }) => {
        const isAsked = both(nameFilter(get('registry')), nameFilter(get('name')));
        return dataReply(
          listText(
            filtered(views.services(), ({ registry, name }) => isAsked(registry, name)),
            format,
          ),
          format,
        );
      },
    },
    {
      path: '/debug/snapshot',
      sentence: 'what istiod is served, as objects that kubectl accepts; `type` and `name` are names or globs',
      parameters: ['type', 'name', 'format'],
      format: 'yaml',
      reply: ({ get, format }) => {
        const isAsked = both(kindFilter(get('type')), resourceNameFilter(get('name')));
        const asked = filtered(views.resources(), ({ kind, name }) => isAsked(kind, name));
        return dataReply(
          manifestText(
            mapped(asked, ({ manifest }) => manifest()),
            format,
          ),
          format,
        );
      },
    },
    {
      path: '/debug/clients',
      sentence: 'who is connected, since when, and what each was sent and has acknowledged',
      parameters: ['format'],
      reply: ({ format }) => dataReply(listText(views.clients(), format), format),
    },
    {
      path: '/debug/refusals',
      sentence: 'what clients could not read, or had refused when they left, in the last ten minutes, with what helps',
      parameters: ['format'],
      reply: ({ format }) => dataReply(listText(views.overview().refusals, format), format),
    },
    {
      path: '/debug/holds',
      sentence:
        'what is held although its registry no longer lists it, each hold with its name and the time of its end',
      parameters: ['format'],
      reply: ({ format }) => dataReply(listText(views.overview().holds, format), format),
    },
    {
      path: '/debug/freezes',
      sentence: 'what a person wants to stay as it is, each freeze with its name, its reason and the time of its end',
      parameters: ['format'],
      reply: ({ format }) => dataReply(listText(views.overview().freezes, format), format),
    },
    {
      path: '/debug/explain',
      sentence:
        'the way of one service through every stage, to the clients that acknowledged it; `name` is a service, a host, an instance, an address or a URL',
      parameters: ['name', 'format'],
      reply: ({ get, format }) => {
        const name = get('name');
        if (name === undefined)
          return textReply('`name` is missing: a service, a host, a virtual IP, an instance or its address\n', 400);
        return dataReply(listText(views.explain(name), format), format);
      },
    },
    {
      path: '/debug/events',
      sentence: 'the last 200 changes, newest first',
      parameters: ['format'],
      reply: ({ format }) => dataReply(listText(views.events(), format), format),
    },
  ];
  return routes;
}

/** 503 names what is missing; registries are told of, but do not count. */
function readyReply({ conditions, information }: Readiness): Reply {
  const isReady = conditions.every(({ isMet }) => isMet);
  const lines = [
    isReady ? 'ready' : 'not ready',
    ...conditions.map(({ name, isMet }) => `${isMet ? 'ok     ' : 'missing'} ${name}`),
    ...information.map((sentence) => `info    ${sentence}`),
  ];
  return textReply(`${lines.join('\n')}\n`, isReady ? 200 : 503);
}

function registryReply(views: AdminViews, { get, format }: Query): Reply {
  const registries = views.registries();
  const asked = get('registry');
  if (asked === undefined) {
    if (get('service') !== undefined) return textReply('`service` needs `registry` beside it\n', 400);
    return dataReply(listText(registries, format), format);
  }
  if (!registries.some(({ name }) => name === asked)) {
    return textReply(
      `there is no such registry; configured are: ${registries.map(({ name }) => name).join(', ')}\n`,
      404,
    );
  }
  const isAsked = nameFilter(get('service'));
  return dataReply(
    listText(
      filtered(views.listed(asked), ({ name }) => isAsked(name)),
      format,
    ),
    format,
  );
}

type Filter = (text: string) => boolean;

function nameFilter(pattern: string | undefined): Filter {
  return pattern === undefined ? () => true : compileGlobs([pattern]);
}

/** `ServiceEntry` is enough for `networking.istio.io/ServiceEntry`. */
function kindFilter(pattern: string | undefined): Filter {
  return pattern === undefined ? () => true : compileGlobs([pattern, `*/${pattern}`]);
}

/** With or without the namespace. */
function resourceNameFilter(pattern: string | undefined): Filter {
  return pattern === undefined ? () => true : compileGlobs([pattern, `*/${pattern}`]);
}

function both(first: Filter, second: Filter): (a: string, b: string) => boolean {
  return (a, b) => first(a) && second(b);
}

function* filtered<T>(items: Iterable<T>, isAsked: (item: T) => boolean): Iterable<T> {
  for (const item of items) if (isAsked(item)) yield item;
}

function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Iterable<U> {
  for (const item of items) yield change(item);
}
