// SPDX-License-Identifier: Apache-2.0
// The keys of serving istiod: where, over what, to whom, how much. Declarations alone.
import type { ConfigFields } from '../lib/config-field.ts';

export const serveFields = {
  address: {
    doc: 'Address that istiod is served on. In Kubernetes: the address of the pod, or `0.0.0.0`.',
    format: 'host',
    default: '127.0.0.1',
  },
  port: { doc: 'Port that istiod is served on.', format: 'listen-port', default: 9902 },
  tls: {
    mode: {
      doc: '`off`: plaintext, the only thing that istiod up to 1.25 speaks to a config source. `tls`: TLS, for an istiod from 1.26 on whose `tlsSettings` have the mode SIMPLE. `mtls`: clients must show a certificate as well, which no istiod from 1.9 on does: for Pilot up to 1.8 and for clients of your own.',
      format: ['off', 'tls', 'mtls'],
      default: 'off',
    },
    certificateFile: {
      doc: 'PEM file with the certificate that is shown, its issuers behind it. Its DNS names are what `subjectAltNames` of istiod must name. Read again when it changes.',
      format: 'optional-text',
      default: null,
    },
    keyFile: {
      doc: 'PEM file with the key of the certificate. Read again when it changes.',
      format: 'optional-text',
      default: null,
    },
    caFile: {
      doc: 'PEM file with the CA certificates that sign clients, for the mode `mtls`. Read again when it changes.',
      format: 'optional-text',
      default: null,
    },
    minVersion: { doc: 'The oldest version of TLS that is spoken.', format: ['1.2', '1.3'], default: '1.2' },
  },
  plaintextPort: {
    doc: 'A second port, in plaintext, beside one with TLS: for the time in which some istiods still come without. Default: none.',
    format: 'optional-listen-port',
    default: null,
  },
  accessListFile: {
    doc: 'YAML file with `allow` and `deny`, lists of names in client certificates (SPIFFE URIs and DNS names, exact or glob): who is denied, or not allowed, or shows no certificate, is turned away. Needs the mode `mtls`. Read again when it changes; open streams of who is no longer let in end then. Default: everybody who can connect.',
    format: 'optional-text',
    default: null,
  },
  limits: {
    streamsPerSecond: {
      doc: 'How many streams all clients together may open in a second; further ones wait, none is refused. 0: any number.',
      format: 'strict-int',
      default: 0,
    },
    streamsBurst: {
      doc: 'How many streams may be opened at once after a quiet time.',
      format: 'strict-int',
      default: 100,
    },
    requestsPerSecond: {
      doc: 'How many requests of one stream are read in a second; further ones wait. What opens a subscription and what answers a response is read at once and not counted, so no istiod waits for it. 0: any number.',
      format: 'strict-int',
      default: 0,
    },
    requestsBurst: {
      doc: 'How many requests of one stream are read at once after a quiet time.',
      format: 'strict-int',
      default: 100,
    },
    streamsPerAddress: {
      doc: 'How many streams one IP address may have open; a further one is turned away with RESOURCE_EXHAUSTED. An istiod opens one; many of them may come through one address. 0: any number.',
      format: 'strict-int',
      default: 100,
    },
    subscriptionsPerStream: {
      doc: 'How many types or collections one stream may ask for; what is asked for beyond is not answered. An istiod asks for some sixteen.',
      format: 'strict-int',
      default: 200,
    },
    firstRequest: {
      doc: 'A stream that asked for nothing within this is ended.',
      format: 'duration',
      default: '60s',
    },
    ackOverdue: {
      doc: 'From when on an acknowledgement counts as overdue in `footbridge_acks_overdue`. Nothing is done about it: an istiod that starts may take a minute.',
      format: 'duration',
      default: '60s',
    },
  },
  keepaliveTime: {
    doc: 'How long a silent client is left alone before it is probed.',
    format: 'duration',
    default: '30s',
  },
  keepaliveTimeout: {
    doc: 'How long a probed client may stay silent before its connection is cut.',
    format: 'duration',
    default: '10s',
  },
  legacyIstio: {
    doc: 'Release that a client of legacy MCP is taken for until the collections that it asks for tell. It decides whether entries are sent as Istio up to 1.4 takes them: without IPv6, without entries that have no endpoint, visible to their own namespace or to all; what is exported to other namespaces alone is not sent.',
    format: ['1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '1.8'],
    default: '1.5',
  },
  pushConcurrency: { doc: 'How many streams may be sent a push at the same time.', format: 'strict-int', default: 8 },
} as const satisfies ConfigFields;
