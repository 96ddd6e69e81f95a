// SPDX-License-Identifier: Apache-2.0
// eureka-js-client behind one file. Of the library we use its configuration, its resolver of servers (which one is asked,
// which one is next) and its one request seam. Never its transport (no deadline, overlapping polls, passwords in logs), its
// delta (it replaces the wrong instances: an array is used as an index), its cache (instances of one host and port merge; one
// bad record loses all) nor `start()`. The configuration files that it would merge from the working directory are kept out.
import { Eureka, type EurekaCallback, type EurekaRequest } from 'eureka-js-client';
import { parseServer, type Server } from './server.ts';
import type { Answer } from './transport.ts';

/** Nothing can lie below a device node, so the library finds no file that could override what it is given. */
const NO_DIRECTORY = '/dev/null';

/** The library logs URLs with passwords and whole errors: it is not heard. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

export type Send = (server: Server, path: string) => Promise<Answer>;

export class LibraryClient extends Eureka {
  readonly #servers: ReadonlyMap<string, Server>;
  readonly #send: Send;

  /** `urls` in the order in which they are tried first; a server that answers is stayed with. At least one is needed. */
  constructor(urls: readonly string[], send: Send) {
    const servers = new Map(urls.map(parseServer).map((server) => [`${server.name}/apps/`, server]));
    super({
      cwd: NO_DIRECTORY,
      logger: SILENT,
      shouldUseDelta: false,
      eureka: {
        serviceUrls: { default: [...servers.keys()] },
        registerWithEureka: false,
        filterUpInstances: false,
        useDns: false,
        maxRetries: 0,
      },
    });
    this.#servers = servers;
    this.#send = send;
  }

  /** One for each server, to be given to `server()` in turn. `anew`: beginning with the next one, the present one comes last. */
  attempts(anew: boolean): readonly number[] {
    return Array.from(this.#servers, (_, index) => (anew ? index + 1 : index));
  }

  /** The server that is asked now; an `attempt` above 0 first moves on to the next one. */
  server(attempt = 0): Server {
    let resolved: Server | undefined;
    this.clusterResolver.resolveEurekaUrl((_error, url) => {
      resolved = this.#servers.get(url ?? '');
    }, attempt);
    if (resolved === undefined) throw new Error('eureka-js-client resolved a server that was not configured');
    return resolved;
  }

  /** Asks the current server. `uri` is relative to its list of applications: '' (all), 'delta', an encoded name, '?query'. */
  get(uri: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.eurekaRequest({ uri }, (error, response, body) => {
        if (response === undefined)
          reject(error instanceof Error ? error : new Error('the request ended without an answer'));
        else resolve({ status: response.statusCode, text: body ?? '' });
      });
    });
  }

  /** Stands in for the library's transport: whatever it ever asks goes the way of our own requests. */
  override eurekaRequest({ uri }: EurekaRequest, callback: EurekaCallback, attempt = 0): void {
    const server = this.server(attempt);
    const separator = uri === '' || uri.startsWith('?') ? '' : '/';
    this.#send(server, `${server.appsPath}${separator}${uri}`).then(
      (answer) => callback(null, { statusCode: answer.status }, answer.text),
      (error: unknown) => callback(error),
    );
  }
}
