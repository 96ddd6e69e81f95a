// SPDX-License-Identifier: Apache-2.0
// The routes that answer in HTML, for people, and what those pages load: a part of the table in routes.ts.
import { changesPage } from './changes.ts';
import { ICON } from './icon.ts';
import { indexPage, type ListedChange } from './index-page.ts';
import type { Site } from './page.ts';
import { PAGE_SCRIPT } from './page-script.gen.ts';
import { htmlReply, type Reply } from './reply.ts';
import type { Route } from './route.ts';
import { LIST_PARAMETERS, readListQuery } from './service-list.ts';
import { lookUpPage, servicePage } from './service-page.ts';
import { statusPage } from './status-page.ts';
import { STYLE } from './style.ts';
import type { AdminViews } from './views.ts';

/** `all`: the whole table, which every page links to. `changes`: what can be changed, for the index. */
export function pageRoutes(
  views: AdminViews,
  now: () => number,
  all: () => readonly Route[],
  changes: readonly ListedChange[],
): readonly Route[] {
  const site = (): Site => {
    const { namespace, instance, replica, startedAtMs } = views.overview();
    return { owner: `${namespace}/${instance}`, replica, startedAtMs, nowMs: now(), pages: all() };
  };
  const index = () => htmlReply(indexPage(site(), changes));
  return [
    {
      path: '/',
      sentence: 'the status page: state, registries, services, clients, problems, changes',
      parameters: LIST_PARAMETERS,
      reply: async ({ get }) => htmlReply(await statusPage(views, readListQuery(get), site())),
    },
    {
      path: '/service',
      sentence: 'one service and its way through every stage; `name` is its name, host, instance or address',
      parameters: ['registry', 'name'],
      reply({ get }) {
        const name = get('name');
        if (name === undefined) return htmlReply(lookUpPage(site()));
        const { isFound, pieces } = servicePage(views, { name, registry: get('registry') }, site());
        return htmlReply(pieces, isFound ? 200 : 404);
      },
    },
    {
      path: '/changes',
      sentence: 'the last 200 changes, newest first',
      parameters: [],
      reply: () => htmlReply(changesPage(site(), views.events())),
    },
    { path: '/debug', parameters: [], reply: index },
    { path: '/debug/', parameters: [], reply: index },
    { path: '/style.css', parameters: [], reply: () => asset('text/css', STYLE) },
    { path: '/page.js', parameters: [], reply: () => asset('text/javascript', PAGE_SCRIPT) },
    { path: '/icon.svg', parameters: [], reply: () => asset('image/svg+xml', ICON) },
  ];
}

function asset(type: string, body: string): Reply {
  return { status: 200, contentType: `${type}; charset=utf-8`, body };
}
