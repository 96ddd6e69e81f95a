// A question may fit thousands of services, and a service may have thousands of instances: what an answer costs has bounds.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Explanation } from '../../../../src/admin/explanation.ts';
import { servicePage } from '../../../../src/admin/service-page.ts';
import { explain } from '../../../../src/app/explain/explain.ts';
import type { ExplainInput } from '../../../../src/app/explain/input.ts';
import { explanationText } from '../../../../src/cli/explanation-text.ts';
import type { Endpoint } from '../../../../src/convert/entry.ts';
import { inputOf, live } from '../../../fakes/explained.ts';
import { fakeViews } from '../../../fakes/fake-views.ts';

const MANY = 1000;

/** Services that share one address, and one of another name. */
function estate(count = MANY): ExplainInput {
  const services = Array.from({ length: count }, (_, at) => ({
    name: `s-${String(at).padStart(4, '0')}`,
    instances: [{ id: `i-${at}`, address: '10.0.0.1', port: 8000 + at }],
  }));
  return inputOf({ readings: [[0, live(JSON.stringify({ services }))]] });
}

/** Services of which the explanation was begun: the last stages of each ask since when it is served. */
function counting(input: ExplainInput) {
  const counted = { explained: 0 };
  const since = () => {
    counted.explained++;
    return { serial: 5, atMs: 0 };
  };
  return { counted, input: { ...input, served: input.served && { ...input.served, since } } };
}

describe('a question that fits a thousand services', () => {
  test('is answered with the first twenty, how many there are, and how some of the others are called', () => {
    const answers = [...explain('10.0.0.1', estate())];
    assert.equal(answers.filter(({ kind }) => kind === 'service').length, 20);
    const more = answers.at(-1);
    assert.ok(more?.kind === 'more');
    assert.match(more.sentence, /^The first 20 of 1000 services that bear 10\.0\.0\.1\b.*name one/);
    assert.deepEqual(more.services[0], { registry: 'vms', service: 's-0020' });
    assert.deepEqual([more.total, more.services.length], [MANY, 100]);
  });

  test('has no more to tell where there are twenty', () => {
    const answers = [...explain('10.0.0.1', estate(20))];
    assert.deepEqual([...new Set(answers.map(({ kind }) => kind))], ['service']);
  });

  test('costs work for one service after the other, as the answer is read', () => {
    const { counted, input } = counting(estate());
    const answers = explain('10.0.0.1', input)[Symbol.iterator]();
    answers.next();
    assert.equal(counted.explained, 1);
    answers.next();
    assert.equal(counted.explained, 2);
    for (let step = answers.next(); step.done !== true; step = answers.next());
    assert.equal(counted.explained, 20);
  });

  test('is a page that is made while it is sent, with links to others', () => {
    const { counted, input } = counting(estate());
    const site = { owner: 'shop/main', replica: 'main-0', startedAtMs: 0, nowMs: 0, pages: [] };
    const views = fakeViews({ explain: (name) => explain(name, input) });
    const pieces = servicePage(views, { name: '10.0.0.1', registry: undefined }, site).pieces[Symbol.iterator]();
    pieces.next();
    assert.ok(counted.explained <= 1, `${counted.explained}`);
    let text = '';
    let longest = 0;
    for (let step = pieces.next(); step.done !== true; step = pieces.next()) {
      text += step.value;
      longest = Math.max(longest, step.value.length);
    }
    assert.equal(counted.explained, 20);
    assert.ok(text.length < 200_000, `${text.length}`);
    assert.ok(longest < 20_000, `${longest}`);
    assert.match(text, /The first 20 of 1000 services.*href="\/service\?registry=vms&amp;name=s-0020"/s);
  });
});

