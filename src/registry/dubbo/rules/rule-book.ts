// SPDX-License-Identifier: Apache-2.0
// All rules of the registry, kept by whom they are about, so that a provider is asked about few of them.
import { Filed } from '../filed.ts';
import type { Provider } from '../records/provider.ts';
import type { ServiceIdentity } from '../records/service-identity.ts';
import type { RuleSet } from './rule.ts';

export class RuleBook {
  /** By interface. */
  readonly overrides = new Filed<RuleSet>();
  /** By the key of the document: an application, or a service in one of three spellings. */
  readonly documents = new Filed<RuleSet>();

  /**
   * In the order in which they apply, which is Dubbo's: overrides, what is said of the application, what of the service.
   * `hasOverrides`: the interface is registered at the interface level, where overrides stand.
   */
  setsFor(provider: Provider, hasOverrides: boolean): readonly RuleSet[] {
    const keys = new Set([provider.application, ...documentKeys(provider)]);
    const overrides = hasOverrides ? this.overrides.of(provider.interfaceName) : [];
    return [...overrides, ...[...keys].flatMap((key) => this.documents.of(key))];
  }
}

/** `interface:version:group`, where empty parts keep their colons; 2.7.0 wrote `group*interface:version`. */
function documentKeys({ interfaceName, group, version }: ServiceIdentity): readonly string[] {
  if (interfaceName === '') return [];
  const former = `${group === '' ? '' : `${group}*`}${interfaceName}${version === '' ? '' : `:${version}`}`;
  return [`${interfaceName}:${version}:${group}`, former];
}

/** The interface that a document's key names, if it names one: the name of an application looks the same. */
export function interfaceOfDocument(key: string): string {
  const named = key.slice(key.indexOf('*') + 1);
  const colon = named.indexOf(':');
  return colon < 0 ? named : named.slice(0, colon);
}
