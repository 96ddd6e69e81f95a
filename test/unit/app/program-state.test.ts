import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AdminViews } from '../../../src/admin/views.ts';
import { createAdminViews, type Phase } from '../../../src/app/admin-views.ts';
import { metricSources, type ProgramState } from '../../../src/app/figures.ts';
import { createObservation } from '../../../src/app/observation.ts';
import { pipelineOptions } from '../../../src/app/options.ts';
import { createTurnStages } from '../../../src/app/turn.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { Events } from '../../../src/observe/events.ts';
import { createLog } from '../../../src/observe/log.ts';
import { refusal } from '../../../src/persist/refusal.ts';
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../../src/registry/file/decode.ts';
import { NOTHING_OUTSIDE } from '../../../src/registry/outside.ts';
import type { Reading, Slice } from '../../../src/registry/registry.ts';
import type { RegistrySession } from '../../../src/registry/session.ts';
import { createSnapshot } from '../../../src/snapshot/snapshot.ts';
import { SETTLED_CLIENT, SETTLED_TYPE } from '../../fakes/client-views.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const CONFIG = `namespace: shop
instance: test
registries: { file: { kind: file, path: /registry.yaml } }
yieldHosts: [hand-written.shop.file]
owner: { team: checkout }
`;

const REGISTRY = `services:
  - { name: orders, instances: [{ id: a, address: 10.0.0.1, port: 80 }, { id: b, address: 10.0.0.2, port: 80, status: down }] }
  - { name: ORDERS, instances: [{ id: c, address: 10.0.0.3, port: 80 }] }
  - { name: hand-written, instances: [{ id: d, address: 10.0.0.4, port: 80 }] }
  - { name: unreadable, instances: [{ id: e }] }
`;

const without = (service: string): string =>
  REGISTRY.split('\n')
    .filter((line) => !line.includes(`name: ${service},`))
    .join('\n');

const ASLEEP_AND_NAMELESS = `services:
  - { name: asleep, instances: [{ id: f, address: 10.0.0.5, port: 80, status: down }] }
  - { instances: [{ id: nameless, address: 10.0.0.6, port: 80 }] }
