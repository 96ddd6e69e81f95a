import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headline, notes, type Situation } from '../../../src/admin/headline.ts';
import type { RegistryView } from '../../../src/admin/views.ts';
import { fakeClient, fakeViews, NOW_MS } from '../../fakes/fake-views.ts';

const views = fakeViews();
const READY = { conditions: [{ name: 'not draining', isMet: true }], information: [] };
const [STALE] = views.registries();

function registry(replaced: Partial<RegistryView> = {}): RegistryView {
  assert.ok(STALE !== undefined);
  return { ...STALE, state: 'live', sinceMs: undefined, lastError: undefined, ...replaced };
}

function situation(state: string, registries = [registry()], held: readonly string[] = []): Situation {
  const overview = views.overview();
  return { overview: { ...overview, snapshot: { ...overview.snapshot, state }, held }, readiness: READY, registries };
}

const LAST_ERROR = { code: 'X', message: 'no', atMs: NOW_MS };

describe('the state in a word', () => {
  for (const [expected, given, why, remedy] of [
    ['Live', situation('live'), /^The registry is read well, and 2 services are served\.$/, undefined],
    ['Live', situation('live', [registry(), registry()]), /^All 2 registries are read well/, undefined],
    [
      'Stale',
      situation('stale', [registry(), registry({ name: 'zk', state: 'stale' })]),
      /^Registry zk is not readable/,
      /error stands/,
    ],
    [
      'Held',
      situation('held', [registry()], ['It is held until later.']),
      /^It is held until later\.$/,
      /If it is meant, wait/,
    ],
    ['Empty', situation('empty', [registry({ state: 'waiting' })]), /^Registry legacy is not read yet/, /^Wait/],
    [
      'Empty',
      situation('empty', [registry({ state: 'waiting', lastError: LAST_ERROR })]),
      /not read yet/,
      /error stands/,
    ],
    ['Empty', situation('empty', []), /^Nothing was published yet/, /^Wait/],
  ] as const) {
    test(`is ${expected}: ${why.source}`, () => {
      const said = headline(given);
      assert.equal(said.word, expected);
      assert.match(said.why.join(' '), why);
      if (remedy === undefined) assert.equal(said.remedy, undefined);
      else assert.match(said.remedy ?? '', remedy);
    });
  }

  test('counts as served what has an endpoint, and nothing that is empty', () => {
    const { overview, ...rest } = situation('live');
    const services = { served: 1, empty: 2, skipped: 3, refused: 4 };
    assert.match(headline({ ...rest, overview: { ...overview, services } }).why.join(), /, and 1 service is served\.$/);
  });

  test('is Leaving while it drains and Not ready while istiod cannot be answered, whatever the registries do', () => {
    const missing = (name: string) => ({ conditions: [{ name, isMet: false }], information: [] });
    assert.equal(headline({ ...situation('live'), readiness: missing('not draining') }).word, 'Leaving');
    const said = headline({ ...situation('held'), readiness: missing('listening') });
    assert.equal(said.word, 'Not ready');
    assert.match(said.why.join(), /listening is missing/);
  });

  test('is good only where nothing is to be done', () => {
    for (const state of ['live', 'stale', 'held', 'empty']) {
      const said = headline(situation(state));
      assert.equal(said.tone === 'good', said.remedy === undefined, state);
    }
  });
});

describe('what is worth a look beside it', () => {
  const none = new Map();

  test('is nothing where all is well', () => {
    assert.deepEqual(notes(situation('live'), [fakeClient()], none), []);
  });

  test('is a scope that matches nothing of what there is', () => {
    const registries = [
      registry({ matched: { services: 0, ofServices: 9 } }),
      registry({ matched: { services: 0, ofServices: 0 } }),
    ];
    const said = notes(situation('live', registries), [fakeClient()], none);
    assert.equal(said.length, 1);
    assert.match(said[0]?.sentence ?? '', /matches none of its 9 services/);
    assert.match(said[0]?.remedy ?? '', /registries\.legacy\.scope/);
  });

  test('is a configuration file that was refused', () => {
    const refused = { ...situation('live'), overview: { ...situation('live').overview, isReloadRefused: true } };
    assert.match(
      notes(refused, [fakeClient()], none)[0]?.sentence ?? '',
      /refused: what it said before is still in effect/,
    );
  });

  test('is that no istiod is connected to this replica, which another one may have: whoever restarts istiod for it mends nothing', () => {
    const alone = situation('live');
    const lonely = { ...alone, overview: { ...alone.overview, clients: { connected: 1, synced: 0, istiods: 0 } } };
    const [note, ...more] = notes(lonely, [fakeClient({ nodeId: 'footbridge-watch' })], none);
    assert.equal(note?.sentence, 'No istiod is connected to this replica.');
    assert.match(
      note?.remedy ?? '',
      /^Each istiod connects to one replica: look at the others first\. If none has one, .*configSources/,
    );
    assert.doesNotMatch(note?.remedy ?? '', /restart/);
    assert.deepEqual(more, []);
  });

  test('is a refusal that was the last word of a client, not one that it has got over', () => {
    const nacked = { version: 'v', message: 'bad bytes', atMs: NOW_MS };
    const refusing = fakeClient({}, { nacked });
    const recovered = fakeClient({}, { nacked: { ...nacked, atMs: 5 }, acked: { version: 'w', atMs: 6 } });
    assert.match(notes(situation('live'), [refusing], none)[0]?.sentence ?? '', /istiod-1 refused .*: bad bytes/);
    assert.deepEqual(notes(situation('live'), [recovered], none), []);
  });

  test('is a response that its client cannot read, with what helps', () => {
    const tooLarge = { bytes: 5_242_880, limitBytes: 4_194_304, remedy: 'Split the scope.' };
    const [note, ...more] = notes(situation('live'), [fakeClient({}, { tooLarge })], none);
    assert.match(note?.sentence ?? '', /^istiod-1 is sent 5.0 MiB of .*ServiceEntry, and reads 4.0 MiB unless/);
    assert.equal(note?.remedy, 'Split the scope.');
    assert.deepEqual(more, []);
  });

  test('tell of services without an endpoint, where the state is good all the same', () => {
    const [note, ...more] = notes(situation('live'), [fakeClient()], new Map([['empty', 1]]));
    assert.equal(note?.sentence, '1 service has no endpoint: callers get 503.');
    assert.equal(note?.href, '/?state=empty#services');
    assert.deepEqual(more, []);
  });

  test('tell of records that cannot be read as records of their registry, not as services', () => {
    const own = { count: 3, losses: 2, first: [] };
    const [note, ...more] = notes(situation('live', [registry({ own })]), [fakeClient()], none);
    assert.match(note?.sentence ?? '', /^2 records of registry legacy cannot be read/);
    assert.deepEqual(more, []);
    assert.deepEqual(notes(situation('live', [registry({ own: { ...own, losses: 0 } })]), [fakeClient()], none), []);
  });

  test('is how many services have nobody who answers, though their names are served', () => {
    const [note] = notes(situation('live'), [fakeClient()], new Map([['grace', 5]]));
    assert.equal(
      note?.sentence,
      '5 services have no instance left: callers get 503 unless another service shares the host.',
    );
    assert.equal(note?.href, '/?state=grace#services');
  });

  test('is how many services were refused, with the way to them', () => {
    const [note] = notes(situation('live'), [fakeClient()], new Map([['refused', 2]]));
    assert.match(note?.sentence ?? '', /^2 services/);
    assert.equal(note?.href, '/?state=refused#services');
  });
});
