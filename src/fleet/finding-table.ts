// SPDX-License-Identifier: Apache-2.0
// Everything that can be wrong with a list of config sources, once: `mesh-config --check` and `check --mesh-config` say it, and
// docs/fleet.md explains it. A code is public and never renamed.

export interface FindingAbout {
  /** A failure costs something of the mesh; a warning may be meant. */
  readonly severity: 'failure' | 'warning';
  /** What istiod does. */
  readonly means: string;
  readonly remedy: string;
}

export const FINDINGS = {
  KUBERNETES_MISSING: {
    severity: 'failure',
    means: 'once anything is listed istiod reads only what is listed, and so nothing from Kubernetes any more',
    remedy: 'Put `- address: k8s://` first into `configSources`.',
  },
  KUBERNETES_NOT_FIRST: {
    severity: 'warning',
    means: 'of two resources with one name istiod takes that of the source listed first',
    remedy: 'Put `- address: k8s://` first, so that what people write in Kubernetes wins.',
  },
  SOURCE_REPEATED: {
    severity: 'failure',
    means: 'istiod reads it twice, and each entry has two owners: up to 1.29 one that goes is gone for both',
    remedy: 'List it once. Replicas of one bridge stand behind one address.',
  },
  SOURCE_WITHOUT_SCHEME: {
    severity: 'failure',
    means: 'right for Istio up to 1.8 alone; from 1.9 on istiod ignores a name, and ends at an IP address',
    remedy: 'Write `xds://` before it.',
  },
  SOURCE_IGNORED: {
    severity: 'failure',
    means:
      'istiod knows `xds://host:port`, `fs:///folder` and `k8s://`, and ignores anything else with a line in its log',
    remedy: 'Correct the address, or take it out.',
  },
  SOURCE_WITHOUT_PORT: {
    severity: 'failure',
    means: 'istiod needs a host and a port to dial, and ends without',
    remedy: 'Write `xds://HOST:PORT`; the port of a bridge is that of `serve.port`, 9902 by default.',
  },
  SOURCE_PATH_DROPPED: {
    severity: 'warning',
    means: 'istiod takes host and port alone',
    remedy: 'Take away what stands behind the port.',
  },
  TLS_IS_PLAINTEXT: {
    severity: 'failure',
    means: 'istiod knows SIMPLE alone (from 1.26 on), and speaks plaintext without a word for every other mode',
    remedy: 'Use the mode SIMPLE with `caCertificates` and `subjectAltNames`; a client certificate is never sent.',
  },
  TLS_CA_NO_PEM: {
    severity: 'failure',
    means: 'istiod takes `caCertificates` for the PEM text itself, not for the name of a file, and does not start',
    remedy: 'Put the text of the CA certificate there, or name a Secret beside istiod in `credentialName`.',
  },
  TLS_NAMES_UNCHECKED: {
    severity: 'warning',
    means: 'istiod looks at `subjectAltNames` only where a CA is given',
    remedy: 'Add `caCertificates` or `credentialName`.',
  },
  TLS_CONTRADICTION: {
    severity: 'failure',
    means: '`insecureSkipVerify` beside something to verify with is refused, and istiod does not start',
    remedy: 'Remove `insecureSkipVerify`.',
  },
  BRIDGE_UNREACHABLE: {
    severity: 'failure',
    means:
      'an istiod that starts ends at once while one of its sources takes no connection; one that runs keeps what it has',
    remedy:
      'Bring it up, or take its line out before an istiod starts. Ask from where istiod stands: names of Services resolve only there.',
  },
  BRIDGE_SILENT: {
    severity: 'failure',
    means: 'an istiod that starts is not ready until each source has answered',
    remedy: 'Look at `/debug/registry` of that bridge: it holds its answer until each of its registries was read once.',
  },
  BRIDGE_NOT_ASKED: {
    severity: 'warning',
    means: 'what it claims is not compared',
    remedy: 'Put the CA into `caCertificates` of the file that you check.',
  },
  IDENTITY_SHARED: {
    severity: 'failure',
    means:
      'two sources publish under one namespace and instance, so that their entries can replace and delete each other',
    remedy: 'Give each bridge an `instance` of its own; list replicas of one bridge behind one address.',
  },
  NAME_CLAIMED_TWICE: {
    severity: 'failure',
    means: 'istiod keeps the one listed first; up to 1.29 the last one that changed, and deletes it for both',
    remedy: 'Give each bridge an `instance` of its own.',
  },
  HOST_JOINED: {
    severity: 'failure',
    means: 'in one namespace istiod joins the endpoints of both, so requests go to either',
    remedy: 'Narrow the scope of one of the two, or leave the host to the other with `yieldHosts`.',
  },
  HOST_CLAIMED_TWICE: {
    severity: 'warning',
    means: 'each caller gets that of its own namespace, else any that it may see',
    remedy: 'Narrow the scope of one of the two, or let `exportTo` show each to its own callers.',
  },
  VIRTUAL_IP_CLAIMED_TWICE: {
    severity: 'failure',
    means: 'two hosts share one listener in a sidecar that sees both, and TCP goes to one of them',
    remedy: 'Give each bridge a `virtualIps.range` of its own.',
  },
} as const satisfies Readonly<Record<string, FindingAbout>>;

export type FindingCode = keyof typeof FINDINGS;

export interface SourceFinding {
  readonly code: FindingCode;
  /** The address that it is about, as written; '' for the list as a whole. */
  readonly subject: string;
}

export function isFailure({ code }: SourceFinding): boolean {
  return FINDINGS[code].severity === 'failure';
}

/** `CODE subject: what it means.` */
export function findingSentence({ code, subject }: SourceFinding): string {
  return `${code}${subject === '' ? '' : ` ${subject}`}: ${FINDINGS[code].means}.`;
}
