import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keyed } from '../../../src/admin/changes.ts';
import { clientName, clientState, clientsSection } from '../../../src/admin/clients-section.ts';
import type { Explanation } from '../../../src/admin/explanation.ts';
import { textOf } from '../../../src/admin/markup.ts';
import { registriesSection } from '../../../src/admin/registries-section.ts';
import { readListQuery } from '../../../src/admin/service-list.ts';
import { servicePage } from '../../../src/admin/service-page.ts';
import { statusPage } from '../../../src/admin/status-page.ts';
import type { RegistryView } from '../../../src/admin/views.ts';
import { fakeClient, fakeRow, fakeViews, NOW_MS } from '../../fakes/fake-views.ts';

const SITE = { owner: 'shop/main', replica: 'footbridge-7c9-x2x', startedAtMs: 7, nowMs: NOW_MS, pages: [] };

describe('a change in a list', () => {
  const change = (text: string, atMs = NOW_MS) => ({ atMs, kind: 'client', registry: '', service: '', text });
  const keys = (events: Parameters<typeof keyed>[0]) => keyed(events).map(({ key }) => key);

  test('has a key of its own that stays when newer ones come, also in the same millisecond', () => {
    const former = keys([change('b'), change('a'), change('z', 5)]);
    assert.equal(new Set(former).size, 3);
    assert.deepEqual(keys([change('d'), change('c'), change('b'), change('a'), change('z', 5)]).slice(2), former);
  });
});

describe('a client in a word', () => {
  for (const [expected, type] of [
    ['up to date', {}],
    ['behind by 12 s', { lagMs: 12_000, state: 'inFlight' }],
    ['held', { state: 'held', lagMs: 5 }],
    ['being told', { state: 'inFlight' }],
    ['being told', { state: 'owed' }],
    ['refused', { nacked: { version: 'v', message: 'no', atMs: NOW_MS } }],
  ] as const) {
    test(`is ${expected} for ${JSON.stringify(type)}`, () =>
      assert.equal(clientState(fakeClient({}, type)).word, expected));
  }

  test('says so when it asks for nothing', () => {
    assert.equal(clientState(fakeClient({ types: [] })).word, 'asks for nothing');
  });

  test('says by which port it came where there are two, so that the one in plaintext can go one day', () => {
    const clients = [fakeClient({ isEncrypted: true }), fakeClient({ streamId: '2', peer: '10.0.0.8:1' })];
    const access = { tls: undefined, accessList: undefined, refused: [] };
    const overTls = { ...access, tls: { isMutual: false, names: ['b.example'], untilMs: NOW_MS + 1 } };
    const shown = textOf(clientsSection(clients, overTls, NOW_MS));
    assert.match(shown, /10\.0\.0\.9:1 · TLS · .*10\.0\.0\.8:1 · in plaintext · /s);
    assert.doesNotMatch(textOf(clientsSection(clients, access, NOW_MS)), /· in plaintext/);
  });

  test('is named by its pod, else by what it says, else by where it is', () => {
    const nodeId = 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local';
    assert.equal(clientName({ nodeId, peer: 'p' }), 'istiod-0.istio-system');
    assert.equal(clientName({ nodeId: 'somebody', peer: 'p' }), 'somebody');
    assert.equal(clientName({ nodeId: undefined, peer: 'p' }), 'p');
  });
});

describe('a registry on the page', () => {
  const [stale] = fakeViews().registries();
  const shown = (replaced: object) => {
    assert.ok(stale !== undefined);
    return textOf(registriesSection([{ ...stale, ...replaced }], NOW_MS));
  };

  test('says that its scope matches nothing only where there is something to match', () => {
    assert.match(
      shown({ matched: { services: 0, ofServices: 9 } }),
      /0 of 9 <b class="word bad">scope matches nothing/,
    );
    assert.doesNotMatch(shown({ matched: { services: 0, ofServices: 0 } }), /matches nothing/);
    assert.doesNotMatch(shown({ matched: { services: 1, ofServices: 9 } }), /matches nothing/);
  });

  test('shows its last error in full while it is not live, and drift with its age', () => {
    const message = 'x'.repeat(2000);
    assert.ok(shown({ lastError: { code: 'E', message, atMs: NOW_MS } }).includes(message));
    assert.doesNotMatch(shown({ state: 'live' }), /EUREKA_TIMEOUT/);
    assert.match(shown({ drift: { places: 3, atMs: NOW_MS - 5000 } }), /3 changes unannounced, last .*5 s ago/);
  });
});

describe('the session of a registry on the page', () => {
  const [stale] = fakeViews().registries();
  const shown = (session: RegistryView['session']) => {
    assert.ok(stale !== undefined);
    return textOf(registriesSection([{ ...stale, session }], NOW_MS));
  };

  for (const [state, tone] of [
    ['connected', 'good'],
    ['reconnected', 'good'],
    ['suspended', 'warn'],
    ['lost', 'bad'],
  ] as const) {
    test(`is ${state} in the colour of ${tone}, beside the state of the registry`, () => {
      const row = shown({ state, sinceMs: NOW_MS, watches: 1 });
      assert.match(row, new RegExp(`stale</b>.*session</span> <b class="word ${tone}">${state}</b>`));
    });
  }

  test('is not spoken of where there is none', () => assert.doesNotMatch(shown(undefined), /session/));
});

