// A Pilot of the 1.8 line on free ports, without any Kubernetes: its services come from its config sources alone, by legacy MCP.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { peerPath } from '../build/peers.ts';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { untilReady } from './until-ready.ts';

type Ports = Readonly<Record<'grpc' | 'http' | 'monitoring', number>>;

export class Pilot {
  readonly #ports: Ports;
  readonly #folder: string;
  #child: Child;

  private constructor(ports: Ports, folder: string) {
    this.#ports = ports;
    this.#folder = folder;
    this.#child = this.#start();
  }

  /**
   * Starts it and does not wait: see `untilReady`. `sources`: `host:port`, which Istio up to 1.8 takes for legacy MCP, or a whole config
   * source.
   */
  static async start(teardown: Teardown, sources: readonly (string | object)[]): Promise<Pilot> {
    const folder = scratchFolder(teardown, 'pilot');
    const ports = { grpc: await freePort(), http: await freePort(), monitoring: await freePort() };
    writeFileSync(join(folder, 'mesh.yaml'), stringify({ configSources: sources.map(sourceOf) }));
    const pilot = new Pilot(ports, folder);
    teardown.add('pilot', () => pilot.stop());
    return pilot;
  }

  #start(): Child {
    const { grpc, http, monitoring } = this.#ports;
    return new Child({
      name: 'pilot',
      command: peerPath('pilot'),
      args: [
        'discovery',
        ...['--registries=', '--meshConfig', 'mesh.yaml', '--httpsAddr=', '--secureGRPCAddr='],
        ...['--grpcAddr', `127.0.0.1:${grpc}`, '--httpAddr', `127.0.0.1:${http}`],
        ...['--monitoringAddr', `127.0.0.1:${monitoring}`],
        // Without a pause it dials a source that is gone, with two lines for each attempt.
        ...['--log_output_level', 'default:info,mcp:none'],
      ],
      cwd: this.#folder,
      env: { POD_NAMESPACE: 'istio-system', POD_NAME: 'pilot-0', INSTANCE_IP: '127.0.0.1' },
    });
  }

  get process(): Child {
    return this.#child;
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  /** A new process on the same ports with the same sources. */
  async restart(): Promise<void> {
    await this.#child.stop();
    this.#child = this.#start();
  }

  untilReady(): Promise<void> {
    return untilReady(this.#child, this.#ports.http);
  }

  /**
   * Every push since it started, as it logs them: `full 3` with how many services it knows then, or `endpoints a.b c.d` for a
   * push of the endpoints of these hosts alone.
   */
  pushes(): readonly string[] {
    return this.#child.lines.flatMap((line) => {
      const full = /XDS: Pushing:\S+ Services:(\d+)/.exec(line);
      if (full !== null) return [`full ${full[1]}`];
      const part = /XDS:EDSInc Pushing:\S+ Services:map\[(.*?)\] /.exec(line);
      return part === null ? [] : [`endpoints ${(part[1] ?? '').replaceAll(':{}', '')}`];
    });
  }
}

function sourceOf(source: string | object): object {
  return typeof source === 'string' ? { address: source } : source;
}
