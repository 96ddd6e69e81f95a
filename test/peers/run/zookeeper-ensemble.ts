// ZooKeeper servers that elect a leader: what clients see when one goes.
import { freePort } from './free-port.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';
import { type ZooKeeperOptions, ZooKeeperServer } from './zookeeper-server.ts';

export class ZooKeeperEnsemble {
  readonly members: readonly ZooKeeperServer[];

  private constructor(members: readonly ZooKeeperServer[]) {
    this.members = members;
  }

  /** Starts so many servers and waits until all of them serve. */
  static async start(teardown: Teardown, size: number, options: ZooKeeperOptions = {}): Promise<ZooKeeperEnsemble> {
    const numbers = Array.from({ length: size }, (_, index) => index + 1);
    const named: Record<string, string> = {};
    for (const number of numbers) named[`server.${number}`] = `127.0.0.1:${await freePort()}:${await freePort()}`;
    const settings = { initLimit: 10, syncLimit: 5, ...named, ...options.settings };
    const members: ZooKeeperServer[] = [];
    for (const number of numbers)
      members.push(await ZooKeeperServer.launch(teardown, { ...options, settings }, number));
    await Promise.all(members.map((member) => member.untilServing()));
    return new ZooKeeperEnsemble(members);
  }

  get addresses(): readonly string[] {
    return this.members.map(({ address }) => address);
  }

  /** The member that leads, as soon as one does. */
  leader(): Promise<ZooKeeperServer> {
    return waitFor(async () => {
      for (const member of this.members) if ((await member.mode()) === 'leader') return member;
      return undefined;
    }, 'the ensemble has a leader');
  }

  /** Kills the leader and waits until the others have another one. */
  async killLeader(): Promise<ZooKeeperServer> {
    const former = await this.leader();
    await former.kill();
    await this.leader();
    return former;
  }
}
