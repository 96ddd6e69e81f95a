import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { askReadiness, readyAddress } from '../../../src/serve/istiod-ready.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

async function portOf(t: TestContext, answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('askReadiness()', () => {
  const answers: readonly (readonly [string, RequestListener, string])[] = [
    ['200: ready', (_, response) => response.end(), 'ready'],
    ['503 and no word, as istiod answers: not ready', (_, response) => response.writeHead(503).end(), 'notReady'],
    [
      '503 of a proxy, in words: nothing',
      (_, response) => response.writeHead(503).end('no healthy upstream'),
      'unknown',
    ],
    ['404 of another program: nothing', (_, response) => response.writeHead(404).end(), 'unknown'],
    [
      'a redirection, which nobody follows: nothing',
      (_, response) => response.writeHead(302, { location: '/x' }).end(),
      'unknown',
    ],
    ['more than a page: nothing', (_, response) => response.writeHead(503).end('x'.repeat(100_000)), 'unknown'],
    ['a connection that is cut: nothing', (request) => request.socket.destroy(), 'unknown'],
  ];
  for (const [title, answer, expected] of answers) {
    test(title, async (t) => {
      const asked: (string | undefined)[] = [];
      const port = await portOf(t, (request, response) => {
        asked.push(request.url);
        answer(request, response);
      });
      assert.equal(await askReadiness('127.0.0.1', port, new FakeClock()), expected);
      assert.deepEqual(asked, ['/ready']);
    });
  }

  test('nobody who answers in time: nothing', async (t) => {
    const clock = new FakeClock();
    const port = await portOf(t, () => clock.advance(2_000));
    assert.equal(await askReadiness('127.0.0.1', port, clock), 'unknown');
  });
});

describe('readyAddress()', () => {
  const identity = (nodeId: string) => ({ nodeId, revision: undefined, process: undefined });
  const rows: readonly (readonly [string, string, string, string | undefined])[] = [
    ['the address that it came from and has', '10.0.0.9:4711', 'sidecar~10.0.0.9~istiod-0.x~x', '10.0.0.9'],
    ['in IPv6, however it is written', '[fd00::9]:4711', 'sidecar~fd00:0::9~istiod-0.x~x', 'fd00::9'],
    ['IPv4 in an IPv6 socket', '[::ffff:10.0.0.9]:4711', 'sidecar~10.0.0.9~istiod-0.x~x', '::ffff:10.0.0.9'],
    ['nowhere behind a NAT', '10.0.0.1:4711', 'sidecar~10.0.0.9~istiod-0.x~x', undefined],
    ['nowhere where it names no address', '10.0.0.9:4711', 'sidecar~~istiod-0.x~x', undefined],
    ['nowhere for another client', '10.0.0.9:4711', 'router~10.0.0.9~x~x', undefined],
    ['nowhere where the peer has none', 'unix:/tmp/x', 'sidecar~10.0.0.9~istiod-0.x~x', undefined],
  ];
  for (const [title, peer, nodeId, expected] of rows) {
    test(title, () => assert.equal(readyAddress(peer, identity(nodeId)), expected));
  }

  test('nowhere before it said who it is', () => assert.equal(readyAddress('10.0.0.9:4711', undefined), undefined));
});