describe('a service of five thousand instances', () => {
  const instances = Array.from({ length: 5000 }, (_, at) => ({
    id: `i-${String(at).padStart(4, '0')}`,
    address: '10.0.0.1',
    port: 8000 + at,
    status: at === 4999 ? 'down' : 'up',
  }));
  const input = inputOf({ readings: [[0, live(JSON.stringify({ services: [{ name: 'big', instances }] }))]] });

  test('is shown with a hundred of them, the worst first, and says how many there are', () => {
    const views = fakeViews({ explain: (name) => explain(name, input) });
    const site = { owner: 'shop/main', replica: 'main-0', startedAtMs: 0, nowMs: 0, pages: [] };
    const pieces = [...servicePage(views, { name: 'big', registry: undefined }, site).pieces];
    const text = pieces.join('');
    assert.equal(text.match(/data-label="Address"/g)?.length, 100);
    assert.match(text, /data-key="i-4999"/);
    assert.match(text, /4\u202f900 more instances/);
    assert.ok(text.length < 100_000, `${text.length}`);
  });

  test('is shown with the one that was asked for before all others', () => {
    const views = fakeViews({ explain: (name) => explain(name, input) });
    const site = { owner: 'shop/main', replica: 'main-0', startedAtMs: 0, nowMs: 0, pages: [] };
    const text = [...servicePage(views, { name: '10.0.0.1:11500', registry: undefined }, site).pieces].join('');
    const rows = [...text.matchAll(/<tr data-key="(i-[0-9]+)"/g)].map(([, id]) => id);
    assert.deepEqual([rows.length, ...rows.slice(0, 2)], [100, 'i-3500', 'i-4999']);
    const lines = explanationText(JSON.parse(JSON.stringify([...explain('I-3500', input)])), (_colour, words) => words);
    assert.match(lines.find((line) => line.includes('i-')) ?? '', /√ i-3500 /);
  });

  test('is compared with as many endpoints as share address and port, not with all', () => {
    const { reads, counted } = countingEndpoints(input);
    const [big]: readonly Explanation[] = [...explain('big', counted)];
    assert.ok(big?.kind === 'service');
    const stage = big.stages.find((one) => one.stage === 'instances');
    assert.ok(stage?.stage === 'instances');
    assert.equal(stage.details.published, 4999);
    assert.ok(reads.count > 4999 && reads.count < 10 * 4999, `${reads.count}`);
  });
});

/** The same with endpoints that count how often their ports are looked at. */
function countingEndpoints(input: ExplainInput) {
  const reads = { count: 0 };
  const watched = (endpoint: Endpoint): Endpoint => ({
    ...endpoint,
    get ports() {
      reads.count++;
      return endpoint.ports;
    },
  });
  const converted = input.turn?.converted.map((unit) => ({
    ...unit,
    entry: unit.entry && {
      ...unit.entry,
      spec: { ...unit.entry.spec, endpoints: unit.entry.spec.endpoints.map(watched) },
    },
  }));
  return { reads, counted: { ...input, turn: input.turn && { ...input.turn, converted: converted ?? [] } } };
}

describe('a service whose instances have a problem each', () => {
  const instances = Array.from({ length: 1500 }, (_, at) => ({
    id: `i-${String(at).padStart(4, '0')}`,
    address: '10.0.0.1',
    ...(at < 1000 ? { port: 8000 + at } : { ports: [{ name: 'rpc', number: 8000 + at, protocol: 'grpc' }] }),
    hue: 'red',
  }));
  const input = inputOf({ readings: [[0, live(JSON.stringify({ services: [{ name: 'odd', instances }] }))]] });

  test('is shown with some of them, and says how many there are', () => {
    const views = fakeViews({ explain: (name) => explain(name, input) });
    const site = { owner: 'shop/main', replica: 'main-0', startedAtMs: 0, nowMs: 0, pages: [] };
    const text = [...servicePage(views, { name: 'odd', registry: undefined }, site).pieces]
      .join('')
      .replaceAll('<wbr>', '');
    assert.equal(text.match(/>FIELD_IGNORED</g)?.length, 20);
    assert.equal(text.match(/>PORT_NOT_OFFERED</g)?.length, 20);
    assert.match(text, /1\u202f480 more problems.*480 more problems/s);
    assert.match(text, /Lack a published port: i-1000, .*, i-1019 and 480 more/);
    assert.ok(text.length < 100_000, `${text.length}`);
  });
});

describe('a host that a thousand services want', () => {
  test('is explained with twenty of them', () => {
    const services = Array.from({ length: 1000 }, (_, at) => ({
      name: [...'abcdefghij'].map((letter, bit) => (at & (1 << bit) ? letter.toUpperCase() : letter)).join(''),
      instances: [{ id: `i-${at}`, address: '10.0.0.1', port: 8000 + at }],
    }));
    const input = inputOf({ readings: [[0, live(JSON.stringify({ services }))]] });
    for (const name of ['abcdefghij', 'ABcdefghij']) {
      const [answer]: readonly Explanation[] = [...explain(name, input)];
      assert.ok(answer?.kind === 'service');
      const stage = answer.stages.find((one) => one.stage === 'host');
      assert.ok(stage?.stage === 'host');
      assert.equal(stage.details.rivals.length, 20);
      assert.equal(stage.details.otherRivals, 979);
      assert.ok(stage.sentence.length < 1000);
    }
  });
});
