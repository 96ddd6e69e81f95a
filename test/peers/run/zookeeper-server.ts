// A real ZooKeeper server of one of the lines that estates run, listening on 127.0.0.1.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';
import { writeZooCfg, type ZooOptions } from './zoo-cfg.ts';

const ZOOKEEPER_PEERS = { '3.9': 'zookeeper', '3.5': 'zookeeper35', '3.4': 'zookeeper34' } as const;
type Line = keyof typeof ZOOKEEPER_PEERS;
const ASK_DEADLINE_MS = 2_000;

export interface ZooKeeperOptions extends ZooOptions {
  readonly line?: Line;
}

export class ZooKeeperServer {
  readonly port: number;
  /** 0 without certificates. */
  readonly tlsPort: number;
  readonly #folder: string;
  readonly #line: Line;
  #child: Child;

  private constructor(ports: { readonly plain: number; readonly tls: number }, folder: string, line: Line) {
    this.port = ports.plain;
    this.tlsPort = ports.tls;
    this.#folder = folder;
    this.#line = line;
    this.#child = this.#start();
  }

  /** Starts one server and waits until it serves. */
  static async start(teardown: Teardown, options: ZooKeeperOptions = {}): Promise<ZooKeeperServer> {
    const server = await ZooKeeperServer.launch(teardown, options);
    await server.untilServing();
    return server;
  }

  /** Starts it and does not wait. `number` is its own in an ensemble, whose members `settings` must then name. */
  static async launch(teardown: Teardown, options: ZooKeeperOptions, number = 1): Promise<ZooKeeperServer> {
    const { line = '3.9', certificates } = options;
    const name = `zookeeper-${line}-${number}`;
    const folder = scratchFolder(teardown, name);
    const ports = { plain: await freePort(), tls: certificates === undefined ? 0 : await freePort() };
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), `${number}\n`);
    writeZooCfg(folder, ports, options);
    const server = new ZooKeeperServer(ports, folder, line);
    teardown.add(name, () => server.stop());
    return server;
  }

  #start(): Child {
    return new Child({
      name: `zookeeper-${this.#line}-${this.port}`,
      command: 'java',
      args: [
        ...['-XX:TieredStopAtLevel=1', '-Xmx256m'],
        // Nothing here must outlive the machine, and tests write thousands of nodes.
        '-Dzookeeper.forceSync=no',
        ...['-cp', join(peerPath(ZOOKEEPER_PEERS[this.#line]), '*')],
        ...['org.apache.zookeeper.server.quorum.QuorumPeerMain', 'zoo.cfg'],
      ],
      cwd: this.#folder,
    });
  }

  /** As clients are told, `HOST:PORT`. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get tlsAddress(): string {
    return `127.0.0.1:${this.tlsPort}`;
  }

  get process(): Child {
    return this.#child;
  }

  /** `standalone`, `leader` or `follower`; undefined while it serves no clients. */
  async mode(): Promise<string | undefined> {
    // `ruok` would not do: it is answered by a server whose main thread has died.
    const answer = await this.ask('srvr').catch(() => '');
    return /^Mode: (\w+)$/m.exec(answer)?.[1];
  }

  /** The answer to one of its four-letter words. */
  async ask(word: string): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    socket.setTimeout(ASK_DEADLINE_MS, () => socket.destroy(new Error(`no answer to ${word}`)));
    socket.end(word);
    return text(socket);
  }

  async untilServing(): Promise<void> {
    await waitFor(async () => {
      if (!this.#child.isRunning) throw new Error('it ended');
      return (await this.mode()) !== undefined;
    }, `ZooKeeper on port ${this.port} serves`).catch((error: unknown) => {
      throw new Error(this.#child.describe(), { cause: error });
    });
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  kill(): Promise<void> {
    return this.#child.kill();
  }

  /** Of a server that is stopped: a copy of its data, for `restore`. */
  backUp(): void {
    cpSync(join(this.#folder, 'data'), join(this.#folder, 'backup'), { recursive: true });
  }

  /** Of a server that is stopped: its data are again what they were when they were backed up. */
  restore(): void {
    rmSync(join(this.#folder, 'data'), { recursive: true });
    cpSync(join(this.#folder, 'backup'), join(this.#folder, 'data'), { recursive: true });
  }

  /** A new process on the same ports with the data that the former one left. */
  async startAgain(): Promise<void> {
    this.#child = this.#start();
    await this.untilServing();
  }
}
