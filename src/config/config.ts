// SPDX-License-Identifier: Apache-2.0
// The configuration as the program sees it: whole, checked, frozen. Keys, defaults and sentences stand in schema.ts; this
// type mirrors it key by key (durations are milliseconds here, sizes bytes, lists real lists), and materialise.ts does not
// compile when the two differ. It may hold a password: never log it; show print.ts's text instead.
import type { FreezeOrder } from '../model/freeze-order.ts';
import type { Protocol } from '../model/service.ts';
import type { DubboOptions } from '../registry/dubbo/options.ts';
import type { EurekaOptions } from '../registry/eureka/options.ts';
import type { FileOptions } from '../registry/file/options.ts';
import type { LimitOptions } from '../registry/limit/options.ts';
import type { ScopeOptions } from '../registry/scope.ts';
import type { SpringCloudZooKeeperOptions } from '../registry/spring-cloud-zookeeper/options.ts';
import type { PortRange } from './network-formats.ts';
import type { EndpointRule } from './rule-formats.ts';

/** Registry options by kind; every kind's own keys are declared in registry/<kind>/options.ts. */
export type RegistryConfig = RegistryCommon &
  (
    | ({ readonly kind: 'eureka' } & EurekaOptions)
    | ({ readonly kind: 'dubbo' } & DubboOptions)
    | ({ readonly kind: 'spring-cloud-zookeeper' } & SpringCloudZooKeeperOptions)
    | ({ readonly kind: 'file' } & FileOptions)
  );

export interface RegistryCommon {
  readonly scope: ScopeOptions;
  /** How long a mass removal must last before it is believed. */
  readonly holdForMs: number;
}

export interface Config {
  readonly namespace: string;
  readonly instance: string;
  readonly registries: Readonly<Record<string, RegistryConfig>>;
  readonly hostTemplate: string;
  readonly hosts: Readonly<Record<string, readonly string[]>>;
  readonly yieldHosts: readonly string[];
  readonly ports: {
    readonly mode: 'protocol' | 'instance';
    readonly primary: Protocol | undefined;
    readonly published: readonly Protocol[];
    readonly numbers: Readonly<Record<Protocol, number>>;
  };
  readonly virtualIps: { readonly enabled: boolean; readonly range: string; readonly rangeV6: string | undefined };
  readonly location: 'internal' | 'external';
  readonly exportTo: readonly string[];
  readonly mixedAddresses: 'ip' | 'name' | 'majority';
  readonly endpointLabels: readonly string[];
  readonly endpointRules: readonly EndpointRule[];
  readonly labelPrefix: string;
  readonly owner: {
    readonly team: string | undefined;
    readonly partOf: string | undefined;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly admit: {
    /** Never empty: as configured, else what `hostTemplate` gives; and every host that `hosts` names. */
    readonly hostSuffixes: readonly string[];
    readonly addresses: readonly string[];
    readonly addressSuffixes: readonly string[];
    readonly ports: readonly PortRange[];
    readonly endpointPorts: readonly PortRange[];
  };
  readonly limits: LimitOptions;
  readonly guard: {
    readonly removalDebounceMs: number;
    readonly removalSharePercent: number;
    readonly removalMinimum: number;
    readonly removalWindowMs: number;
    readonly emptyGraceMs: number;
    readonly drain: { readonly outOfServiceMs: number; readonly downMs: number; readonly startingMs: number };
  };
  /** At most one for a target. */
  readonly freeze: readonly FreezeOrder[];
  readonly publish: { readonly quietPeriodMs: number; readonly ceilingMs: number };
  readonly state: {
    /** undefined: nothing is kept. */
    readonly file: string | undefined;
    /** undefined: no state is too old. */
    readonly maxAgeMs: number | undefined;
    /** Bytes. */
    readonly maxBytes: number;
  };
  readonly replicas: {
    /** undefined: no other replica is asked. */
    readonly service: string | undefined;
    readonly port: number;
    /** undefined: no other replica is answered. */
    readonly tokenFile: string | undefined;
  };
  readonly serve: {
    readonly address: string;
    readonly port: number;
    readonly tls: {
      readonly mode: 'off' | 'tls' | 'mtls';
      readonly certificateFile: string | undefined;
      readonly keyFile: string | undefined;
      /** Of the CAs that sign clients. */
      readonly caFile: string | undefined;
      readonly minVersion: '1.2' | '1.3';
    };
    readonly plaintextPort: number | undefined;
    readonly accessListFile: string | undefined;
    /** 0 a second: no limit. */
    readonly limits: {
      readonly streamsPerSecond: number;
      readonly streamsBurst: number;
      readonly requestsPerSecond: number;
      readonly requestsBurst: number;
      /** Streams; 0: any number. */
      readonly streamsPerAddress: number;
      readonly subscriptionsPerStream: number;
      readonly firstRequestMs: number;
      readonly ackOverdueMs: number;
    };
    readonly keepaliveTimeMs: number;
    readonly keepaliveTimeoutMs: number;
    /** `1.5`: what a client of legacy MCP is taken for until it tells. */
    readonly legacyIstio: string;
    /** How many streams may be sent a push at the same time. */
    readonly pushConcurrency: number;
  };
  readonly coldStart: {
    /** How long a client that is known to hold nothing waits for the first good read; undefined = for ever. */
    readonly boundMs: number | undefined;
    readonly readyPort: number;
    readonly legacy: 'hold' | 'answer';
  };
  readonly admin: {
    readonly address: string;
    readonly port: number;
    /** Names, or suffixes with a dot in front, that browsers may ask for beside those that nobody can register in the public DNS. */
    readonly hostNames: readonly string[];
    /** Holds the token of those who may change something; undefined: nobody may. */
    readonly tokenFile: string | undefined;
  };
  readonly log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly format: 'json' | 'text' };
  readonly shutdown: {
    /** Between "not ready" and the first ended stream. */
    readonly drainDelayMs: number;
    /** Over how long the streams are ended, evenly spread. */
    readonly staggerMs: number;
    /** After it the process ends whatever is still open. */
    readonly deadlineMs: number;
  };
}
