// SPDX-License-Identifier: Apache-2.0
// The labels of an endpoint: from metadata only those keys that the operator lists.
import { compareTexts } from '../lib/compare-texts.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Instance, Service } from '../model/service.ts';
import { isKubernetesLabelKey, isKubernetesLabelValue } from './syntax.ts';

/**
 * Decides whether callers speak Istio's mTLS to the endpoint. Only an endpoint rule may set it. This is the one place that
 * can tell: the gate behind conversion, which drops all other labels that Istio obeys, sees no difference.
 */
export const TLS_MODE_LABEL = 'security.istio.io/tlsMode';

export interface EndpointLabels {
  /** Sorted by key. */
  readonly labels: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Labels of the metadata keys in `allowed`. A value that is no label value is dropped, not bent: selectors compare exactly. */
export function metadataLabels(service: Service, instance: Instance, allowed: readonly string[]): EndpointLabels {
  const labels: [string, string][] = [];
  const problems: Problem[] = [];
  const about = { registry: service.registry, service: service.name, instance: instance.id };
  for (const key of allowed) {
    const value = instance.metadata.get(key);
    if (value === undefined) continue;
    if (key === TLS_MODE_LABEL) problems.push(problem('LABEL_RESERVED', about, key));
    else if (isKubernetesLabelKey(key) && isKubernetesLabelValue(value)) labels.push([key, value]);
    else problems.push(problem('LABEL_INVALID', about, `${key}=${value}`));
  }
  return { labels: sortedRecord(labels), problems };
}

/** `record` with its keys in code unit order. A plain object lists whole numbers first, always: equal for equal content. */
export function sortedRecord<Value>(entries: Iterable<readonly [string, Value]>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareTexts(a, b)));
}
