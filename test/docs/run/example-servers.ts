// The registries that pages and examples name (`eureka-1.example:8761`, `zk-1.example:2181`): fakes on free ports that hold what
// the dumps below examples/ recorded.
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { RecordedTree } from '../../../src/registry/zookeeper/tree/tree-dump.ts';
import { fakeEureka } from '../../fakes/eureka-run.ts';
import type { RawInstance } from '../../fakes/fake-eureka-registry.ts';
import { FakeZooKeeperServer } from '../../fakes/fake-zookeeper-server.ts';

/** Name in the pages, with its port → where the fake listens. */
export type ServerNames = ReadonlyMap<string, string>;

export async function startExampleServers(t: TestContext): Promise<ServerNames> {
  const servers = [
    ...['eureka-1.example:8761', 'eureka-2.example:8761'].map((name) => ({ name, start: () => filledEureka(t) })),
    ...['zk-1', 'zk-2', 'zk-3'].map((name) => ({ name: `${name}.example:2181`, start: () => planted(t, 'dubbo') })),
    { name: 'spring-zk-1.example:2181', start: () => planted(t, 'spring-cloud-zookeeper') },
  ];
  return new Map(await Promise.all(servers.map(async ({ name, start }) => [name, await start()] as const)));
}

/** A Eureka server that holds the applications of the example; resolves with its address. */
async function filledEureka(t: TestContext): Promise<string> {
  const eureka = await fakeEureka(t);
  for (const { name, instance } of recorded<EurekaAnswer>('eureka').applications.application)
    for (const one of instance) eureka.registry.register(name, one.instanceId, one);
  return new URL(eureka.url).host;
}

interface EurekaAnswer {
  readonly applications: {
    readonly application: readonly { readonly name: string; readonly instance: readonly RawInstance[] }[];
  };
}

function recorded<Raw>(example: string): Raw {
  return (JSON.parse(readFileSync(`examples/${example}/dump.json`, 'utf8')) as { readonly raw: Raw }).raw;
}

/** A ZooKeeper server that holds the tree of an example; resolves with its address. */
async function planted(t: TestContext, example: string): Promise<string> {
  const server = await FakeZooKeeperServer.start();
  t.after(() => server.close());
  const tree = recorded<RecordedTree>(example);
  for (const [path, { children = [], data }] of Object.entries(tree)) {
    server.set(path, data);
    for (const child of children) if (tree[`${path}/${child}`] === undefined) server.set(`${path}/${child}`);
  }
  return server.address;
}
