import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { painter } from '../../../src/cli/paint.ts';
import { watchEvents } from '../../../src/cli/watch.ts';
import type { ProbeAnswer } from '../../../src/probe/config-source.ts';
import type { ProbedResource } from '../../../src/probe/decode-resource.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const TYPE = 'networking.istio.io/v1/ServiceEntry';
const at = new Date(new FakeClock().now()).toISOString();

function resource(name: string, version: string): ProbedResource {
  const spec = { hosts: ['orders.shop.vms'], endpoints: [{ address: '10.0.0.1' }] };
  const about = { createTime: undefined, labels: { a: 'b' }, annotations: {}, bodyType: 'x', bytes: new Uint8Array(0) };
  return { name, version, spec, ...about };
}

const ORDERS = resource('shop/orders', 'v2');
const ANSWER: ProbeAnswer = {
  typeUrl: TYPE,
  version: 'all-2',
  resources: new Map([['shop/orders', ORDERS]]),
  changes: [
    { kind: 'added', resource: resource('shop/new', 'v1') },
    { kind: 'changed', resource: ORDERS, former: resource('shop/orders', 'v1') },
    { kind: 'removed', former: resource('shop/old', 'v1') },
  ],
  problems: ['resource 3: is \u001b[2Jnothing'],
};

function printed(format: 'text' | 'json', act: (events: ReturnType<typeof watchEvents>) => void) {
  const [data, said]: [string[], string[]] = [[], []];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void said.push(text) };
  act(watchEvents({ output, paint: painter(false, {}) }, format, new FakeClock()));
  return { data, said };
}

describe('what watch prints', () => {
  test('is one JSON object for each change, then one for the answer, with fields that stay', () => {
    const { data } = printed('json', ({ onAnswer }) => onAnswer(ANSWER));
    const about = { labels: { a: 'b' }, annotations: {}, spec: ORDERS.spec };
    assert.deepEqual(
      data.map((line) => JSON.parse(line)),
      [
        { at, kind: 'added', typeUrl: TYPE, name: 'shop/new', version: 'v1', ...about },
        { at, kind: 'changed', typeUrl: TYPE, name: 'shop/orders', version: 'v2', ...about },
        { at, kind: 'removed', typeUrl: TYPE, name: 'shop/old' },
        { at, kind: 'answered', typeUrl: TYPE, version: 'all-2', resources: 1 },
      ],
    );
    assert.ok(data.every((line) => !line.includes('\n')));
  });

  test('is one object for an answer that changed nothing, and for a lost connection', () => {
    const { data, said } = printed('json', ({ onAnswer, onDisconnected }) => {
      onAnswer({ ...ANSWER, changes: [], problems: [] });
      onDisconnected({ reason: 'gone', retryInMs: 500 });
    });
    assert.deepEqual(
      data.map((line) => JSON.parse(line)),
      [
        { at, kind: 'answered', typeUrl: TYPE, version: 'all-2', resources: 1 },
        { at, kind: 'disconnected', reason: 'gone', retryInMs: 500 },
      ],
    );
    assert.deepEqual(said, ['not connected: gone; next attempt in 500 ms']);
  });

  test('is a line for each change as text, and problems beside it, without control characters of the source', () => {
    const { data, said } = printed('text', ({ onAnswer }) =>
      onAnswer({ ...ANSWER, changes: [{ kind: 'removed', former: resource('shop/\u001b[2J', 'v') }] }),
    );
    assert.deepEqual(data, ['- shop/\ufffd[2J  version v']);
    assert.deepEqual(said, ['resource 3: is \ufffd[2Jnothing']);
  });
});
