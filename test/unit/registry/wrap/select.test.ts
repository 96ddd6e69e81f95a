import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../../../../src/model/problem.ts';
import { silentLog } from '../../../../src/observe/log.ts';
import { NOTHING_OUTSIDE } from '../../../../src/registry/outside.ts';
import type { Registry } from '../../../../src/registry/registry.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { SelectedRegistry } from '../../../../src/registry/wrap/select.ts';
import { anInstance, aService, aSlice, FakeRegistry, servicesOf } from '../../../fakes/model-values.ts';

const team = (value: string) => new Map([['team', value]]);
const ofTeam = (...teams: string[]): ScopeOptions => ({
  include: [{ attributes: {}, metadata: { team: teams } }],
  exclude: [],
});

const ours = anInstance({ id: 'ours', metadata: team('us') });
const theirs = anInstance({ id: 'theirs', metadata: team('them') });
const mixed = aService('mixed', [ours, theirs]);
const own = aService('own', [ours]);
const foreign = aService('foreign', [theirs]);

function selected(scope: ScopeOptions, ...services: ReturnType<typeof aService>[]) {
  const inner = new FakeRegistry('legacy', [aSlice({ services: servicesOf(...services) })]);
  const warnings: string[] = [];
  const registry = new SelectedRegistry(inner, scope, { ...silentLog, warn: (event) => void warnings.push(event) });
  let changes = 0;
  registry.start(() => void changes++);
  return { inner, registry, warnings, changes: () => changes };
}

function contentOf(registry: Registry) {
  const [slice] = registry.slices();
  assert.ok(slice !== undefined && slice.reading.kind !== 'waiting');
  return {
    ...slice.reading.content,
    services: [...slice.reading.content.services.values()],
    map: slice.reading.content.services,
  };
}

