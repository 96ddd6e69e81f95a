// SPDX-License-Identifier: Apache-2.0
// The part of eureka-js-client 4.5.0 that library-client.ts builds on. The types published for it know neither its resolver
// nor `cwd`; test/unit/registry/eureka/library-client.test.ts fails when the package no longer behaves as declared here.
declare module 'eureka-js-client' {
  import type { EventEmitter } from 'node:events';

  type Log = (...values: unknown[]) => void;

  export interface EurekaConfiguration {
    /** Where `eureka-client.yml` is looked for. */
    readonly cwd: string;
    readonly logger: { readonly debug: Log; readonly info: Log; readonly warn: Log; readonly error: Log };
    readonly shouldUseDelta: boolean;
    readonly eureka: {
      /** URLs of the `apps` resource, trailing slash included; `default` is read unless zones are configured. */
      readonly serviceUrls: { readonly default: readonly string[] };
      readonly registerWithEureka: boolean;
      readonly filterUpInstances: boolean;
      readonly useDns: boolean;
      readonly maxRetries: number;
    };
  }

  export interface EurekaRequest {
    /** Relative to the resolved URL: '' is the full list. */
    readonly uri: string;
  }

  export type EurekaCallback = (error: unknown, response?: { readonly statusCode: number }, body?: string) => void;

  export class Eureka extends EventEmitter {
    constructor(configuration: EurekaConfiguration);
    readonly config: EurekaConfiguration;
    readonly clusterResolver: {
      /** Answers at once. A `retryAttempt` above 0 moves the first URL to the end and stays with the next one. */
      resolveEurekaUrl(callback: (error: unknown, url?: string) => void, retryAttempt?: number): void;
    };
    /** The one place that every request of the library passes through. */
    eurekaRequest(options: EurekaRequest, callback: EurekaCallback, retryAttempt?: number): void;
  }
}
