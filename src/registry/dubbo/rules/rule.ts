// SPDX-License-Identifier: Apache-2.0
// A configurator: what an operator says of providers beside their own registration, and whom it is about. Of all that it can set,
// weight and disabled count here.
import { compareTexts } from '../../../lib/compare-texts.ts';
import type { Provider } from '../records/provider.ts';
import { type ServiceIdentity, sameIdentity } from '../records/service-identity.ts';

export interface Rule {
  /** Of one host, or of all where it is `0.0.0.0`. */
  readonly host: string;
  /** undefined: whatever the port is. */
  readonly port: number | undefined;
  /** `host`, `host:port`, `0.0.0.0`, `0.0.0.0:port` or `0.0.0.0:*`; empty: all. */
  readonly addresses: readonly string[];
  /** undefined: of every application. */
  readonly application: string | undefined;
  /** undefined: of every service. */
  readonly service: ServiceIdentity | undefined;
  /** Parameter → value that the provider must have; `*` asks for nothing. */
  readonly conditions: ReadonlyMap<string, string>;
  readonly priority: number;
  /** `weight` and `disabled`, as written. */
  readonly sets: ReadonlyMap<string, string>;
  /** Sets only what the provider does not say itself. */
  readonly isFallback: boolean;
  /**
   * Who puts it into effect. Callers do it with whatever they are told of. A provider does it with itself, registers anew, and callers
   * take its word: whether it does depends on its release and configuration. (Seen: 2.7.23 knows documents only with a
   * configuration centre of its own, and none for all addresses; 3.3.6 knows all of them.)
   */
  readonly appliedBy: 'callers' | 'provider';
  /** Names of the parameters that it sets and that do not count here; sorted. */
  readonly notHonoured: readonly string[];
}

/** What one place of the registry says: a directory of overrides, or one document. */
export interface RuleSet {
  /** In the order in which they apply: a later one overrules. */
  readonly rules: readonly Rule[];
  /** What of it cannot be read, and so says nothing; in words of our own. */
  readonly faults: readonly string[];
}

export const ANY_HOST = '0.0.0.0';
export const ANY = '*';

/** Whether a provider is up and how much it is to get, with all rules applied. */
export interface Effect {
  /** As written; undefined where nobody says anything. */
  readonly weight: string | undefined;
  readonly disabled: string | undefined;
  /** The rules that are about it, whoever puts them into effect. */
  readonly applied: readonly Rule[];
}

/** As in Dubbo: a rule for one host overrules those for all, then the higher priority does; else the later one. */
export function inOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => compareTexts(a.host, b.host) || a.priority - b.priority);
}

/**
 * `sets` in the order in which they apply: what a later one says overrules. What a provider applies to itself shows in its
 * registration, so such rules are evaluated only where nothing is registered but an endpoint.
 */
export function applyRules(provider: Provider, sets: readonly RuleSet[]): Effect {
  const values = new Map<string, string>();
  for (const key of ['weight', 'disabled']) {
    const value = provider.parameters.get(key) ?? '';
    if (value !== '') values.set(key, value);
  }
  const applied = sets.flatMap(({ rules }) => rules.filter((rule) => isAbout(rule, provider)));
  for (const { sets: said, isFallback, appliedBy } of applied) {
    if (appliedBy === 'provider' && provider.knownBy === 'registration') continue;
    for (const [key, value] of said) if (!isFallback || !values.has(key)) values.set(key, value);
  }
  return { weight: values.get('weight'), disabled: values.get('disabled'), applied };
}

function isAbout(rule: Rule, provider: Provider): boolean {
  return (
    (rule.host === ANY_HOST || rule.host === provider.address) &&
    (rule.port === undefined || rule.port === provider.port) &&
    (rule.addresses.length === 0 || rule.addresses.some((address) => isAt(address, provider))) &&
    (rule.application === undefined || rule.application === provider.application) &&
    (rule.service === undefined || sameIdentity(rule.service, provider)) &&
    [...rule.conditions].every(([key, value]) => value === ANY || value === provider.parameters.get(key))
  );
}

function isAt(asked: string, { address, port }: Provider): boolean {
  return [address, `${address}:${port}`, ANY_HOST, `${ANY_HOST}:${port}`, `${ANY_HOST}:${ANY}`].includes(asked);
}