`;

const EMPTY = 'services: []';
const ONLY_ONE = 'services: [{ name: other, instances: [{ id: x, address: 10.0.0.9, port: 80 }] }]';

function loaded() {
  const result = loadConfig({ file: { path: 'test', text: CONFIG }, env: {}, flags: {} });
  if (result.kind === 'invalid') throw new Error(JSON.stringify(result.problems));
  return result;
}

function content(text: string, readAtMs: number) {
  const decoded = decodeFile(text, { registry: 'file', isSecret: compileSecrets([]) });
  if (decoded.kind === 'unreadable') throw new Error(decoded.message);
  return { services: decoded.services, problems: decoded.problems, readAtMs };
}

function sliceOf(reading: Reading): Slice {
  const services = reading.kind === 'waiting' ? 0 : reading.content.services.size;
  return { registry: 'file', kind: 'file', reading, scopeRevision: 0, matched: { services, ofServices: services } };
}

/** A program whose registry said these things, one turn for each. */
function programAfter(...readings: readonly (readonly [atMs: number, reading: Reading])[]) {
  return programWith(undefined, ...readings);
}

function programWith(
  session: RegistrySession | undefined,
  ...readings: readonly (readonly [atMs: number, reading: Reading])[]
) {
  const { config, settings } = loaded();
  const stages = createTurnStages(pipelineOptions(config));
  const turns = readings.map(([atMs, reading]) => stages.run([sliceOf(reading)], atMs));
  const turn = turns.at(-1);
  const about = { serial: 1, complete: turn?.guarded.complete ?? false, createdAtMs: 5 };
  const snapshot = createSnapshot(turn?.resources ?? [], about);
  const state: ProgramState = {
    slices: () => turn?.slices ?? [],
    lastTurn: () => turn,
    snapshot: () => snapshot,
    publishedAtMs: () => (turn === undefined ? undefined : 6),
    clients: () => [
      SETTLED_CLIENT,
      { ...SETTLED_CLIENT, streamId: '2', types: [{ ...SETTLED_TYPE, lagMs: 9, isOverdue: true }] },
      { ...SETTLED_CLIENT, streamId: '3', nodeId: 'footbridge-watch' },
      { ...SETTLED_CLIENT, streamId: '4', nodeId: 'asks-for-nothing', types: [] },
      {
        ...SETTLED_CLIENT,
        streamId: '5',
        nodeId: 'asks-for-others',
        types: [{ ...SETTLED_TYPE, kind: 'networking.istio.io/Sidecar' }],
      },
    ],
    access: () => ({ tls: undefined, accessList: undefined, refused: [] }),
    refusals: () => [],
    isReloadRefused: () => false,
    saved: () => undefined,
    notRestored: () => [STALE_STATE, STALE_STATE],
    seeding: () => 'given',
    outside: () => NOTHING_OUTSIDE,
    session: () => session,
    servedSince: () => ({ serial: 1, atMs: 5 }),
  };
  const clock = new FakeClock();
  let phase: Phase = 'ready';
  const enter = (next: Phase) => {
    phase = next;
  };
  const views = createAdminViews(state, {
    config: () => config,
    settings: () => settings,
    phase: () => phase,
    replica: 'footbridge-0',
    startedAtMs: 1,
    now: () => 30,
    events: new Events(clock),
    drift: () => undefined,
  });
  return { state, views, sources: metricSources(state), turns, clock, config, enter };
}

const LIVE = (text: string, readAtMs: number): Reading => ({ kind: 'live', content: content(text, readAtMs) });
const STALE_STATE = refusal('STATE_TOO_OLD', 'read 2 days ago', 'file');
const LAST_ERROR = { code: 'FILE_MISSING', message: 'The file is not there.', atMs: 20 };

describe('the figures', () => {
  test('tell what this process began with, also where no state file is kept', () => {
    const { sources, views } = programAfter();
    const nothingWritten = { writtenAtMs: undefined, isFailing: false };
    assert.deepEqual(sources.saved(), { ...nothingWritten, refused: ['STATE_TOO_OLD'], seeding: 'given' });
    assert.equal(views.overview().notRestored[0]?.sentence, STALE_STATE.sentence);
  });

  test('count what is served, left alone and refused, with every problem by its code', () => {
    const { sources } = programAfter([10, LIVE(REGISTRY, 10)]);
    const { services, instancesServed, problems } = sources.conversion();
    assert.deepEqual(services, { served: 1, empty: 0, skipped: 1, refused: 2 });
    assert.equal(instancesServed, 1);
    assert.equal(problems.get('HOST_TAKEN'), 1);
    assert.equal(problems.get('HOST_YIELDED'), 1);
    assert.equal(problems.get('INSTANCE_MALFORMED'), 1);
  });

  test('count a service without any endpoint as empty, and a record that names no service as none', () => {
    const { sources, views } = programAfter([10, LIVE(ASLEEP_AND_NAMELESS, 10)]);
    assert.deepEqual(sources.conversion().services, { served: 0, empty: 1, skipped: 0, refused: 0 });
    assert.deepEqual(
      views.serviceRows().map(({ name, state }) => [name, state]),
      [['asleep', 'empty']],
    );
    const own = views.registries()[0]?.own;
    assert.deepEqual([own?.count, own?.losses, own?.first[0]?.code], [1, 1, 'SERVICE_MALFORMED']);
  });

  test('count a name that is listed without any instance as skipped, unless its last instances are still kept', () => {
    const bare = `${ONLY_ONE.slice(0, -1)}, { name: gone, instances: [] }]`;
    const before = bare.replace('instances: []', 'instances: [{ id: y, address: 10.0.0.8, port: 80 }]');
    const states = ({ views }: ReturnType<typeof programAfter>) =>
      views
        .serviceRows()
        .map(({ name, state, host, instances }) => [name, state, host === undefined, instances.length]);
    const never = programAfter([10, LIVE(bare, 10)]);
    assert.deepEqual(states(never), [
      ['other', 'served', false, 1],
      ['gone', 'skipped', true, 0],
    ]);
    assert.deepEqual(never.sources.conversion().services, { served: 1, empty: 0, skipped: 1, refused: 0 });
    const left = programAfter([10, LIVE(before, 10)], [20, LIVE(bare, 20)], [60_000, LIVE(bare, 60_000)]);
    assert.equal(states(left).find(([name]) => name === 'gone')?.[1], 'grace');
  });

  test('show instances by status, and when the registry was last read', () => {
    const [figures] = programAfter([10, LIVE(REGISTRY, 10)]).sources.registries();
    assert.deepEqual(figures?.instances, { up: 3, down: 1 });
    assert.equal(figures?.isUp, true);
    assert.equal(figures?.lastSuccessAtMs, 10);
  });

  for (const [state, readings] of [
    ['empty', [[10, { kind: 'waiting', sinceMs: 1, lastError: undefined }]]],
    ['live', [[10, LIVE(REGISTRY, 10)]]],
    ['stale', [[10, { kind: 'stale', content: content(REGISTRY, 10), sinceMs: 20, lastError: LAST_ERROR }]]],
    [
      'held',
      [
        [10, LIVE(REGISTRY, 10)],
        [20, LIVE(EMPTY, 20)],
      ],
    ],
  ] as const satisfies readonly (readonly [string, readonly (readonly [number, Reading])[]])[]) {
    test(`call the snapshot ${state}`, () => {
      assert.equal(programAfter(...readings).sources.snapshot().state, state);
    });
  }

  test('count what is held', () => {
    const { holds } = programAfter([10, LIVE(REGISTRY, 10)], [20, LIVE(EMPTY, 20)]).sources.guard();
    assert.deepEqual(
      holds.map(({ registry, reason, instances }) => ({ registry, reason, instances })),
      [{ registry: 'file', reason: 'everything-gone', instances: 4 }],
    );
  });

  test('tell a registry that lists much less from one that lists nothing', () => {
    const { sources, views } = programAfter([10, LIVE(REGISTRY, 10)], [20, LIVE(ONLY_ONE, 20)]);
    assert.deepEqual(
      sources.guard().holds.map(({ reason, instances }) => [reason, instances]),
      [['many-gone', 4]],
    );
    assert.equal(sources.snapshot().state, 'held');
    assert.match(
      sentencesOf(views).join(),
      /lists much less than it did.*4 instances of 3 services.*until a read after/,
    );
  });

  test('tell a first read that lists nothing from an empty registry', () => {
    const { sources, views } = programAfter([10, LIVE(EMPTY, 10)]);
    assert.deepEqual(
      sources.guard().holds.map(({ reason }) => reason),
      ['empty-first-read'],
    );
    assert.equal(sources.snapshot().state, 'held');
    assert.match(sentencesOf(views).join(), /listed nothing when it was first read/);
  });

  test('count a client as synced only when it asked for entries and has acknowledged what is current, and what is overdue', () => {
    assert.deepEqual(programAfter([10, LIVE(REGISTRY, 10)]).sources.clients(), {
      connected: { istiod: 2, other: 3 },
      byProtocol: { sotw: { istiod: 2, other: 3 } },
      synced: { istiod: 1, other: 1 },
      overdue: { istiod: 1, other: 0 },
    });
  });

  test('tell of the session of a registry that is read through one, and of no other', () => {
    const { sources } = programWith({ state: 'lost', sinceMs: 3, watches: 0 }, [10, LIVE(REGISTRY, 10)]);
    assert.deepEqual(sources.sessions(), [{ registry: 'file', state: 'lost', watches: 0 }]);
    assert.deepEqual(programAfter([10, LIVE(REGISTRY, 10)]).sources.sessions(), []);
  });

  test('are all zero, and do not fail, before anything was read', () => {
    const { sources } = programAfter();
    assert.deepEqual(sources.registries(), []);
    assert.deepEqual(sources.conversion().services, { served: 0, empty: 0, skipped: 0, refused: 0 });
    assert.equal(sources.snapshot().dataAtMs, undefined);
  });
});

describe('the views of the admin pages', () => {
  test('show the session of a registry that is read through one', () => {
    const session = { state: 'reconnected', sinceMs: 3, watches: 7 } as const;
    const [registry] = programWith(session, [10, LIVE(REGISTRY, 10)]).views.registries();
    assert.deepEqual(registry?.session, session);
    assert.equal(programAfter([10, LIVE(REGISTRY, 10)]).views.registries()[0]?.session, undefined);
  });

  test('show every service with its state, its host and its problems as sentences, also one of which nothing could be read', () => {
    const services = [...programAfter([10, LIVE(REGISTRY, 10)]).views.services()];
    const states = Object.fromEntries(services.map(({ name, state }) => [name, state]));
    assert.deepEqual(states, { orders: 'served', ORDERS: 'refused', 'hand-written': 'skipped', unreadable: 'refused' });
    const refused = services.find(({ name }) => name === 'ORDERS');
    assert.equal(refused?.problems[0]?.code, 'HOST_TAKEN');
    assert.match(refused?.problems[0]?.sentence ?? '', /already used.*Rename/s);
    assert.equal(services.find(({ name }) => name === 'orders')?.host, 'orders.shop.file');
  });

  test('list the same services in short, as the same array while nothing changed', () => {
    const { views } = programAfter([10, LIVE(REGISTRY, 10)]);
    const rows = views.serviceRows();
    assert.equal(views.serviceRows(), rows);
    assert.deepEqual(
      rows.map(({ name, state, codes }) => [name, state, ...codes]),
      [...views.services()].map(({ name, state, problems }) => [name, state, ...problems.map(({ code }) => code)]),
    );
    const orders = rows.find(({ name }) => name === 'orders');
    assert.deepEqual([orders?.host, orders?.ports[0]?.number, orders?.instances.length], ['orders.shop.file', 80, 2]);
    assert.match(rows.find(({ name }) => name === 'ORDERS')?.problems()[0]?.sentence ?? '', /already used.*Rename/s);
    assert.deepEqual(programAfter().views.serviceRows(), []);
  });

  for (const [state, what, next, atMs] of [
    ['held', 'everything left', EMPTY, 20],
    ['held', 'much left', ONLY_ONE, 20],
    ['served', 'it has just left', without('orders'), 20],
    ['grace', 'it left', without('orders'), 60_000],
  ] as const) {
    test(`call a service that is no longer listed ${state} where ${what}, which is why it is still there`, () => {
      const { views } = programAfter([10, LIVE(REGISTRY, 10)], [20, LIVE(next, 20)], [atMs, LIVE(next, atMs)]);
      assert.equal(views.serviceRows().find(({ name }) => name === 'orders')?.state, state);
      assert.equal([...views.services()].find(({ name }) => name === 'orders')?.state, state);
    });
  }

  test('call a refused service refused, also while the grace of its last instances runs', () => {
    const { views } = programAfter(
      [10, LIVE(REGISTRY, 10)],
      [20, LIVE(without('ORDERS'), 20)],
      [60_000, LIVE(without('ORDERS'), 60_000)],
    );
    assert.equal(views.serviceRows().find(({ name }) => name === 'ORDERS')?.state, 'refused');
  });

  test('call nothing refused because of what costs nothing', () => {
    const read = content(ONLY_ONE, 10);
    const skipped: Problem = {
      code: 'RECORDS_SKIPPED',
      registry: 'file',
      service: 'strange',
      instance: '',
      value: '3',
    };
    const reading: Reading = { kind: 'live', content: { ...read, problems: [...read.problems, skipped] } };
    const { views } = programAfter([10, reading]);
    assert.deepEqual(
      views.serviceRows().map(({ name, state }) => [name, state]),
      [
        ['other', 'served'],
        ['strange', 'skipped'],
      ],
    );
    assert.deepEqual(views.overview().services, { served: 1, empty: 0, skipped: 1, refused: 0 });
  });

  test('count problems by code, what costs most first, in words that fit all of them', () => {
    const counts = programAfter([10, LIVE(REGISTRY, 10)]).views.problems();
    assert.deepEqual(
      counts.map(({ code, count, loss }) => [code, count, loss]),
      [
        ['HOST_TAKEN', 1, 'service'],
        ['HOST_YIELDED', 1, 'service'],
        ['INSTANCE_MALFORMED', 1, 'instance'],
      ],
    );
    assert.match(counts[0]?.sentence ?? '', /^Host … is already used/);
    assert.match(counts[0]?.remedy ?? '', /^Rename/);
    assert.deepEqual(programAfter().views.problems(), []);
  });

  test('say what is held, in a sentence with a time', () => {
    const { views } = programAfter([10, LIVE(REGISTRY, 10)], [20, LIVE(EMPTY, 20)]);
    assert.match(
      sentencesOf(views).join(),
      /\(4 instances\) is held until a read after 1970-01-01 00:05:00 UTC confirms/,
    );
  });

  test('are ready whatever the registry does, and tell what it does', () => {
    const stale: Reading = { kind: 'stale', content: content(REGISTRY, 10), sinceMs: 20, lastError: LAST_ERROR };
    const { conditions, information } = programAfter([10, stale]).views.readiness();
    assert.ok(conditions.every(({ isMet }) => isMet));
    assert.match(information.join(), /last good content is served: The file is not there\./);
  });

  test('are not ready before the state file and the other replicas were asked', () => {
    const { views, enter } = programAfter();
    const unmet = () => views.readiness().conditions.flatMap(({ name, isMet }) => (isMet ? [] : [name]));
    enter('restoring');
    assert.deepEqual(unmet(), ['former state asked for']);
    enter('ready');
    assert.deepEqual(unmet(), []);
  });

  test('show resources as kubectl takes them', () => {
    const [resource] = programAfter([10, LIVE(REGISTRY, 10)]).views.resources();
    assert.ok(resource !== undefined);
    assert.equal(resource.name, 'shop/test.file.orders');
    assert.equal((resource.manifest() as { kind: string }).kind, 'ServiceEntry');
  });
});

describe('the observation', () => {
  function observed() {
    const program = programAfter([10, LIVE(REGISTRY, 10)], [20, LIVE(EMPTY, 20)], [30, LIVE(REGISTRY, 30)]);
    const lines: string[] = [];
    const observation = createObservation(() => program.config, program.sources, {
      clock: program.clock,
      createLog: (options) => createLog({ ...options, write: (line) => void lines.push(line) }),
    });
    return { ...program, observation, lines, events: () => observation.events.list().map(({ text }) => text) };
  }

  test('tells the beginning and the end of a hold once each, in the log and in the events', () => {
    const { observation, turns, lines, events } = observed();
    for (const turn of [...turns.slice(0, 2), ...turns.slice(1)]) observation.pipeline.onTurn(turn, 1);
    assert.equal(lines.filter((line) => line.includes('guard.held')).length, 1);
    assert.equal(lines.filter((line) => line.includes('guard.hold_ended')).length, 1);
    assert.equal(events().filter((text) => text.includes('lists nothing any more')).length, 1);
  });

  test('counts an acknowledgement as propagation only for a client that had asked when the change was seen', async () => {
    const { observation, clock } = observed();
    const client = { streamId: '1', protocol: 'sotw' as const, peer: 'p', nodeId: undefined };
    const ack = {
      topic: 't',
      version: 'v',
      pushedAtMs: clock.now(),
      answeredAtMs: clock.now(),
      askedAtMs: clock.now() - 500,
    };
    const count = async () =>
      /footbridge_propagation_seconds_count (\d+)/.exec(await observation.metrics.expose())?.[1];
    for (const agoMs of [1000, 500])
      observation.serve.acked(client, { ...ack, snapshotCreatedAtMs: clock.now() - agoMs });
    assert.equal(await count(), '0');
    observation.serve.acked(client, { ...ack, snapshotCreatedAtMs: clock.now() });
    assert.equal(await count(), '1');
  });

  test('counts every response that its client cannot read, and makes an event of the first in a minute', async () => {
    const { observation, events } = observed();
    const client = { streamId: '1', protocol: 'resource-source' as const, peer: 'p', nodeId: undefined };
    for (const isNews of [true, false])
      observation.serve.tooLarge(client, { topic: 'serviceentries', bytes: 5_000_000, limitBytes: 4_194_304, isNews });
    assert.match(
      await observation.metrics.expose(),
      /footbridge_pushes_too_large_total\{protocol="resource-source"\} 2/,
    );
    assert.deepEqual(
      events().filter((text) => text.includes('5000000')),
      ['p is sent 5000000 bytes of serviceentries, and reads 4194304 unless it is told otherwise'],
    );
  });

  test('counts and tells what an audit found changed without a word', async () => {
    const { observation, events } = observed();
    observation.onDrift('file', 3);
    assert.match(await observation.metrics.expose(), /footbridge_registry_drift_total\{registry="file"\} 3/);
    assert.deepEqual(events().at(-1), 'an audit found 3 changes that were not announced');
  });

  test('counts every line of the log by its level', async () => {
    const { observation } = observed();
    observation.log.warn('test.line');
    assert.match(await observation.metrics.expose(), /footbridge_log_messages_total\{level="warn"\} 1/);
  });
});

function sentencesOf(views: AdminViews): readonly string[] {
  return views.overview().holds.map(({ sentence }) => sentence);
}