describe('a registry seen through a scope', () => {
  test('lists only services with an instance in scope, and of them only those instances', () => {
    const { registry } = selected(ofTeam('us'), mixed, own, foreign);
    const { services } = contentOf(registry);
    assert.deepEqual(
      services.map(({ name, instances }) => [name, instances.map(({ id }) => id)]),
      [
        ['mixed', ['ours']],
        ['own', ['ours']],
      ],
    );
    assert.equal(services[1], own, 'a service wholly in scope is passed on as it is');
    assert.deepEqual(registry.slices()[0]?.matched, { services: 2, ofServices: 3 });
  });

  test('passes everything on as it is without rules, also a service without instances', () => {
    const empty = aService('empty', []);
    const { inner, registry } = selected({ include: [], exclude: [] }, mixed, empty);
    assert.equal(registry.slices()[0]?.reading.kind, 'live');
    const [slice] = inner.slices();
    assert.ok(slice?.reading.kind === 'live');
    assert.equal(contentOf(registry).map, slice.reading.content.services);
  });

  test('keeps its objects while the registry says the same', () => {
    const { inner, registry } = selected(ofTeam('us'), mixed, own, foreign);
    assert.equal(registry.slices(), registry.slices());
    const { services, map, problems } = contentOf(registry);
    const [slice] = inner.slices();
    assert.ok(slice?.reading.kind === 'live');
    inner.say({ ...slice, reading: { kind: 'live', content: { ...slice.reading.content, readAtMs: 9 } } });
    const later = contentOf(registry);
    assert.equal(later.readAtMs, 9);
    assert.equal(later.map, map);
    assert.equal(later.problems, problems);
    inner.say(
      aSlice({
        services: servicesOf(
          mixed,
          aService('own', [anInstance({ id: 'ours', metadata: team('us'), weight: 2 })]),
          foreign,
        ),
      }),
    );
    assert.equal(contentOf(registry).services[0], services[0]);
    assert.notEqual(contentOf(registry).services[1], services[1]);
  });

  test('notices nothing when only instances outside the scope change', () => {
    const { inner, registry } = selected(ofTeam('us'), mixed, foreign);
    const { services, map } = contentOf(registry);
    const more = aService('mixed', [ours, theirs, anInstance({ id: 'new', metadata: team('them') })]);
    inner.say(aSlice({ services: servicesOf(more) }));
    assert.equal(contentOf(registry).services[0], services[0]);
    assert.equal(contentOf(registry).map, map);
  });

  test('loses an instance that leaves the scope as if it had deregistered', () => {
    const { inner, registry } = selected(ofTeam('us'), own);
    inner.say(aSlice({ services: servicesOf(aService('own', [anInstance({ id: 'ours', metadata: team('them') })])) }));
    assert.deepEqual(contentOf(registry).services, []);
  });

  test('drops problems of services wholly outside, and keeps all others', () => {
    const about = (service?: string) =>
      problem('INSTANCE_MALFORMED', { registry: 'legacy', ...(service && { service }) }, 'x');
    const problems = [about('foreign'), about('mixed'), about('own'), about(), about('unknown')];
    const inner = new FakeRegistry('legacy', [aSlice({ services: servicesOf(mixed, own, foreign), problems })]);
    const registry = new SelectedRegistry(inner, ofTeam('us'), silentLog);
    assert.deepEqual(
      contentOf(registry).problems.map(({ service }) => service),
      ['mixed', 'own', '', 'unknown'],
    );
  });

  test('keeps the problems of a service of which no instance could be read, whether it is listed or not', () => {
    const problems = [problem('INSTANCE_MALFORMED', { registry: 'legacy', service: 'unreadable' }, 'x')];
    const services = servicesOf(own, foreign, aService('unreadable', []));
    const inner = new FakeRegistry('legacy', [aSlice({ services, problems })]);
    assert.deepEqual(contentOf(new SelectedRegistry(inner, ofTeam('us'), silentLog)).problems, problems);
  });

  test('holds another scope from one moment to the next, and says that it was meant', () => {
    const { registry, changes } = selected(ofTeam('us'), mixed, own, foreign);
    assert.equal(registry.slices()[0]?.scopeRevision, 0);
    registry.setScope(ofTeam('them'));
    assert.equal(changes(), 1);
    assert.equal(registry.slices()[0]?.scopeRevision, 1);
    assert.deepEqual(
      contentOf(registry).services.map(({ name }) => name),
      ['mixed', 'foreign'],
    );
  });

  test('is as waiting or stale as the registry behind it', () => {
    const { inner, registry } = selected(ofTeam('us'), mixed);
    const lastError = { code: 'X', message: 'x', atMs: 1 };
    inner.say(aSlice({ services: servicesOf() }, { reading: { kind: 'waiting', sinceMs: 1, lastError } }));
    assert.deepEqual(registry.slices()[0]?.reading, { kind: 'waiting', sinceMs: 1, lastError });
    const content = { services: servicesOf(mixed), problems: [], readAtMs: 0 };
    inner.say(aSlice({ services: servicesOf(mixed) }, { reading: { kind: 'stale', content, sinceMs: 1, lastError } }));
    assert.equal(registry.slices()[0]?.reading.kind, 'stale');
    assert.deepEqual(contentOf(registry).services[0]?.instances, [ours]);
  });

  test('warns once when nothing matches although something is listed', () => {
    const { inner, registry, warnings } = selected(ofTeam('nobody'), mixed);
    inner.say(aSlice({ services: servicesOf(mixed) }));
    inner.say(aSlice({ services: servicesOf(mixed) }));
    assert.deepEqual(warnings, ['scope.matches_nothing']);
    registry.setScope(ofTeam('us'));
    registry.setScope(ofTeam('nobody'));
    assert.deepEqual(warnings, ['scope.matches_nothing', 'scope.matches_nothing']);
    inner.say(aSlice({ services: servicesOf() }));
    inner.say(aSlice({ services: servicesOf() }));
    assert.equal(warnings.length, 2, 'an empty registry is not the fault of the scope');
  });

  test('warns of another scope only once the registry was read for it, where that keeps only what is in scope', () => {
    const { inner, registry, warnings } = selected(ofTeam('us'), own);
    const asked: ScopeOptions[] = [];
    Object.assign(inner, { setScope: (scope: ScopeOptions) => void asked.push(scope) });
    registry.setScope(ofTeam('them'));
    assert.deepEqual(asked, [ofTeam('them')]);
    assert.deepEqual(contentOf(registry).services, []);
    assert.deepEqual(warnings, []);
    const matched = { services: 0, ofServices: 5 };
    inner.say(aSlice({ services: servicesOf() }, { matched }));
    assert.deepEqual(warnings, ['scope.matches_nothing']);
    assert.deepEqual(registry.slices()[0]?.matched, matched);
  });

  test('bears the name of the registry behind it and closes it', async () => {
    const { inner, registry } = selected(ofTeam('us'), mixed);
    assert.equal(registry.name, 'legacy');
    await registry.close();
    assert.equal(inner.closed, true);
  });

  test('is not asked again where the registry asks it about each record', () => {
    const inner = Object.assign(new FakeRegistry('legacy', [aSlice({ services: servicesOf(foreign) })]), {
      scopesRecords: true,
    } as const);
    const registry = new SelectedRegistry(inner, ofTeam('us'), silentLog);
    assert.deepEqual(contentOf(registry).services, [foreign]);
    registry.setScope(ofTeam('nobody'));
    assert.deepEqual(contentOf(registry).services, [foreign]);
    assert.equal(registry.slices()[0]?.scopeRevision, 1, 'the operator meant what goes now');
  });
});