describe('the status page', () => {
  const made = async (address: string, views = fakeViews()) => {
    const parameters = new URLSearchParams(address);
    const query = readListQuery((name) => parameters.get(name) || undefined);
    return [...(await statusPage(views, query, SITE))];
  };

  test('comes in pieces, so that none of them holds the event loop', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => fakeRow({ name: `s${at}`, codes: ['NO_PORTS'] }));
    const pieces = await made('', fakeViews({ serviceRows: () => rows }));
    assert.ok(pieces.length > 100);
    assert.ok(Math.max(...pieces.map(({ length }) => length)) < 8000);
    assert.equal(pieces.join('').match(/<tr data-key="legacy\/s/g)?.length, 100);
  });

  test('puts no problem of what it does not show into words', async () => {
    let put = 0;
    const rows = Array.from({ length: 500 }, (_, at) =>
      fakeRow({
        name: `s${at}`,
        codes: ['NO_PORTS'],
        problems() {
          put++;
          return [];
        },
      }),
    );
    await made('', fakeViews({ serviceRows: () => rows }));
    assert.equal(put, 100);
  });

  test('says which replica answered, to people and to the script', async () => {
    const text = (await made('')).join('');
    assert.match(text, /<title>Live · Footbridge shop\/main · footbridge-7c9-x2x<\/title>/);
    assert.match(text, /<html [^>]*data-replica="footbridge-7c9-x2x" data-process="footbridge-7c9-x2x 7"/);
    assert.match(text, /<dt>Running<\/dt>.*on <b>footbridge-<wbr>7c9-<wbr>x2x<\/b>, version 1\.2\.3/);
  });

  test('shows everything of one moment, though it is made in several turns of the event loop', async () => {
    const asked: string[] = [];
    const { problems, events, clients, overview } = fakeViews();
    const noting =
      <T>(name: string, view: () => T) =>
      () => {
        asked.push(name);
        return view();
      };
    const making = statusPage(
      fakeViews({
        overview: noting('overview', overview),
        clients: noting('clients', clients),
        problems: noting('problems', problems),
        events: noting('events', events),
      }),
      readListQuery(() => undefined),
      SITE,
    );
    const atOnce = [...asked];
    assert.deepEqual(atOnce.toSorted(), ['clients', 'events', 'overview', 'problems']);
    assert.notEqual([...(await making)].length, 0);
    assert.deepEqual(asked, atOnce);
  });

  test('keeps filter, state, problem and order in every link of the list', async () => {
    const rows = Array.from({ length: 250 }, (_, at) => fakeRow({ name: `s${at}`, codes: ['NO_PORTS'] }));
    const text = (
      await made('filter=s&state=problems&problem=NO_PORTS&page=2', fakeViews({ serviceRows: () => rows }))
    ).join('');
    const kept = '/?filter=s&amp;state=problems&amp;problem=NO_PORTS';
    for (const link of [
      `${kept}#services" rel="prev"`,
      `${kept}&amp;page=3#services" rel="next"`,
      `${kept}&amp;sort=name#services`,
    ])
      assert.ok(text.includes(link), link);
    assert.match(text, /<option value="problems" selected>/);
    assert.match(text, /Only with <code>NO_PORTS<\/code>, <a href="\/\?filter=s&amp;state=problems#services">/);
  });

  test('names the registry of a service where there is more than one, and shows below a registry what is about no service', async () => {
    const registries = () =>
      fakeViews()
        .registries()
        .flatMap((one) => [one, { ...one, name: 'other' }]);
    const first = [{ code: 'PATH_UNREADABLE', instance: '', sentence: 'Path `/a` cannot be read.' }];
    const own = () => registries().map((one) => ({ ...one, own: { count: 25, losses: 0, first } }));
    assert.match((await made('', fakeViews({ registries }))).join(''), /ORDERS<\/a> <span class="soft">legacy/);
    const text = (await made('', fakeViews({ registries: own }))).join('');
    assert.match(
      text,
      /25 problems of registry legacy itself.*PATH_<wbr>UNREADABLE.*Path <code>\/a<\/code>.*and 24 more/s,
    );
  });
});

describe('the page of a service', () => {
  const found = (registry: string, service: string): Explanation => ({
    kind: 'service',
    registry,
    service,
    matchedBy: 'name',
    outcome: 'in-mesh',
    sentence: `All of ${service} in ${registry}.`,
    stages: [],
  });
  const page = (answers: readonly Explanation[], registry?: string) =>
    servicePage(fakeViews({ explain: () => answers }), { name: 'orders', registry }, SITE);
  const shown = (answers: readonly Explanation[], registry?: string) => [...page(answers, registry).pieces].join('');

  test('shows every service of the name, or the one that was asked for', () => {
    const answers = [found('a', 'orders'), found('b', 'orders'), found('b', 'ORDERS')];
    assert.equal(shown(answers).match(/All of/g)?.length, 3);
    assert.equal(shown(answers, 'b').match(/All of orders in b/g)?.length, 1);
    assert.equal(shown(answers, 'b').match(/All of/g)?.length, 1);
  });

  test('is found where it tells of a service, else not, so that its status can say so', () => {
    assert.equal(page([found('a', 'orders')]).isFound, true);
    assert.equal(page([found('a', 'ORDERS'), found('b', 'orders')], 'b').isFound, true);
    assert.equal(page([found('a', 'orders')], 'b').isFound, false);
    const nothing = { kind: 'not-found', asked: 'x', sentence: 'No.', nearest: [], registries: [] } as const;
    assert.equal(page([nothing]).isFound, false);
  });

  test('leads to its own JSON, also where another registry has one of that name', () => {
    assert.match(shown([found('b', 'orders')]), /href="\/debug\/explain\?name=b%2Forders"/);
  });

  test('offers what there is where the registry has none of exactly that name', () => {
    assert.match(
      shown([found('b', 'ORDERS')], 'a'),
      /Registry a has no service of that name.*registry=b&amp;name=ORDERS/s,
    );
  });
});
