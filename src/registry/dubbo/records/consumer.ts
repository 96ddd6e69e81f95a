// SPDX-License-Identifier: Apache-2.0
// Who consumes an interface: the names of nodes beside its providers. For people and dependency views; it decides nothing.

import { ANY } from '../rules/rule.ts';
import { decodeDubboUrl } from './dubbo-url.ts';
import { identityOf, type ServiceIdentity } from './service-identity.ts';

export interface Consumer {
  readonly application: string;
  /** A group, several with a comma between, or `*`. */
  readonly group: string;
  /** A version, or `*`. */
  readonly version: string;
}

/** undefined: it is none that can be read, and nobody misses it. */
export function decodeConsumer(nodeName: string): Consumer | undefined {
  const parsed = decodeDubboUrl(nodeName);
  if (parsed.kind === 'unreadable' || parsed.url.protocol !== 'consumer') return undefined;
  const { parameters } = parsed.url;
  const application = parameters.get('application') ?? '';
  if (application === '') return undefined;
  const { group, version } = identityOf('', parameters.get('group') ?? '', parameters.get('version') ?? '');
  return { application, group, version };
}

/** Whether a consumer of the same interface would call it. */
export function consumes(consumer: Consumer, { group, version }: ServiceIdentity): boolean {
  const isGroup = consumer.group === ANY || consumer.group === group || consumer.group.split(',').includes(group);
  return isGroup && (consumer.version === ANY || consumer.version === version);
}
