// Options of a Eureka registry as the configuration would give them, with only what a test is about spelled out.
import type { EurekaOptions } from '../../src/registry/eureka/options.ts';

export const NO_AUTH: EurekaOptions['auth'] = {
  username: undefined,
  passwordFile: undefined,
  password: undefined,
  tokenFile: undefined,
  headerFiles: {},
};

export const NO_TLS: EurekaOptions['tls'] = {
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
};

export function eurekaOptions(fields: Partial<EurekaOptions> = {}): EurekaOptions {
  return {
    urls: [],
    pollIntervalMs: 30_000,
    fullIntervalMs: 600_000,
    delta: true,
    requestTimeoutMs: 10_000,
    maxBytes: 1024 * 1024,
    regions: [],
    serviceKey: 'app',
    maxAppReads: 20,
    auth: NO_AUTH,
    tls: NO_TLS,
    metadataKeys: {
      protocol: ['protocol'],
      grpcPort: ['gRPC_port', 'gRPC.port', 'grpc.server.port'],
      weight: ['weight'],
      zone: ['zone'],
    },
    region: undefined,
    secretKeys: [],
    ...fields,
  };
}
