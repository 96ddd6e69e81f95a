import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ExplainedStage, Explanation, StageName, StageVerdict } from '../../../../src/admin/explanation.ts';
import { explain } from '../../../../src/app/explain/explain.ts';
import { explained, inputOf, live, SECOND, stageOf, withRulesOfTheSameNames } from '../../../fakes/explained.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

function answerTo({ asked, program }: Scenario): Explanation {
  const [first, ...others] = explain(asked, inputOf(program));
  if (first === undefined || others.length > 0) throw new Error(JSON.stringify([first, ...others]));
  return first;
}

function stagesOf(answer: Explanation): readonly ExplainedStage[] {
  if (answer.kind === 'more') throw new Error(answer.sentence);
  return answer.kind === 'service' ? answer.stages : answer.registries;
}

describe('an explanation', () => {
  for (const scenario of SCENARIOS) {
    test(`of ${scenario.name} says where it ends and why`, () => {
      const answer = answerTo(scenario);
      assert.deepEqual(
        stagesOf(answer).flatMap(({ stage, verdict }) => (verdict === 'passed' ? [] : [`${stage} ${verdict}`])),
        scenario.notPassed,
      );
      assert.equal(answer.kind === 'service' ? answer.outcome : answer.kind, scenario.outcome);
    });
  }

  test('comes to every verdict that a stage can come to', () => {
    const reachable: Readonly<Record<StageName, readonly StageVerdict[]>> = {
      registry: ['noted', 'passed', 'stopped', 'unknown'],
      scope: ['noted', 'passed', 'stopped'],
      instances: ['noted', 'passed', 'stopped'],
      guard: ['noted', 'passed', 'stopped'],
      host: ['noted', 'passed', 'stopped'],
      ports: ['noted', 'passed', 'stopped'],
      validation: ['noted', 'passed', 'stopped'],
      admission: ['noted', 'passed', 'stopped'],
      entry: ['passed'],
      snapshot: ['passed', 'stopped'],
      clients: ['noted', 'passed', 'stopped', 'unknown'],
    };
    const shown = new Set(
      SCENARIOS.flatMap((one) => stagesOf(answerTo(one)).map((stage) => `${stage.stage} ${stage.verdict}`)),
    );
    const missing = Object.entries(reachable).flatMap(([stage, verdicts]) =>
      verdicts.map((verdict) => `${stage} ${verdict}`).filter((one) => !shown.has(one)),
    );
    assert.deepEqual(missing, []);
  });
});

test('an entry is told with its own version beside a resource of another kind that bears its name', () => {
  const alone = inputOf({ readings: [[0, live(TWO_SERVICES)]] });
  const beside = { ...alone, turn: alone.turn && withRulesOfTheSameNames(alone.turn) };
  assert.deepEqual([...explain('ORDERS', beside)], [...explain('ORDERS', alone)]);
});

const TWO_SERVICES = `services:
  - { name: ORDERS, instances: [{ id: vm-1, address: 10.0.0.1, port: 8080 }] }
  - { name: io.acme.Stock, instances: [{ id: vm-1, address: '::ffff:10.0.0.9', port: 80 }, { id: VM-2, address: 10.0.0.1, port: 90 }] }
`;

