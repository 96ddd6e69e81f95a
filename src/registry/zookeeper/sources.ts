// SPDX-License-Identifier: Apache-2.0
// Each server of a ZooKeeper ensemble by itself: whether it grants a session, and what a failed read was stopped by.
import type { Clock } from '../../lib/clock.ts';
import type { ReadObstacle, ReadStep, RegistrySource } from '../source.ts';
import type { ZooKeeperFailureCode } from './failure.ts';
import type { ZooKeeperOptions } from './options.ts';
import { Connection } from './session/connection.ts';
import { Generation } from './session/generation.ts';

const STEPS: Readonly<Record<ZooKeeperFailureCode, ReadStep>> = {
  ZOOKEEPER_UNREACHABLE: 'reach',
  ZOOKEEPER_TIMEOUT: 'reach',
  ZOOKEEPER_HANDSHAKE: 'reach',
  ZOOKEEPER_TLS: 'reach',
  ZOOKEEPER_READ_ONLY: 'reach',
  ZOOKEEPER_CREDENTIALS: 'authenticate',
  ZOOKEEPER_UNAUTHENTICATED: 'authenticate',
  ZOOKEEPER_FORBIDDEN: 'authenticate',
  ZOOKEEPER_EXPIRED: 'list',
  ZOOKEEPER_CLOSED: 'list',
  ZOOKEEPER_BROKEN_ANSWER: 'list',
  ZOOKEEPER_TOO_LARGE: 'list',
  ZOOKEEPER_SERVER_ERROR: 'list',
  ZOOKEEPER_NO_ROOT: 'list',
  ZOOKEEPER_UNEXPECTED: 'list',
};

const NOBODY: ZooKeeperOptions['auth'] = {
  scheme: 'none',
  username: undefined,
  passwordFile: undefined,
  password: undefined,
};

export function zooKeeperStepOf(code: string): ReadStep {
  return isFailureCode(code) ? STEPS[code] : 'list';
}

export function zooKeeperSources(options: ZooKeeperOptions): readonly RegistrySource[] {
  return options.servers.map((server) => ({ name: server, reach: (clock) => reach(server, options, clock) }));
}

/** A connection that comes up has granted a session and answered a first question. */
async function reach(server: string, options: ZooKeeperOptions, clock: Clock): Promise<ReadObstacle | undefined> {
  let connection: Connection | undefined;
  const obstacle = await new Promise<ReadObstacle | undefined>((resolve) => {
    connection = new Connection({
      ...options,
      auth: NOBODY,
      server,
      generation: new Generation({ ...options, servers: [server] }),
      clock,
      onUp: () => resolve(undefined),
      onEnd: ({ failure }) => resolve(isOnTheWay(failure.code) ? failure : undefined),
    });
  });
  connection?.close();
  await connection?.finished;
  return obstacle;
}

/** Without credentials in play, files that cannot be used are those of TLS. */
function isOnTheWay(code: ZooKeeperFailureCode): boolean {
  return STEPS[code] === 'reach' || code === 'ZOOKEEPER_CREDENTIALS';
}

function isFailureCode(code: string): code is ZooKeeperFailureCode {
  return Object.hasOwn(STEPS, code);
}
