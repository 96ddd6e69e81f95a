// SPDX-License-Identifier: Apache-2.0
// Every key of the program, once: what it is for, its format, its default, whether it is secret and whether a reload may
// change it. Loader, reference page, JSON schema and reload plan all read this. The keys of registries are joined to it
// in registry-schema.ts, those of serving and of the state file stand in serve-schema.ts
// and state-schema.ts.
import type { ConfigFields } from '../lib/config-field.ts';
import { limitFields } from '../registry/limit/options.ts';
import { adminFields } from './admin-schema.ts';
import { guardFields } from './guard-schema.ts';
import { replicasFields } from './replicas-schema.ts';
import { serveFields } from './serve-schema.ts';
import { stateFields } from './state-schema.ts';

export const programFields = {
  namespace: {
    doc: 'Kubernetes namespace that entries are published into, and the only one that this bridge may publish into.',
    format: 'dns-label',
    default: null,
    required: true,
  },
  instance: {
    doc: 'Name of this bridge, part of every resource name. Equal on all replicas, unique in the mesh, never changed later.',
    format: 'instance-name',
    default: null,
    required: true,
  },
  hostTemplate: {
    doc: 'How a service name becomes a host. Placeholders: `{service}`, `{namespace}`, `{registry}`, `{instance}`. A change renames every host.',
    format: 'host-template',
    default: '{service}.{namespace}.{registry}',
  },
  hosts: {
    doc: 'Explicit hosts: host → list of `<registry>/<service>`, names as the registry spells them. Several services under one host are joined (migration). Hosts named here are always admitted.',
    format: 'host-map',
    default: {},
    reload: 'live',
  },
  yieldHosts: {
    doc: 'Hosts (exact or glob) that are left to hand-written entries: Istio would join the endpoints of both.',
    format: 'glob-list',
    default: [],
    reload: 'live',
  },
  ports: {
    mode: {
      doc: '`protocol`: one service port per protocol, each endpoint mapped to its real port. `instance`: the ports of the instances are published as they are.',
      format: ['protocol', 'instance'],
      default: 'protocol',
    },
    primary: {
      doc: 'Protocol of the primary port. Default: what most instances offer.',
      format: 'optional-protocol',
      default: null,
      reload: 'live',
    },
    published: {
      doc: 'Protocols to publish beside the primary one even where not every instance offers them; instances that lack one are left out.',
      format: 'protocol-list',
      default: [],
      reload: 'live',
    },
    numbers: {
      http: { doc: 'Service port for HTTP.', format: 'port-number', default: 80 },
      https: { doc: 'Service port for HTTPS.', format: 'port-number', default: 443 },
      grpc: { doc: 'Service port for gRPC.', format: 'port-number', default: 50_051 },
      tri: { doc: 'Service port for Dubbo Triple, which is gRPC on the wire.', format: 'port-number', default: 50_051 },
      dubbo: { doc: 'Service port for the Dubbo protocol.', format: 'port-number', default: 20_880 },
      rest: {
        doc: 'Service port for Dubbo REST; another one than for HTTP, so that a service can have both.',
        format: 'port-number',
        default: 8080,
      },
      http2: { doc: 'Service port for HTTP/2 without TLS.', format: 'port-number', default: 8082 },
      tls: { doc: 'Service port for TLS that is passed through.', format: 'port-number', default: 8443 },
      tcp: { doc: 'Service port for any other TCP.', format: 'port-number', default: 9000 },
    },
  },
  virtualIps: {
    enabled: {
      doc: 'Give every host a virtual IP: from 1.25 on istiod gives none to entries of a config source, and a TCP port cannot be published without.',
      format: 'flag',
      default: true,
    },
    range: {
      doc: 'IPv4 range of virtual IPs. Give each bridge a range of its own to rule collisions out. Must be inside what sidecars capture, and must not be in use.',
      format: 'cidr-v4',
      default: '241.0.0.0/8',
    },
    rangeV6: {
      doc: 'IPv6 range; when set, every host gets a second address out of it.',
      format: 'optional-cidr-v6',
      default: null,
    },
  },
  location: {
    doc: '`internal`: part of the mesh. `external`: Istio treats the services as outside and never uses mutual TLS to them.',
    format: ['internal', 'external'],
    default: 'internal',
    reload: 'live',
  },
  exportTo: {
    doc: 'Namespaces that see the hosts: `.` (the own one), `*` (all), or names. Name the namespaces of gateways that route to them.',
    format: 'export-to',
    default: ['.'],
    reload: 'live',
  },
  mixedAddresses: {
    doc: 'For a service with both IP addresses and host names, which one entry cannot hold: keep `ip`, keep `name`, or keep what the `majority` has.',
    format: ['ip', 'name', 'majority'],
    default: 'ip',
    reload: 'live',
  },
  endpointLabels: {
    doc: 'Metadata keys that become labels of endpoints. All others are dropped.',
    format: 'list',
    default: ['version', 'zone', 'env', 'team', 'tag'],
    reload: 'live',
  },
  endpointRules: {
    doc: 'Network, service account and TLS mode of endpoints; the first rule that matches and sets a field decides it. `match` asks for `services` (globs over `<registry>/<service>`), `addresses` (CIDR) and `metadata`, all of which must hold.',
    format: 'endpoint-rules',
    default: [],
    reload: 'live',
  },
  labelPrefix: {
    doc: 'Prefix of the labels and annotations that say who owns an entry. No registry may set labels with it.',
    format: 'dns-subdomain',
    default: 'footbridge.io',
  },
  owner: {
    team: { doc: 'The team that answers for these services.', format: 'optional-text', default: null, reload: 'live' },
    partOf: { doc: 'The larger system that they belong to.', format: 'optional-text', default: null, reload: 'live' },
    labels: { doc: 'Further labels of every entry.', format: 'labels-map', default: {}, reload: 'live' },
    annotations: { doc: 'Further annotations of every entry.', format: 'annotations-map', default: {}, reload: 'live' },
  },
  admit: {
    hostSuffixes: {
      doc: 'Hosts that may be published: `.suffix` or an exact host. Default: what `hostTemplate` gives behind the service name, for each registry. The hosts named in `hosts` are always added.',
      format: 'host-suffix-list',
      default: [],
      reload: 'live',
    },
    addresses: {
      doc: 'Ranges that endpoint addresses must be in. Default: the private ranges. Link-local and multicast are never admitted, loopback only by a range inside 127.0.0.0/8 or ::1/128.',
      format: 'cidr-list',
      default: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'],
      reload: 'live',
    },
    addressSuffixes: {
      doc: 'DNS suffixes that host-named endpoints must have: `.corp.example` is every name below it, without the dot one name. Default: none is admitted.',
      format: 'host-suffix-list',
      default: [],
      reload: 'live',
    },
    ports: {
      doc: 'Service ports that may be published.',
      format: 'port-range-list',
      default: ['1-65535'],
      reload: 'live',
    },
    endpointPorts: {
      doc: 'Ports that instances may have.',
      format: 'port-range-list',
      default: ['1-65535'],
      reload: 'live',
    },
  },
  limits: limitFields,
  guard: guardFields,
  freeze: {
    doc: 'What stays exactly as it is, whatever its registry says: `target` (`*`, a registry, or `<registry>/<service>` as the registry spells it), `reason`, and `until` when (without it until it is taken out of this list).',
    format: 'freeze-list',
    default: [],
    reload: 'live',
  },
  publish: {
    quietPeriod: {
      doc: 'How long to wait for further changes before publishing.',
      format: 'duration',
      default: '100ms',
    },
    ceiling: { doc: 'The longest that a stream of changes can put publishing off.', format: 'duration', default: '1s' },
  },
  state: stateFields,
  replicas: replicasFields,
  serve: serveFields,
  coldStart: {
    bound: {
      doc: 'How long a freshly started istiod, known to hold nothing of ours, waits for the first good read before it is answered with nothing; `never` keeps it waiting (and not ready). A running istiod always waits.',
      format: 'optional-duration',
      default: '2m',
    },
    readyPort: {
      doc: 'Port at which istiod says whether it is ready. One that came as a stranger (the bridge started after it) is asked there, at the address that it came from and says that it has; only "not ready" counts, as that of an istiod that holds nothing of ours.',
      format: 'port-number',
      default: 8080,
    },
    legacy: {
      doc: 'Clients of legacy MCP (Istio 1.1 to 1.8) tell nothing by which one that has just started is known. `hold`: they wait for the first good read. `answer`: they wait for `coldStart.bound`, unless they say what they hold; then one that runs loses every entry when the bridge is restarted while a registry cannot be read.',
      format: ['hold', 'answer'],
      default: 'hold',
    },
  },
  admin: adminFields,
  log: {
    level: { doc: 'The least level that is logged.', format: ['debug', 'info', 'warn', 'error'], default: 'info' },
    format: { doc: '`json` for machines, `text` for people.', format: ['json', 'text'], default: 'json' },
  },
  shutdown: {
    drainDelay: {
      doc: 'Between "not ready" and the first ended stream, so that no new client is sent here.',
      format: 'duration',
      default: '5s',
    },
    stagger: { doc: 'Over how long the streams are ended, evenly spread.', format: 'duration', default: '5s' },
    deadline: {
      doc: 'After it the process ends whatever is still open. Keep it below the grace period of the pod.',
      format: 'duration',
      default: '25s',
    },
  },
} as const satisfies ConfigFields;
