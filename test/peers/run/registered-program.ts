// A real program that registers itself in ZooKeeper and is the only one behind its entry.
import type { DubboApplication } from './dubbo-application.ts';
import { type ExpectedService, entryName } from './expected-entry.ts';
import type { Istiod } from './istiod.ts';
import { registrations } from './registrations.ts';
import type { SpringApplication } from './spring-application.ts';
import type { ZooKeeperServer } from './zookeeper-server.ts';

export interface RegisteredProgram {
  readonly program: DubboApplication | SpringApplication;
  /** What the paths of its registrations hold, and no others. */
  readonly mark: string;
  readonly expected: ExpectedService;
}

/** Names of those that have an endpoint in istiod. */
export async function shown(istiod: Istiod, programs: readonly RegisteredProgram[]): Promise<readonly string[]> {
  const entries = await istiod.serviceEntries();
  const names = programs.map(({ expected }) => entryName(expected));
  return names.filter((name) => entries.get(name)?.spec['endpoints'] !== undefined);
}

/** Names of those that are registered, by whatever session. */
export async function registered(
  zookeeper: ZooKeeperServer,
  programs: readonly RegisteredProgram[],
): Promise<readonly string[]> {
  const all = await registrations(zookeeper);
  const found = programs.filter(({ mark }) => all.some(({ path }) => path.includes(mark)));
  return found.map(({ expected }) => entryName(expected));
}

/** The sessions that hold their registrations. */
export async function sessionsOf(
  zookeeper: ZooKeeperServer,
  programs: readonly RegisteredProgram[],
): Promise<ReadonlySet<string>> {
  const all = await registrations(zookeeper);
  const own = all.filter(({ path }) => programs.some(({ mark }) => path.includes(mark)));
  return new Set(own.map(({ session }) => session));
}
