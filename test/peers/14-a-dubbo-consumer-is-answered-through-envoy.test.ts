// The thread itself, for Dubbo: a real consumer calls a virtual IP or a name, and is answered by real providers through an Envoy
// that a real istiod configured from our entries.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { DubboMesh, type Target, type Way } from './run/dubbo-mesh.ts';
import { inOwnNetwork } from './run/own-network.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

interface TestedWay extends Way {
  /** What Envoy spreads over the providers: of gRPC each call, of TCP a connection, which a consumer keeps. */
  readonly spreads: 'calls' | 'connections';
}

/** What every answer holds, whatever is around it on the wire. */
const LEAST_ANSWER = 'greets a test';
const CALLS = 20;
const TARGETS: readonly Target[] = ['virtual IP', 'name'];
const APPLICATIONS = {
  ledger: { protocols: ['dubbo'], providers: 2 },
  quotes: { protocols: ['tri'], providers: 2 },
  mixed: { protocols: ['dubbo+tri'], providers: 2 },
  old: { line: '2.7', protocols: ['dubbo'], providers: 2 },
  late: { protocols: ['dubbo', 'tri'], providers: 1 },
} as const;
const WAYS: readonly TestedWay[] = [
  { application: 'ledger', protocol: 'dubbo', port: 20880, spreads: 'connections' },
  { application: 'quotes', protocol: 'tri', port: 50051, spreads: 'calls' },
  { application: 'mixed', protocol: 'dubbo', port: 20880, spreads: 'connections' },
  { application: 'mixed', protocol: 'tri', port: 50051, spreads: 'connections' },
  { application: 'old', protocol: 'dubbo', port: 20880, spreads: 'connections' },
];
const LATE_WAYS: readonly Way[] = [
  { application: 'late', protocol: 'dubbo', port: 20880 },
  { application: 'late', protocol: 'tri', port: 50051 },
];

const need = await needPeers('istiod', 'envoy', 'zookeeper', 'dubbo33', 'dubbo27');

inOwnNetwork(import.meta.filename, need, () =>
  describe('14. A Dubbo consumer is answered through Envoy', () => {
    const teardown = new Teardown();
    let mesh: DubboMesh;
    before(async () => {
      mesh = await DubboMesh.start(teardown, APPLICATIONS);
    });
    after(() => teardown.run());

    for (const way of WAYS)
      for (const target of TARGETS)
        test(`${way.protocol} to the ${target} of ${way.application} is answered`, async () => {
          const bytesBefore = await mesh.bytesReceived(way);
          const answering = await callMany(way, target);
          const bytes = (await mesh.bytesReceived(way)) - bytesBefore;
          assert.ok(
            bytes >= CALLS * LEAST_ANSWER.length,
            `${bytes} bytes came through Envoy, and ${CALLS} answers have more`,
          );
          const all = portsOf(way);
          assert.deepEqual(new Set(answering), new Set(way.spreads === 'calls' ? all : answering.slice(0, 1)));
          assert.deepEqual(
            answering.filter((port) => !all.includes(port)),
            [],
          );
        });

    test('of two providers one is killed: when it has gone, the other answers', async () => {
      const pairs = [...mesh.providers.values()].filter(({ length }) => length === 2);
      await Promise.all(pairs.flatMap((pair) => pair.slice(0, 1)).map((first) => first.kill()));
      for (const way of WAYS) {
        const left = mesh.endpointsOf(way).slice(1);
        await mesh.untilLedTo(way, left);
        const who = portsOf(way).slice(1);
        // Dubbo itself takes a second or so until it uses a connection again that it had lost.
        for (const target of TARGETS)
          await untilHolds(
            async () => assert.deepEqual([...new Set(await callMany(way, target))], who),
            `${way.protocol} to the ${target} of ${way.application} is answered by the provider that is left`,
          );
      }
      assert.deepEqual(await mesh.istiod.complaints(), []);
    });

    test('a provider that starts is called', async (t) => {
      const [late] = mesh.providers.get('late') ?? [];
      await late?.stop();
      await mesh.untilUnknown('late');
      const launchedAtMs = Date.now();
      const passed = (): string => `${Date.now() - launchedAtMs} ms`;
      const started = late?.startAgain().then(passed);
      const called = LATE_WAYS.map(async (way) => {
        await mesh.untilLedTo(way, mesh.endpointsOf(way));
        const led = passed();
        await waitFor(() => mesh.call(way, 'virtual IP'), `${way.protocol} of late is answered`);
        return `${way.protocol}: ${led} to Envoy, ${passed()} to the first answer through it`;
      });
      const told = [`${await started} until it says that it has started`, ...(await Promise.all(called))];
      t.diagnostic(`from the launch of a provider: ${told.join('; ')}`);
    });

    /** Of the providers at the end of that way. */
    function portsOf(way: Way): readonly number[] {
      return mesh.endpointsOf(way).map((endpoint) => Number(endpoint.split(':')[1]));
    }

    /** Who answered, call by call: ports. */
    async function callMany(way: Way, target: Target): Promise<readonly number[]> {
      const answering: number[] = [];
      for (let calls = 0; calls < CALLS; calls++) answering.push(await mesh.call(way, target));
      return answering;
    }
  }),
);
