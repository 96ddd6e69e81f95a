// SPDX-License-Identifier: Apache-2.0
// Configuration → what serving asks for.
import type { Config } from '../config/config.ts';
import type { ServeTls } from '../serve/access/access.ts';
import type { ServeOptions } from '../serve/options.ts';
import { PUBLISHED_KINDS } from './published-kinds.ts';

export function serveOptions({ serve, coldStart, shutdown }: Config): ServeOptions {
  const { address, port, plaintextPort, keepaliveTimeMs, keepaliveTimeoutMs, pushConcurrency, limits } = serve;
  return {
    address,
    port,
    plaintextPort,
    access: { tls: serveTls(serve.tls), accessListFile: serve.accessListFile },
    rateLimits: {
      newStreams: { perSecond: limits.streamsPerSecond, burst: limits.streamsBurst },
      requests: { perSecond: limits.requestsPerSecond, burst: limits.requestsBurst },
    },
    clientLimits: limits,
    keepaliveTimeMs,
    keepaliveTimeoutMs,
    pushConcurrency,
    publishedKinds: PUBLISHED_KINDS,
    coldStartBoundMs: coldStart.boundMs,
    coldStartReadyPort: coldStart.readyPort,
    coldStartLegacy: coldStart.legacy,
    legacyMinor: Number(serve.legacyIstio.replace('1.', '')),
    shutdown,
  };
}

function serveTls({
  mode,
  certificateFile,
  keyFile,
  caFile,
  minVersion,
}: Config['serve']['tls']): ServeTls | undefined {
  // That both are named where TLS is on is a rule of the configuration.
  if (mode === 'off' || certificateFile === undefined || keyFile === undefined) return undefined;
  return { certificateFile, keyFile, clientCaFile: mode === 'mtls' ? caFile : undefined, minVersion };
}
