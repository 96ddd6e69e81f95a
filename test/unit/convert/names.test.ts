import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNamer, type Names } from '../../../src/convert/names.ts';
import type { ConvertOptions } from '../../../src/convert/options.ts';
import type { Seniority } from '../../../src/guard/guarded.ts';
import type { ServiceKey } from '../../../src/model/service.ts';
import { convertOptions, presentSince } from '../../fakes/convert-values.ts';

type Told = Readonly<Record<string, number | 'departed' | { readonly backAtMs: number }>>;

/** By key, the time since which it is present; a departed one and one that came back are as old as can be. */
function seniorityOf(told: Told): ReadonlyMap<ServiceKey, Seniority> {
  return new Map(
    Object.entries(told).map(([key, since]) => {
      if (since === 'departed') return [key as ServiceKey, { ...presentSince(0), present: false }];
      if (typeof since === 'number') return [key as ServiceKey, presentSince(since)];
      return [key as ServiceKey, { ...presentSince(0), presentSinceMs: since.backAtMs }];
    }),
  );
}

/** Host, or code of the problem, by key. */
function shown(names: Names): Record<string, string> {
  return Object.fromEntries(
    [...names].map(([key, outcome]) => [key, outcome.kind === 'named' ? outcome.naming.host : outcome.problem.code]),
  );
}

const HOST = 'order-svc.shop.r';

describe('who gets a host', () => {
  const rows: readonly {
    readonly promise: string;
    readonly options?: Partial<ConvertOptions>;
    readonly told: Told;
    readonly expected: Readonly<Record<string, string>>;
  }[] = [
    {
      promise: 'among equally old names the one that needed fewest edits',
      told: { 'r/ORDER_SVC': 0, 'r/order_svc': 0, 'r/ORDER-SVC': 0 },
      expected: { 'r/ORDER-SVC': 'HOST_TAKEN', 'r/ORDER_SVC': 'HOST_TAKEN', 'r/order_svc': HOST },
    },
    {
      promise: 'among equally near names the first in byte order',
      told: { 'r/order_svc': 0, 'r/order svc': 0 },
      expected: { 'r/order svc': HOST, 'r/order_svc': 'HOST_TAKEN' },
    },
    {
      promise: 'the older name, however far it is from the host',
      told: { 'r/ORDER_SVC': 1, 'r/order-svc': 2 },
      expected: { 'r/ORDER_SVC': HOST, 'r/order-svc': 'HOST_TAKEN' },
    },
    {
      promise: 'not a departed name',
      told: { 'r/ORDER_SVC': 'departed', 'r/order-svc': 2 },
      expected: { 'r/order-svc': HOST },
    },
    {
      promise: 'the name that got it while an older one was away',
      told: { 'r/order-svc': { backAtMs: 3 }, 'r/ORDER_SVC': 2 },
      expected: { 'r/ORDER_SVC': HOST, 'r/order-svc': 'HOST_TAKEN' },
    },
    {
      promise: 'of two names that came back, the one that came back first',
      told: { 'r/order-svc': { backAtMs: 3 }, 'r/ORDER_SVC': { backAtMs: 2 } },
      expected: { 'r/ORDER_SVC': HOST, 'r/order-svc': 'HOST_TAKEN' },
    },
    {
      promise: 'a mapped service, before an older one that comes to the host by its name',
      options: { hosts: { [HOST]: ['r/young'] } },
      told: { 'r/order-svc': 1, 'r/young': 2 },
      expected: { 'r/order-svc': 'HOST_TAKEN', 'r/young': HOST },
    },
    {
      promise: 'nobody, where it is mapped to a service that has not come yet',
      options: { hosts: { [HOST]: ['r/young'] } },
      told: { 'r/order-svc': 1 },
      expected: { 'r/order-svc': 'HOST_TAKEN' },
    },
    {
      promise: 'all services that are joined under it, of any registry',
      options: { hosts: { 'orders.example.com': ['r/a', 's/b', 'no slash'] } },
      told: { 'r/a': 1, 's/b': 2, 'r/c': 3 },
      expected: { 'r/a': 'orders.example.com', 'r/c': 'c.shop.r', 's/b': 'orders.example.com' },
    },
    {
      promise: 'the first in byte order of two hosts that claim one service',
      options: { hosts: { 'b.example.com': ['r/a'], 'a.example.com': ['r/a'] } },
      told: { 'r/a': 1 },
      expected: { 'r/a': 'a.example.com' },
    },
    {
      promise: 'nobody, where it is yielded, exactly or by a glob, made or mapped',
      options: { yieldHosts: ['a.shop.r', '*.example.com'], hosts: { 'x.example.com': ['r/b'] } },
      told: { 'r/a': 1, 'r/b': 1, 'r/c': 1 },
      expected: { 'r/a': 'HOST_YIELDED', 'r/b': 'HOST_YIELDED', 'r/c': 'c.shop.r' },
    },
    {
      promise: 'nobody, where it is none',
      options: { hosts: { 'not_a.host': ['r/a'], '*.wild.card': ['r/b'] }, hostTemplate: '{service}.1' },
      told: { 'r/a': 1, 'r/b': 1, 'r/c': 1 },
      expected: { 'r/a': 'HOST_INVALID', 'r/b': 'HOST_INVALID', 'r/c': 'HOST_INVALID' },
    },
    {
      promise: 'nobody who would need a resource name that has an owner',
      options: { hosts: { 'upper.example.com': ['r/ORDERS'] } },
      told: { 'r/ORDERS': 1, 'r/orders': 1 },
      expected: { 'r/ORDERS': 'upper.example.com', 'r/orders': 'NAME_TAKEN' },
    },
    {
      promise: 'nobody for whom no virtual IP is left',
      options: { virtualIps: { enabled: true, range: '241.0.0.0/31', rangeV6: undefined } },
      told: { 'r/a': 2, 'r/b': 1 },
      expected: { 'r/a': 'VIRTUAL_IP_EXHAUSTED', 'r/b': 'b.shop.r' },
    },
  ];
  for (const { promise, options, told, expected } of rows) {
    test(promise, () => {
      assert.deepEqual(shown(createNamer(convertOptions(options))(seniorityOf(told))), expected);
    });
  }
});

