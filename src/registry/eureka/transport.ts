// SPDX-License-Identifier: Apache-2.0
// HTTP to Eureka, on undici: one pool for each server, one deadline over connection, headers and body, no redirects, caps
// on bytes. It knows credentials and sockets and nothing of what an answer says. No error of it holds a secret.
import { Pool } from 'undici';
import type { Clock } from '../../lib/clock.ts';
import { errorCode, isTlsCode } from '../../lib/error-code.ts';
import { readBody, TooManyBytes, UnknownEncoding } from './answer-body.ts';
import { type Credentials, loadCredentials, requestHeaders } from './credentials.ts';
import type { EurekaOptions } from './options.ts';
import { ReadFailure } from './read-failure.ts';
import type { Server } from './server.ts';

export interface Answer {
  readonly status: number;
  /** '' unless the status is 200: nobody reads what an error page says. */
  readonly text: string;
}

export type TransportOptions = Pick<EurekaOptions, 'auth' | 'tls' | 'requestTimeoutMs' | 'maxBytes'>;

/** Connections to one server at the same time: more than one is used only by reads of single applications. */
const CONNECTIONS = 4;
const LARGEST_ERROR_PAGE = 64 * 1024;

export class EurekaTransport {
  readonly #options: TransportOptions;
  readonly #clock: Clock;
  readonly #pools = new Map<string, Pool>();
  readonly #inFlight = new Set<AbortController>();
  #credentials: Credentials | undefined;
  #closed = false;

  constructor(options: TransportOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Reads the files of `auth` and `tls` again; to be called before the requests of a poll, never while one runs. */
  async refresh(): Promise<void> {
    const fresh = await loadCredentials(this.#options.auth, this.#options.tls);
    const former = this.#credentials?.tls;
    this.#credentials = fresh;
    const { ca, cert, key } = fresh.tls;
    if (former !== undefined && (former.ca !== ca || former.cert !== cert || former.key !== key))
      await this.#dropPools();
  }

  /** Rejects with a ReadFailure that names the server. `path` is absolute and may hold a query. */
  async get(server: Server, path: string): Promise<Answer> {
    const attempt = new AbortController();
    let expired = false;
    const cancel = this.#clock.after(this.#options.requestTimeoutMs, () => {
      expired = true;
      attempt.abort();
    });
    this.#inFlight.add(attempt);
    try {
      return await this.#exchange(server, path, attempt.signal);
    } catch (error) {
      throw expired
        ? timedOut(server, this.#options.requestTimeoutMs)
        : transportFailure(error, server, this.#options.maxBytes);
    } finally {
      cancel();
      this.#inFlight.delete(attempt);
    }
  }

  /** Ends what is under way and closes every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const attempt of this.#inFlight) attempt.abort();
    await this.#dropPools();
  }

  async #exchange(server: Server, path: string, signal: AbortSignal): Promise<Answer> {
    const credentials = this.#credentials;
    if (credentials === undefined || this.#closed) throw new Error('the transport is not open');
    const headers = requestHeaders(credentials, server);
    const {
      statusCode,
      headers: answered,
      body,
    } = await this.#pool(server, credentials).request({
      path,
      method: 'GET',
      headers,
      signal,
    });
    if (statusCode !== 200) {
      await body.dump({ limit: LARGEST_ERROR_PAGE, signal });
      return { status: statusCode, text: '' };
    }
    const encoding = answered['content-encoding'];
    const text = await readBody(body, Array.isArray(encoding) ? encoding.join(',') : encoding, this.#options.maxBytes);
    return { status: statusCode, text };
  }

  #pool(server: Server, { tls }: Credentials): Pool {
    const known = this.#pools.get(server.origin);
    if (known !== undefined) return known;
    const { serverName } = this.#options.tls;
    const pool = new Pool(server.origin, {
      connections: CONNECTIONS,
      // The deadline of `get` covers all of these; undici's own timers would only disagree with it.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: this.#options.requestTimeoutMs,
        ...(tls.ca === undefined ? {} : { ca: tls.ca }),
        ...(tls.cert === undefined ? {} : { cert: tls.cert }),
        ...(tls.key === undefined ? {} : { key: tls.key }),
        ...(serverName === undefined ? {} : { servername: serverName }),
      },
    });
    this.#pools.set(server.origin, pool);
    return pool;
  }

  async #dropPools(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}

function timedOut(server: Server, afterMs: number): ReadFailure {
  return new ReadFailure('EUREKA_TIMEOUT', `${server.name} did not answer completely within ${afterMs} ms`);
}

/** Judged by class and code alone: messages of sockets and TLS may quote what was sent. */
function transportFailure(error: unknown, server: Server, maxBytes: number): ReadFailure {
  if (error instanceof ReadFailure) return error;
  if (error instanceof TooManyBytes) {
    return new ReadFailure('EUREKA_TOO_LARGE', `${server.name} answered with more than ${maxBytes} bytes`);
  }
  if (error instanceof UnknownEncoding) {
    return new ReadFailure('EUREKA_NOT_JSON', `${server.name} answered in an encoding that was not asked for`);
  }
  const code = errorCode(error);
  const because = code === '' ? '' : ` (${code})`;
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new ReadFailure('EUREKA_TIMEOUT', `${server.name} cannot be connected${because}`);
  if (isTlsCode(code))
    return new ReadFailure('EUREKA_TLS', `No TLS connection to ${server.name} comes about${because}`);
  if (BROKEN_CODE.test(code))
    return new ReadFailure('EUREKA_BROKEN_ANSWER', `${server.name} broke off its answer${because}`);
  return new ReadFailure('EUREKA_UNREACHABLE', `${server.name} cannot be reached${because}`);
}

const BROKEN_CODE =
  /^(?:Z_|HPE_|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH|UND_ERR_RESPONSE|UND_ERR_ABORTED|ABORT_ERR|ERR_STREAM_PREMATURE)/;