describe('a question', () => {
  const rows: readonly (readonly [what: string, asked: string, found: readonly string[], matchedBy: string])[] = [
    ['by the name as registered', 'ORDERS', ['ORDERS'], 'name'],
    ['by the name with its registry', 'vms/ORDERS', ['ORDERS'], 'name'],
    ['by the name without regard to case', 'IO.acme.stock', ['io.acme.Stock'], 'name'],
    ['by both without regard to case', 'VMS/orders', ['ORDERS'], 'name'],
    ['by a host', 'orders.shop.vms', ['ORDERS'], 'host'],
    ['by a host with its final dot', 'Orders.shop.vms.', ['ORDERS'], 'host'],
    ['by the first labels of a host', 'orders.shop', ['ORDERS'], 'host'],
    ['by labels that two hosts have', 'io.acme', ['io.acme.Stock'], 'host'],
    ['by an id that two instances have', 'vm-1', ['ORDERS', 'io.acme.Stock'], 'instance'],
    ['by an id without regard to case', 'vm-2', ['io.acme.Stock'], 'instance'],
    ['by an address of two services', '10.0.0.1', ['ORDERS', 'io.acme.Stock'], 'instance'],
    ['by address and port', '10.0.0.1:8080', ['ORDERS'], 'instance'],
    ['by an address in another writing', '10.0.0.9', ['io.acme.Stock'], 'instance'],
    ['by an address in brackets and a port', '[::ffff:10.0.0.9]:80', ['io.acme.Stock'], 'instance'],
    ['by host and port', 'orders.shop.vms:80', ['ORDERS'], 'host'],
    ['by the first label of a host and a port', 'stock.acme:80', [], ''],
    ['by the first labels of a host and a port', 'io.acme:80', ['io.acme.Stock'], 'host'],
    ['by the URL of a host', 'http://Orders.shop.vms:80/carts/7?all#top', ['ORDERS'], 'host'],
    ['by a URL without a port', 'https://orders.shop.vms', ['ORDERS'], 'host'],
    ['by a URL with a user', 'http://me:secret@orders.shop.vms/', ['ORDERS'], 'host'],
    ['by the URL of an instance', 'dubbo://10.0.0.1:8080/io.acme.Stock?side=provider', ['ORDERS'], 'instance'],
    ['by the URL of an instance in brackets', 'http://[::ffff:10.0.0.9]:80/', ['io.acme.Stock'], 'instance'],
    ['by the address of a port that no instance has', '10.0.0.1:9', [], ''],
  ];
  const input = inputOf({ readings: [[0, live(TWO_SERVICES)]] });
  for (const [what, asked, found, matchedBy] of rows) {
    test(`${what} finds ${found.join(' and ') || 'nothing'}`, () => {
      const services = [...explain(asked, input)].filter((one) => one.kind === 'service');
      assert.deepEqual(
        services.map(({ service }) => service),
        found,
      );
      assert.deepEqual([...new Set(services.map((one) => one.matchedBy))], found.length === 0 ? [] : [matchedBy]);
    });
  }

  test('by the id of an instance that cannot be read finds its service', () => {
    const text = 'services: [{ name: orders, instances: [{ id: Broken }, { id: vm-1, address: 10.0.0.1, port: 80 }] }]';
    const found = explained('broken', { readings: [[0, live(text)]] });
    assert.deepEqual([found.service, found.matchedBy], ['orders', 'instance']);
  });

  test('by the address of an instance that is kept although it left finds its service', () => {
    const lists = ['10.0.0.1', '10.0.0.2'].map((address) =>
      live(`services: [{ name: orders, instances: [{ id: '${address}', address: ${address}, port: 80 }] }]`),
    );
    const readings = lists.map((reading, at) => [SECOND * (2 - at), reading] as const);
    for (const asked of ['10.0.0.1', '10.0.0.1:80', '::ffff:10.0.0.1'])
      assert.equal(explained(asked, { readings }).service, 'orders');
  });

  test('by a virtual IP finds the service that has it', () => {
    const { details } = stageOf(explained('ORDERS', { readings: [[0, live(TWO_SERVICES)]] }), 'host');
    const [found] = explain(details.virtualIps[0] ?? '', input);
    assert.deepEqual(found?.kind === 'service' && [found.service, found.matchedBy], ['ORDERS', 'virtual-ip']);
    const [withPort] = explain(`http://${details.virtualIps[0]}:80/`, input);
    assert.deepEqual(withPort, found);
  });

  test('by an instance tells of it first: of what became of it, and of its problems', () => {
    const text = `services: [{ name: orders, instances: [
      { id: a, address: 10.0.0.1, port: 1, hue: red }, { id: b, address: 10.0.0.2, port: 1 }, { id: c, address: 10.0.0.3, port: 1, hue: red },
      { id: d }, { id: E } ] }]`;
    const program = { readings: [[0, live(text)]] } as const;
    for (const [asked, order, marked, problems] of [
      ['orders', 'abc', '', 'acdE'],
      ['C', 'cab', 'c', 'cadE'],
      ['10.0.0.3:1', 'cab', 'c', 'cadE'],
      ['http://10.0.0.2:1/', 'bac', 'b', 'acdE'],
      ['e', 'abc', '', 'Eacd'],
    ] as const) {
      const stage = stageOf(explained(asked, program), 'instances');
      const { instances } = stage.details;
      assert.equal(instances.map(({ id }) => id).join(''), order, asked);
      assert.equal(instances.flatMap(({ id, isAsked }) => (isAsked ? [id] : [])).join(''), marked, asked);
      assert.equal(stage.problems.map(({ instance }) => instance).join(''), problems, asked);
    }
  });

  for (const asked of ['', '*', 'ORD*', '/', 'vms/', ':', '[]:1', '\u0000', '__proto__', 'x'.repeat(5000)]) {
    test(`by ${JSON.stringify(asked.slice(0, 12))} is answered, and finds nothing`, () => {
      const [answer] = explain(asked, input);
      assert.equal(answer?.kind, 'not-found');
    });
  }

  test('about what nobody knows names what is spelled alike, the nearest first', () => {
    const [answer] = explain('ODERS', input);
    assert.deepEqual(answer?.kind === 'not-found' && answer.nearest, [{ registry: 'vms', service: 'ORDERS' }]);
  });
});
