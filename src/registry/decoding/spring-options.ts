// SPDX-License-Identifier: Apache-2.0
// What every registry of Spring Cloud applications is configured with: which of their metadata means what. Declarations alone.
import type { ConfigFields } from '../../lib/config-field.ts';

export interface SpringOptions {
  readonly metadataKeys: {
    /** The first key found gives the protocol of the main port. */
    readonly protocol: readonly string[];
    /** The first key found gives a further gRPC port. */
    readonly grpcPort: readonly string[];
    readonly weight: readonly string[];
    readonly zone: readonly string[];
  };
  /** Put before the zone in a locality; undefined: taken from a zone with an Amazon name, else the zone stands alone. */
  readonly region: string | undefined;
  /** Further metadata keys (globs) that are dropped as secrets, beside the built-in list. */
  readonly secretKeys: readonly string[];
}

export const springFields = {
  metadataKeys: {
    protocol: {
      doc: 'Metadata keys that name the protocol of the main port (http, http2, grpc, tcp, ...); the first one found counts.',
      format: 'list',
      default: ['protocol'],
    },
    grpcPort: {
      doc: 'Metadata keys that hold the number of a further gRPC port; the first one found counts.',
      format: 'list',
      default: ['gRPC_port', 'gRPC.port', 'grpc.server.port', 'grpc-port', 'grpc.port'],
    },
    weight: {
      doc: 'Metadata keys that hold the weight; the first one found counts.',
      format: 'list',
      default: ['weight'],
    },
    zone: {
      doc: 'Metadata keys that hold the zone; the first one found counts. Without one, Eureka’s Amazon availability zone does.',
      format: 'list',
      default: ['zone'],
    },
  },
  region: {
    doc: 'Region to put before the zone. Default: taken from a zone with an Amazon name (`us-east-1c`), else none.',
    format: 'optional-text',
    default: null,
  },
  secretKeys: {
    doc: 'Further metadata keys (globs) to drop while reading, beside the built-in list of secret-like names.',
    format: 'glob-list',
    default: [],
  },
} as const satisfies ConfigFields;
