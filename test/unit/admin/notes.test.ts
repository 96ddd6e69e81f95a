import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Situation } from '../../../src/admin/headline.ts';
import { notes } from '../../../src/admin/notes.ts';
import type { AccessRow, FreezeView, Overview, RefusalRow } from '../../../src/admin/overview.ts';
import type { ClientRow, ServiceState } from '../../../src/admin/views.ts';
import { fakeClient, NOW_MS } from '../../fakes/fake-views.ts';
import { registry, situation } from '../../fakes/situation.ts';

const DAY_MS = 24 * 3_600_000;

function notesOn(
  about: Situation,
  clients: readonly ClientRow[],
  states: ReadonlyMap<ServiceState, number> = new Map(),
) {
  return notes(about, clients, states, NOW_MS);
}

describe('what is worth a look beside it', () => {
  test('is nothing where all is well', () => {
    assert.deepEqual(notesOn(situation('live'), [fakeClient()]), []);
  });

  test('is a scope that matches nothing of what there is', () => {
    const registries = [
      registry({ matched: { services: 0, ofServices: 9 } }),
      registry({ matched: { services: 0, ofServices: 0 } }),
    ];
    const said = notesOn(situation('live', registries), [fakeClient()]);
    assert.equal(said.length, 1);
    assert.match(said[0]?.sentence ?? '', /matches none of its 9 services/);
    assert.match(said[0]?.remedy ?? '', /registries\.legacy\.scope/);
  });

  test('is a configuration file that was refused', () => {
    const refused = { ...situation('live'), overview: { ...situation('live').overview, isReloadRefused: true } };
    assert.match(
      notesOn(refused, [fakeClient()])[0]?.sentence ?? '',
      /refused: what it said before is still in effect/,
    );
  });

  test('is each freeze, with what ends it', () => {
    const freeze = {
      target: 'east',
      reason: 'x',
      sinceMs: NOW_MS,
      untilMs: undefined,
      sentence: 'Registry east stays as it is.',
    };
    const byHand = { ...freeze, id: 'east-freeze-x', origin: 'hand', services: 2 } as const;
    const idle = { ...freeze, id: 'east-freeze-y', origin: 'configuration', services: 0 } as const;
    const said = (freezes: readonly FreezeView[], canChange: boolean) => {
      const calm = situation('live');
      return notesOn({ ...calm, overview: { ...calm.overview, freezes, canChange } }, [fakeClient()]);
    };
    const [first, second] = said([byHand, idle], true);
    assert.equal(first?.sentence, 'Registry east stays as it is.');
    assert.match(first?.remedy ?? '', /`footbridge freeze remove east-freeze-x --token-file FILE`/);
    assert.match(second?.sentence ?? '', /It is about nothing that is there now\.$/);
    assert.match(second?.remedy ?? '', /taken out of `freeze` in the configuration/);
    assert.match(said([byHand], false)[0]?.remedy ?? '', /name `admin\.tokenFile` again/);
    const many = said(
      Array.from({ length: 12 }, () => byHand),
      true,
    );
    assert.deepEqual([many.length, many.at(-1)?.sentence], [11, '2 more freezes hold as well.']);
  });

  test('is that no istiod is connected to this replica, which another one may have: whoever restarts istiod for it mends nothing', () => {
    const alone = situation('live');
    const lonely = { ...alone, overview: { ...alone.overview, clients: { connected: 1, synced: 0, istiods: 0 } } };
    const [note, ...more] = notesOn(lonely, [fakeClient({ nodeId: 'footbridge-watch' })]);
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
    assert.match(notesOn(situation('live'), [refusing])[0]?.sentence ?? '', /istiod-1 refused .*: bad bytes/);
    assert.deepEqual(notesOn(situation('live'), [recovered]), []);
  });

  test('is a response that its client could not read, with what helps, though the client is gone', () => {
    const size = { bytes: 4_194_305, limitBytes: 4_194_304, remedy: 'Split the scope.' };
    const who = { nodeId: 'sidecar~10.0.0.9~test-1.default~x', address: '10.0.0.9', topic: 'ServiceEntry' };
    const [note, ...more] = notesOn(
      withRefusals([{ code: 'RESPONSE_TOO_LARGE', ...who, ...size, atMs: NOW_MS - 3000 }]),
      [],
    );
    assert.deepEqual(note, {
      sentence:
        'test-1.default at 10.0.0.9 was sent 4.1 MiB of ServiceEntry, and reads 4.0 MiB unless it is told otherwise.',
      remedy: 'Split the scope.',
      href: '/debug/refusals',
      past: { code: 'RESPONSE_TOO_LARGE', atMs: NOW_MS - 3000 },
    });
    assert.deepEqual(more, []);
  });

  test('is a refusal by a client that left, by its address where it never said who it is', () => {
    const what = { topic: 'ServiceEntry', message: 'bad bytes', remedy: 'Report it.', atMs: NOW_MS };
    const refused = { code: 'RESPONSE_REFUSED', nodeId: undefined, address: '10.0.0.9', ...what } as const;
    const [note, ...more] = notesOn(withRefusals([refused]), []);
    assert.equal(note?.sentence, '10.0.0.9 left after it had refused ServiceEntry: bad bytes');
    assert.deepEqual(more, []);
  });

  test('tell of services without an endpoint, where the state is good all the same', () => {
    const [note, ...more] = notesOn(situation('live'), [fakeClient()], new Map([['empty', 1]]));
    assert.equal(note?.sentence, '1 service has no endpoint: callers get 503.');
    assert.equal(note?.href, '/?state=empty#services');
    assert.deepEqual(more, []);
  });

  test('tell of records that cannot be read as records of their registry, not as services', () => {
    const own = { count: 3, losses: 2, first: [] };
    const [note, ...more] = notesOn(situation('live', [registry({ own })]), [fakeClient()]);
    assert.match(note?.sentence ?? '', /^2 records of registry legacy cannot be read/);
    assert.deepEqual(more, []);
    assert.deepEqual(notesOn(situation('live', [registry({ own: { ...own, losses: 0 } })]), [fakeClient()]), []);
  });

  test('is how many services have nobody who answers, though their names are served', () => {
    const [note] = notesOn(situation('live'), [fakeClient()], new Map([['grace', 5]]));
    assert.equal(
      note?.sentence,
      '5 services have no instance left: callers get 503 unless another service shares the host.',
    );
    assert.equal(note?.href, '/?state=grace#services');
  });

  test('is how many services were refused, with the way to them', () => {
    const [note] = notesOn(situation('live'), [fakeClient()], new Map([['refused', 2]]));
    assert.match(note?.sentence ?? '', /^2 services/);
    assert.equal(note?.href, '/?state=refused#services');
  });

  test('is a certificate that expires within a week, or has expired', () => {
    const expiring = (untilMs: number) =>
      notesOn(withAccess({ tls: { isMutual: false, names: [], untilMs } }), [fakeClient()]).map(
        ({ sentence }) => sentence,
      );
    assert.deepEqual(expiring(NOW_MS + 8 * DAY_MS), []);
    assert.deepEqual(expiring(NOW_MS + 6 * DAY_MS), ['The certificate that istiod is shown expires in 6 days.']);
    assert.deepEqual(expiring(NOW_MS - DAY_MS), ['The certificate that istiod is shown has expired 24 h ago.']);
  });

  test('is what another replica told and this one cannot use, also where no state file is kept', () => {
    const sentence = 'The state of replica 10.0.0.9 was written by a newer release (2).';
    const notRestored = [{ code: 'STATE_FUTURE_SCHEMA', sentence }];
    const said = notesOn(withOverview({ saved: undefined, notRestored }), [fakeClient()]);
    assert.deepEqual(
      said.map((note) => note.sentence),
      [`${sentence} It was not restored when this process started (STATE_FUTURE_SCHEMA).`],
    );
  });

  test('is a state file that cannot be written, with the reason', () => {
    const saved = { file: '/state.json', writtenAtMs: undefined, failure: 'ENOSPC' };
    const [note, ...more] = notesOn(withOverview({ saved }), [fakeClient()]);
    assert.equal(note?.sentence, 'The state file /state.json cannot be written: ENOSPC.');
    assert.deepEqual(more, []);
  });

  test('is a file that changed to what cannot be used, with the reason', () => {
    const [note, ...more] = notesOn(withAccess({ refused: [{ why: 'File /tls/list.yaml is no access list.' }] }), [
      fakeClient(),
    ]);
    assert.equal(note?.sentence, 'File /tls/list.yaml is no access list. What was in use before stays in use.');
    assert.deepEqual(more, []);
  });
});

function withOverview(changes: Partial<Overview>): Situation {
  const live = situation('live');
  return { ...live, overview: { ...live.overview, ...changes } };
}

function withAccess(access: Partial<AccessRow>): Situation {
  return withOverview({ access: { ...situation('live').overview.access, ...access } });
}

function withRefusals(refusals: readonly RefusalRow[]): Situation {
  return withOverview({ refusals });
}