test('a read anew is passed on, where the registry can do it', () => {
  const { inner, registry } = selected(ofTeam('us'), own);
  registry.readAnew();
  let asked = 0;
  inner.readAnew = () => void asked++;
  registry.readAnew();
  assert.equal(asked, 1);
});

describe('the session of a registry seen through a scope', () => {
  test('is that of the registry, as it is at the moment of asking, and none where it keeps none', () => {
    const { registry, inner } = selected(ofTeam('us'), own);
    assert.equal(registry.session(), undefined);
    for (const state of ['connected', 'suspended'] as const) {
      const session = { state, sinceMs: 3, watches: 4 };
      inner.session = () => session;
      assert.equal(registry.session(), session);
    }
    const { name, slices, start, close }: Registry = new FakeRegistry('legacy');
    const without = new SelectedRegistry({ name, slices, start, close }, ofTeam('us'), silentLog);
    assert.equal(without.session(), undefined);
  });
});

describe('what a registry seen through a scope leaves out', () => {
  const shown = ({ names, leftOut }: ReturnType<SelectedRegistry['outside']>) =>
    [...names()].map((name) => [name, leftOut(name)]);

  test('is told by name, with how many instances and why', () => {
    const { registry, inner } = selected(ofTeam('us'), mixed, own, foreign);
    const because = { kind: 'not-included' };
    assert.deepEqual(shown(registry.outside()), [
      ['mixed', { instances: 1, because }],
      ['foreign', { instances: 1, because }],
    ]);
    assert.equal(registry.outside().leftOut('own'), undefined);
    assert.equal(registry.outside().leftOut('nowhere'), undefined);
    assert.deepEqual(registry.outside().reach, { kind: 'unknown' }, 'the inner registry does not say');
    inner.outside = () => NOTHING_OUTSIDE;
    assert.deepEqual(registry.outside().reach, { kind: 'everything' });
  });

  test('is what the registry itself left out, too, and nothing else where it asks the scope itself', () => {
    const leftOut = { instances: 2, because: { kind: 'not-included' } } as const;
    const inner = new FakeRegistry('legacy', [aSlice({ services: servicesOf(foreign) })]);
    inner.outside = () => ({
      ...NOTHING_OUTSIDE,
      leftOut: (name) => (name === 'x' ? leftOut : undefined),
      names: () => ['x'],
    });
    const registry = new SelectedRegistry(inner, ofTeam('us'), silentLog);
    assert.deepEqual([...registry.outside().names()], ['x', 'foreign']);
    assert.equal(registry.outside().leftOut('x'), leftOut);
    const asking = new SelectedRegistry(
      Object.assign(inner, { scopesRecords: true as const }),
      ofTeam('us'),
      silentLog,
    );
    assert.deepEqual([...asking.outside().names()], ['x']);
  });

  test('says by which rules it judged: its own, or those of a registry that asks the scope itself', () => {
    const { registry, inner } = selected(ofTeam('us'), own);
    assert.deepEqual(registry.outside().scope, ofTeam('us'));
    registry.setScope({ include: [], exclude: [] });
    assert.deepEqual(registry.outside().scope, { include: [], exclude: [] });
    inner.outside = () => ({ ...NOTHING_OUTSIDE, scope: ofTeam('them') });
    const asking = new SelectedRegistry(
      Object.assign(inner, { scopesRecords: true as const }),
      ofTeam('us'),
      silentLog,
    );
    assert.deepEqual(asking.outside().scope, ofTeam('them'));
  });
});