describe('a refused name', () => {
  test('says which service has the host', () => {
    const names = createNamer(convertOptions())(seniorityOf({ 'r/order-svc': 1, 'r/order_svc': 2 }));
    const outcome = names.get('r/order_svc' as ServiceKey);
    assert.equal(outcome?.kind === 'refused' ? outcome.problem.value : '', `${HOST} (r/order-svc)`);
  });

  test('leaves its resource name to the next', () => {
    const options = convertOptions({ yieldHosts: ['x.example.com'], hosts: { 'x.example.com': ['r/ORDERS'] } });
    const names = createNamer(options)(seniorityOf({ 'r/ORDERS': 1, 'r/orders': 1 }));
    assert.equal(shown(names)['r/orders'], 'orders.shop.r');
  });
});

describe('virtual IPs follow hosts, not presence', () => {
  const options = convertOptions({ virtualIps: { enabled: true, range: '241.7.0.0/29', rangeV6: undefined } });
  const addressOf = (names: Names, key: string): string => {
    const outcome = names.get(key as ServiceKey);
    return outcome?.kind === 'named' ? outcome.naming.addresses.join() : '';
  };

  test('a departed service keeps its virtual IP reserved, and finds it again', () => {
    const name = createNamer(options);
    const all = { 'r/a': 1, 'r/b': 2, 'r/c': 3, 'r/d': 4 };
    const before = name(seniorityOf(all));
    const without = name(seniorityOf({ ...all, 'r/a': 'departed' }));
    const joined = name(seniorityOf({ ...all, 'r/a': 'departed', 'r/e': 9 }));
    for (const key of ['r/b', 'r/c', 'r/d']) {
      assert.equal(addressOf(without, key), addressOf(before, key));
      assert.equal(addressOf(joined, key), addressOf(before, key));
    }
    assert.notEqual(addressOf(joined, 'r/e'), addressOf(before, 'r/a'));
    const back = name(seniorityOf({ ...all, 'r/a': { backAtMs: 10 }, 'r/e': 9 }));
    assert.equal(addressOf(back, 'r/a'), addressOf(before, 'r/a'));
    assert.equal(addressOf(back, 'r/e'), addressOf(joined, 'r/e'));
  });

  test('a host keeps its virtual IP when another name takes it over', () => {
    const name = createNamer(options);
    const before = name(seniorityOf({ 'r/ORDER_SVC': 0, 'r/order-svc': 5, 'r/a': 1, 'r/b': 2 }));
    const after = name(seniorityOf({ 'r/ORDER_SVC': 'departed', 'r/order-svc': 5, 'r/a': 1, 'r/b': 2 }));
    assert.equal(addressOf(after, 'r/order-svc'), addressOf(before, 'r/ORDER_SVC'));
  });

  test('both families where an IPv6 range is given, none where they are turned off', () => {
    const told = seniorityOf({ 'r/a': 1 });
    const both = { enabled: true, range: '241.0.0.0/8', rangeV6: 'fd00::/64' };
    assert.match(addressOf(createNamer(convertOptions({ virtualIps: both }))(told), 'r/a'), /^241\.[0-9.]+,fd00::/);
    const off = { ...both, enabled: false };
    assert.equal(addressOf(createNamer(convertOptions({ virtualIps: off }))(told), 'r/a'), '');
  });
});

