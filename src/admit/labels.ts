// SPDX-License-Identifier: Apache-2.0
// Which labels and annotations leave the bridge. istiod, Kubernetes and operators obey some keys, and a registration that could
// set one would steer the mesh (`istio.io/rev`, `topology.istio.io/network`, a forged owner). So what the configuration does not
// name is dropped, and on endpoints, whose labels come from the registry, reserved keys also where it does.
import { splitLabelKey } from '../convert/syntax.ts';
import type { AdmitOptions } from './options.ts';
import type { Refusal } from './refusal.ts';

type Strings = Readonly<Record<string, string>>;

export interface LabelGate {
  /** Labels or annotations of an entry: ours and the operator's pass. */
  readonly entry: LabelFilter;
  /** Labels of an endpoint: the listed metadata keys pass, none of them reserved, and the TLS mode where a rule sets it. */
  readonly endpoint: LabelFilter;
}

/** What is left (the same object when nothing had to go), and what was dropped. */
export type LabelFilter = (labels: Strings) => { readonly kept: Strings; readonly refusals: readonly Refusal[] };

/** Each with all that is below it, in lower case. */
const RESERVED_DOMAINS = ['istio.io', 'kubernetes.io', 'k8s.io'];
/** istiod reads the locality of an endpoint from it when the endpoint has none; it has no prefix. */
const RESERVED_NAMES = new Set(['istio-locality']);
const OWNERSHIP = ['name', 'part-of', 'managed-by', 'instance'].map((name) => `app.kubernetes.io/${name}`);
const TLS_MODE = 'security.istio.io/tlsMode';

export function labelGate({ labelPrefix, ownerKeys, endpointLabels, tlsModes }: AdmitOptions): LabelGate {
  const owned = new Set([...OWNERSHIP, ...ownerKeys]);
  const listed = new Set(endpointLabels);
  const foreign = [...RESERVED_DOMAINS, labelPrefix.toLowerCase()];
  return {
    entry: labelFilter(RESERVED_DOMAINS, (key) => owned.has(key) || key.startsWith(`${labelPrefix}/`)),
    endpoint: labelFilter(foreign, (key, value) =>
      key === TLS_MODE ? tlsModes.includes(value) : listed.has(key) && !isReserved(key, foreign),
    ),
  };
}

function labelFilter(reserved: readonly string[], passes: (key: string, value: string) => boolean): LabelFilter {
  return (labels) => {
    const pairs = Object.entries(labels);
    const kept = pairs.filter(([key, value]) => passes(key, value));
    if (kept.length === pairs.length) return { kept: labels, refusals: [] };
    const refusals = pairs
      .filter(([key, value]) => !passes(key, value))
      .map(([key]): Refusal => {
        return { code: isReserved(key, reserved) ? 'LABEL_RESERVED' : 'LABEL_OUT_OF_SCOPE', value: key };
      });
    return { kept: Object.fromEntries(kept), refusals };
  };
}

function isReserved(key: string, domains: readonly string[]): boolean {
  const [prefix, name] = splitLabelKey(key.toLowerCase());
  if (prefix === undefined) return RESERVED_NAMES.has(name);
  return domains.some((domain) => prefix === domain || prefix.endsWith(`.${domain}`));
}
