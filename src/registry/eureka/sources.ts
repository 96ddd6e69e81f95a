// SPDX-License-Identifier: Apache-2.0
// Each Eureka server by itself: whether it answers HTTP at all, and what a failed read was stopped by.
import type { Clock } from '../../lib/clock.ts';
import type { RegistryKind } from '../kind.ts';
import type { ReadObstacle, ReadStep } from '../source.ts';
import type { EurekaOptions } from './options.ts';
import { asReadFailure, type ReadFailureCode } from './read-failure.ts';
import { parseServer, type Server } from './server.ts';
import { EurekaTransport } from './transport.ts';

const STEPS: Readonly<Record<ReadFailureCode, ReadStep>> = {
  EUREKA_UNREACHABLE: 'reach',
  EUREKA_TIMEOUT: 'reach',
  EUREKA_TLS: 'reach',
  EUREKA_CREDENTIALS: 'authenticate',
  EUREKA_UNAUTHORIZED: 'authenticate',
  EUREKA_FORBIDDEN: 'authenticate',
  EUREKA_NOT_FOUND: 'list',
  EUREKA_REDIRECTED: 'list',
  EUREKA_SERVER_ERROR: 'list',
  EUREKA_UNEXPECTED_STATUS: 'list',
  EUREKA_TOO_LARGE: 'list',
  EUREKA_BROKEN_ANSWER: 'list',
  EUREKA_HASH_MISMATCH: 'list',
  EUREKA_UNEXPECTED: 'list',
  EUREKA_NOT_JSON: 'decode',
  EUREKA_XML: 'decode',
  EUREKA_NOT_A_REGISTRY: 'decode',
};

const NOBODY: EurekaOptions['auth'] = {
  username: undefined,
  passwordFile: undefined,
  password: undefined,
  tokenFile: undefined,
  headerFiles: {},
};

/** One application that nobody has: the shortest answer that any server gives. */
const NO_APPLICATION = 'FOOTBRIDGE-CHECK';

export const eurekaSources: Pick<RegistryKind<EurekaOptions>, 'sources' | 'readFrom' | 'stepOf'> = {
  sources: (options) =>
    options.urls.map(parseServer).map((server) => ({
      name: server.name,
      reach: (clock) => reach({ ...server, user: undefined }, options, clock),
    })),
  readFrom: (options, sources) => ({
    ...options,
    urls: options.urls.filter((url) => sources.has(parseServer(url).name)),
  }),
  stepOf: (code) => (isFailureCode(code) ? STEPS[code] : 'list'),
};

async function reach(server: Server, options: EurekaOptions, clock: Clock): Promise<ReadObstacle | undefined> {
  const transport = new EurekaTransport({ ...options, auth: NOBODY }, clock);
  try {
    await transport.refresh();
    await transport.get(server, `${server.appsPath}/${NO_APPLICATION}`);
    return undefined;
  } catch (thrown) {
    const { code, message } = asReadFailure(thrown);
    // Without credentials in play, files that cannot be used are those of TLS.
    return STEPS[code] === 'reach' || code === 'EUREKA_CREDENTIALS' ? { code, message } : undefined;
  } finally {
    await transport.close();
  }
}

function isFailureCode(code: string): code is ReadFailureCode {
  return Object.hasOwn(STEPS, code);
}
