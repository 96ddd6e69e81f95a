// SPDX-License-Identifier: Apache-2.0
// Keys of labels and annotations that istiod, Kubernetes or an operator obeys. A registration that could set one would
// steer the mesh (`istio.io/rev`, `topology.istio.io/network`, a forged owner), so they are dropped on the way out.
import { splitLabelKey } from '../convert/syntax.ts';

type Strings = Readonly<Record<string, string>>;

export interface LabelGate {
  /** Labels or annotations of an entry: ours and the operator's pass, other reserved keys do not. */
  readonly entry: LabelFilter;
  /** Labels of an endpoint: these can come from the registry, so nothing reserved passes but our own TLS mode. */
  readonly endpoint: LabelFilter;
}

/** What is left (the same object when nothing had to go), and the keys that were dropped. */
export type LabelFilter = (labels: Strings) => { readonly kept: Strings; readonly dropped: readonly string[] };

/** Each with all that is below it, in lower case. */
const RESERVED_DOMAINS = ['istio.io', 'kubernetes.io', 'k8s.io'];
/** istiod reads the locality of an endpoint from it when the endpoint has none; it has no prefix. */
const RESERVED_NAMES = new Set(['istio-locality']);
const OWNERSHIP = new Set(['name', 'part-of', 'managed-by', 'instance'].map((name) => `app.kubernetes.io/${name}`));
const TLS_MODE = 'security.istio.io/tlsMode';
const TLS_MODES = ['istio', 'disabled'];

/** `ownerKeys`: reserved keys that the operator's configuration sets on entries. */
export function labelGate(labelPrefix: string, ownerKeys: readonly string[]): LabelGate {
  const owned = new Set([...OWNERSHIP, ...ownerKeys]);
  const foreign = [...RESERVED_DOMAINS, labelPrefix.toLowerCase()];
  return {
    entry: labelFilter(
      (key) => owned.has(key) || key.startsWith(`${labelPrefix}/`) || !isReserved(key, RESERVED_DOMAINS),
    ),
    endpoint: labelFilter((key, value) => (key === TLS_MODE ? TLS_MODES.includes(value) : !isReserved(key, foreign))),
  };
}

function labelFilter(passes: (key: string, value: string) => boolean): LabelFilter {
  return (labels) => {
    const pairs = Object.entries(labels);
    const kept = pairs.filter(([key, value]) => passes(key, value));
    if (kept.length === pairs.length) return { kept: labels, dropped: [] };
    const dropped = pairs.filter(([key, value]) => !passes(key, value)).map(([key]) => key);
    return { kept: Object.fromEntries(kept), dropped };
  };
}

function isReserved(key: string, domains: readonly string[]): boolean {
  const [prefix, name] = splitLabelKey(key.toLowerCase());
  if (prefix === undefined) return RESERVED_NAMES.has(name);
  return domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
}
