// docs/registries.md: what is read of each kind of registry and what becomes of it. Prose stands here; what a program can tell
// (what a scope may ask for, codes of failed reads) comes from the code.
import { EUREKA_REMEDIES } from '../src/registry/eureka/read-failure.ts';
import { REGISTRY_KINDS } from '../src/registry/table.ts';
import { ZOOKEEPER_REMEDIES } from '../src/registry/zookeeper/failure.ts';

export function describeRegistries(): string {
  return [INTRODUCTION, kinds(), EUREKA, ZOOKEEPER, DUBBO, SPRING_CLOUD_ZOOKEEPER, FILE, failures()].join('\n');
}

const INTRODUCTION = `# Registries

<!-- Generated from tools/describe-registries.ts and src/registry by \`npm run generate\`. -->

A bridge reads one registry or several, each with a name of its own and a scope. It never writes to any, and "no information" is
never taken for "nothing is there": whatever goes wrong while reading, what was last known stays and the registry shows as stale.
`;

function kinds(): string {
  const rows = Object.values(REGISTRY_KINDS).map(({ kind, attributes, modes }) => {
    const asked = attributes.map((name) => `\`${name}\``).join(', ');
    return `| \`${kind}\` | ${asked}, \`metadata\` | ${modes.map((mode) => `\`${mode}\``).join(', ')} |`;
  });
  return `| kind | what a scope rule may ask for | reads, as metrics name them |\n|---|---|---|\n${rows.join('\n')}

Names and globs of a scope are compared without regard to case, values of \`metadata\` exactly. All conditions of a rule must hold, one
rule of \`include\` is enough, \`exclude\` decides first. \`footbridge dump\` saves what is in scope, with secrets masked, and
\`footbridge convert\` shows without a network what would be published of it.
`;
}

const EUREKA = `## \`eureka\`

\`\`\`yaml
namespace: payments
instance: payments
registries:
  eureka:
    kind: eureka
    urls: [http://eureka-1.example:8761/eureka, http://eureka-2.example:8761/eureka]
    scope:
      include: [{ app: [ORDERS, 'PAY-*'] }]
\`\`\`

A full read at first and every \`fullInterval\`, deltas with hash reconciliation between; a scope of a few exact names is read application by
application. Only \`UP\` is routed. Which metadata keys mean protocol, gRPC port, weight and zone is configurable.
`;

const ZOOKEEPER = `## ZooKeeper, for \`dubbo\` and \`spring-cloud-zookeeper\`

One session for each registry, for reading alone: the only operations that ever go over the wire are \`exists\`, \`getData\`, \`getChildren\` and
\`auth\`. Grant the bridge \`r\` and nothing else.

- **Session.** It has four states, which the log names: \`zookeeper.connected\` (a new session), \`zookeeper.suspended\` (no connection; the session may
  live), \`zookeeper.reconnected\` (the same session), \`zookeeper.lost\` (a new one follows). The one that holds is in
  \`footbridge_registry_session_state\` and on the status page. After \`connected\` and \`reconnected\` everything is read anew and compared; until that
  is whole, what was known before is published.
- **Changes** are told by watches and read where they are told; what comes within 50 ms is published together. Every \`auditInterval\` everything is
  read once more; what that finds changed although no watch said so is counted in \`footbridge_registry_drift_total\`.
- **Rights and gaps.** A path that may not be read or is too large keeps what was last known of it and is a problem (\`PATH_UNREADABLE\`); it does not
  keep others from being read. What is missing is believed to be gone only where its parent lists the others without it
  ([ADR 0012](adr/0012-absence-is-what-a-parent-lists.md)).
- **Cost follows the scope** where the scope names interfaces, applications or services: other directories are neither read nor watched.
- **Authentication** is digest (\`auth.scheme: digest\`), with the password from a file that is read for every connection. **TLS** with CA and client
  certificate (\`tls.enabled: true\`, the servers' \`secureClientPort\`). SASL and IPv6 literals are refused at load: the client library has neither.
- Servers 3.4 and newer. No four-letter words, no recursive watches, no \`setWatches\` ([ADR 0011](adr/0011-watches-are-set-by-reading.md)).
`;

