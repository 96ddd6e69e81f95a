// SPDX-License-Identifier: Apache-2.0
// The list of config sources of a fleet as text, ready to be put where an installation of Istio keeps its mesh config. Pure.
import { type HostPort, hostPortText } from '../lib/host-port.ts';

export const LIST_FORMATS = ['mesh', 'helm', 'operator'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export interface ListTls {
  readonly ca:
    | { readonly kind: 'text'; readonly pem: string }
    /** A Secret in istiod's namespace, key `cacert` or `ca.crt`. */
    | { readonly kind: 'secret'; readonly name: string };
  /** Empty: the host of each bridge. */
  readonly subjectAltNames: readonly string[];
}

/** Lines to put before the list, and how far it stands in. */
const FRAMES: Readonly<Record<ListFormat, { readonly head: readonly string[]; readonly indent: number }>> = {
  mesh: { head: [], indent: 0 },
  helm: { head: ['meshConfig:'], indent: 2 },
  operator: {
    head: ['apiVersion: install.istio.io/v1alpha1', 'kind: IstioOperator', 'spec:', '  meshConfig:'],
    indent: 4,
  },
};

const PLACES: Readonly<Record<ListFormat, string>> = {
  mesh: '`mesh` of the ConfigMap `istio` (of a revision: `istio-REVISION`)',
  helm: 'the Helm values of istiod',
  operator: 'the IstioOperator',
};

/** YAML without the last newline. */
export function printSources(bridges: readonly HostPort[], format: ListFormat, tls: ListTls | undefined): string {
  const { head, indent } = FRAMES[format];
  const list = [
    'configSources:',
    '- address: k8s:// # first, and once: without it istiod reads nothing from Kubernetes any more',
    ...bridges.flatMap((bridge) => [`- address: xds://${hostPortText(bridge)}`, ...tlsLines(bridge, tls)]),
  ];
  return [
    `# For ${PLACES[format]}. Keep sources that stand there already. istiod reads the list only when it`,
    '# starts, and does not start while one of them is unreachable: see that each answers (mesh-config --check --live), then restart it.',
    ...(tls === undefined ? [] : TLS_COMMENT),
    ...head,
    ...list.map((line) => ' '.repeat(indent) + line),
  ].join('\n');
}

const TLS_COMMENT = [
  '# TLS needs Istio 1.26. SIMPLE is the only mode that istiod honours: with MUTUAL and ISTIO_MUTUAL it speaks plaintext without a word, for',
  '# it never shows a certificate to a config source.',
];

function tlsLines({ host }: HostPort, tls: ListTls | undefined): readonly string[] {
  if (tls === undefined) return [];
  const { ca, subjectAltNames } = tls;
  const names = subjectAltNames.length === 0 ? [host] : subjectAltNames;
  const authority =
    ca.kind === 'secret'
      ? [`    credentialName: ${JSON.stringify(ca.name)}`]
      : ['    caCertificates: |', ...ca.pem.split('\n').map((line) => `      ${line}`)];
  return [
    '  tlsSettings:',
    '    mode: SIMPLE',
    ...authority,
    '    subjectAltNames:',
    ...names.map((name) => `    - ${JSON.stringify(name)}`),
  ];
}