describe('what does not change keeps its identity', () => {
  test('the whole answer while the seniority map is the same', () => {
    const name = createNamer(convertOptions());
    const told = seniorityOf({ 'r/a': 1 });
    assert.equal(name(told), name(told));
  });

  test('every outcome, named, joined or refused, when another service arrives', () => {
    const name = createNamer(convertOptions({ hosts: { 'x.example.com': ['r/x', 's/x'] } }));
    const told = { 'r/a': 1, 'r/order-svc': 1, 'r/order_svc': 1, 'r/x': 1, 's/x': 1 };
    const before = name(seniorityOf(told));
    const after = name(seniorityOf({ ...told, 'r/new': 7 }));
    for (const [key, outcome] of before) assert.equal(after.get(key), outcome);
    assert.equal(after.get('r/x' as ServiceKey), after.get('s/x' as ServiceKey));
  });

  test('but a virtual IP that turns out to be an older service’s makes a new one', () => {
    // Both probe 241.7.0.3 first.
    const name = createNamer(
      convertOptions({ virtualIps: { enabled: true, range: '241.7.0.0/30', rangeV6: undefined } }),
    );
    const addressOfB = (names: Names): string => {
      const outcome = names.get('r/b' as ServiceKey);
      return outcome?.kind === 'named' ? outcome.naming.addresses.join() : '';
    };
    assert.equal(addressOfB(name(seniorityOf({ 'r/b': 5 }))), '241.7.0.3');
    assert.notEqual(addressOfB(name(seniorityOf({ 'r/a': 1, 'r/b': 5 }))), '241.7.0.3');
  });

  test('but a refusal whose reason changed is a new one', () => {
    const name = createNamer(convertOptions());
    const before = name(seniorityOf({ 'r/order-svc': 1, 'r/order_svc': 2, 'r/order svc': 3 }));
    const after = name(seniorityOf({ 'r/order-svc': 'departed', 'r/order_svc': 2, 'r/order svc': 3 }));
    assert.notEqual(after.get('r/order svc' as ServiceKey), before.get('r/order svc' as ServiceKey));
  });
});