const DUBBO = `## \`dubbo\`

\`\`\`yaml
namespace: payments
instance: payments
registries:
  rpc:
    kind: dubbo
    servers: [zk-1.example:2181, zk-2.example:2181, zk-3.example:2181]
    scope:
      include:
        - application: [orders, 'pay-*']
        - interface: [com.acme.payments.*]
          group: [blue]
\`\`\`

| register mode of the provider | where it stands | what is known of it |
|---|---|---|
| \`interface\` (and Dubbo 2.x) | \`/dubbo/<interface>/providers\` | everything: interface, group, version, weight, parameters |
| \`instance\` | \`/services/<application>\` | application, address, ports; interfaces where the metadata is in ZooKeeper (\`metadata-type=remote\`) |
| \`all\` (default of Dubbo 3) | both | both, joined into one instance by application, address and port |

With a registry \`group\` set, both stand below \`/<group>\`: give \`roots.interfaces\` and \`roots.applications\` the same path, and directories are told apart
by their shape.

- **A service is an application** (\`services: application\`): one entry with a port for each protocol. One process on one address serves all its
  interfaces, so that is what an address stands for. \`services: interface\` makes one entry for each interface, group and version instead, at a host
  that says so: \`com.acme.OrderService\` in group \`blue\`, version \`1.0.0\`, has the host
  \`com.acme.orderservice.v-1-0-0.g-blue.payments.rpc\`. Letters and digits of version and group stand for themselves there, a dot is \`-\`, and every other
  byte is \`--\` and two hexadecimal digits.
- **Ports.** \`dubbo\` is TCP at the entry's virtual IP, \`tri\` and \`grpc\` are GRPC, \`rest\` and its kin are HTTP, other protocols TCP. Where \`tri\` and
  \`dubbo\` share a port (or \`ext.protocol\` says so) it is TCP: Dubbo tells the two apart itself, and Envoy would break one of them.
- **Consumers** call the name or the virtual IP by a direct URL, for example \`dubbo://orders.payments.rpc:20880/com.acme.OrderService\`. The group, version and
  token of a call are the consumer's to give, as ever.
- **Weight and \`disabled\`** come from the provider's URL, then from override URLs (\`configurators\`). YAML configurators (\`/dubbo/config\`, of 2.7.0 and newer) are
  for providers, which register anew with the result; they are evaluated here only where no registration shows it
  ([ADR 0013](adr/0013-dubbo-processes-and-their-rules.md)). Everything else that a rule says is reported as not honoured. An instance is out of service when all its interfaces are; where
  their weights differ, the most common one counts, for one address cannot have two.
- **Scope** is asked of each provider, not of each directory: several teams may provide one interface. \`metadata\` asks for any parameter of the URL.
  Of a process whose interfaces are not in ZooKeeper a rule by \`interface\`, \`group\` or \`version\` does not hold: it neither includes nor excludes it.
- **Labels** come from parameters on which all interfaces of a process agree (\`endpointLabels\`); \`version\` is that of the application
  (\`application.version\`), and that of the interface where the interface is the service.
- **Annotations** name interfaces, groups, versions, consuming applications, owners, organizations and environments, each list cut at 8 KiB.
- \`token\`, \`username\`, \`password\`, \`accesskey\` and the like are dropped while reading. Mapping and metadata trees never decide whether something lives.
- Registered for good (\`dynamic=false\`): stays listed after its process ended, and is reported (\`INSTANCE_PERSISTENT\`).
`;

const SPRING_CLOUD_ZOOKEEPER = `## \`spring-cloud-zookeeper\`

\`\`\`yaml
namespace: payments
instance: payments
registries:
  spring:
    kind: spring-cloud-zookeeper
    servers: [zk-1.example:2181, zk-2.example:2181, zk-3.example:2181]
    scope:
      include: [{ service: [orders, 'payments/*'] }]
\`\`\`

Services are read below \`root\` (\`/services\`), nested names (\`io/acme/orders\`) included. Only \`instance_status: UP\`, or none, is routed. \`port\` is HTTP unless
metadata or the URI template say otherwise, \`sslPort\` is HTTPS. Addresses are host names by default in Spring Cloud: list their
suffixes in \`admit.addressSuffixes\`, which is empty by default, or have applications register IP addresses
(\`spring.cloud.zookeeper.discovery.instance-host\`). An entry of names is resolved by DNS; where some instances have names and others IP
addresses, \`mixedAddresses\` decides. Dubbo's records in the same tree are passed over; those of other
programs are counted (\`RECORDS_SKIPPED\`).
`;

const FILE = `## \`file\`

For machines that register nowhere: [file-registry.md](file-registry.md).
`;

function failures(): string {
  const rows = Object.entries({ ...EUREKA_REMEDIES, ...ZOOKEEPER_REMEDIES }).map(
    ([code, remedy]) => `| \`${code}\` | ${remedy} |`,
  );
  return `## When a registry cannot be read

The code stands in the log, on \`/debug/registry\` and in the answer of \`/readyz\`, with a sentence that names the server or path.

| code | what to do |
|---|---|
${rows.join('\n')}
`;
}
