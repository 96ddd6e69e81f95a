// SPDX-License-Identifier: Apache-2.0
// Every check that `footbridge check` knows, once. An id is public, like a problem code: scripts read it, and it is the anchor in
// docs/checks.md, which is made from here. What a check does stands with its category; what it is about stands here.
import type { CheckAbout } from './check-about.ts';
import { ISTIOD_CHECKS } from './istiod/istiod-table.ts';

export const CHECKS = {
  'config-valid': {
    sentence: 'the configuration is valid',
    severity: 'failure',
    looksAt:
      'The configuration file together with the environment and the flags given, as every other command reads them.',
    means:
      'Footbridge would not start with it. Nothing else can be checked, and the exit code is 2, as that of `footbridge config check`.',
    remedy: 'Correct each key that is named; docs/configuration.md lists them all.',
  },
  'tls-files': {
    sentence: '{subject} can be used',
    severity: 'failure',
    looksAt:
      'The files named under `tls` of a registry, or under `serve.tls`: each can be read, holds PEM that can be understood, and the key belongs to the certificate.',
    means:
      'No TLS connection comes about. With those of `serve.tls` a bridge does not start; one that runs goes on with the former ones.',
    remedy: 'Mount the right files, certificate and key from the same issue; where they are rotated, replace both.',
  },
  'tls-expiry': {
    sentence: '{subject} is valid for the days to come',
    severity: 'either',
    looksAt:
      'The dates of every certificate in the files named under `tls` of a registry, or under `serve.tls`. Of several CA certificates one that is valid is enough.',
    means:
      'Expired or not valid yet: connections fail. Fewer than 14 days left: a warning. The files are read anew while a bridge runs, so a renewed one needs no restart.',
    remedy: 'Renew the certificate, or look at the clock of this machine.',
  },
  'access-list': {
    sentence: '{subject} is a list of who may connect',
    severity: 'failure',
    looksAt: 'The file named by `serve.accessListFile`: YAML with `allow` or `deny`, each a list of names.',
    means: 'A bridge does not start without a list that it can read; one that runs goes on with the former one.',
    remedy: 'Do what the sentence says; docs/security.md has an example.',
  },
  'admin-token': {
    sentence: '{subject} holds a token',
    severity: 'failure',
    looksAt: 'The file named by `admin.tokenFile`: one word of ASCII, at least 16 characters.',
    means: 'A bridge does not start with it; one that runs lets nobody change anything until it is mended.',
    remedy:
      'Write a token into it, for example with `openssl rand -hex 32`, and mount it so that the bridge can read it.',
  },
  'replicas-token': {
    sentence: '{subject} holds a token',
    severity: 'failure',
    looksAt:
      'The file named by `replicas.tokenFile`: one word of ASCII, at least 16 characters. That the others have the same is not known here.',
    means:
      'A bridge starts with it, but is told nothing by the other replicas and tells them nothing: one that is replaced in an outage begins with its state file, or with nothing.',
    remedy:
      'Write the same token into it for all replicas, for example with `openssl rand -hex 32`, and mount it so that the bridge can read it.',
  },
  'nothing-frozen': {
    sentence: 'nothing is frozen by the configuration',
    severity: 'warning',
    looksAt:
      '`freeze` in the configuration, as far as it is not over. What is frozen by hand is told by `footbridge freeze list`.',
    means: 'What is frozen follows its registry no more: nothing is added, changed or removed, whatever dies or comes.',
    remedy: 'Take out of `freeze` what has done its service.',
  },
  'registry-reachable': {
    sentence: '{subject} is reachable',
    severity: 'either',
    looksAt:
      'Each server of a registry by itself, without credentials: whether anything there answers in the protocol of the registry, within its deadlines.',
    means:
      'With one server of several dead the registry is read from the others: a warning. With all of them dead nothing is read; a bridge that runs keeps what it knew, one that starts holds its answer.',
    remedy: 'Do what the sentence says; docs/registries.md explains every code.',
  },
  'registry-allowed': {
    sentence: 'reading is allowed',
    severity: 'failure',
    looksAt:
      'Whether the registry takes the configured credentials and lets them read, and whether their files can be read.',
    means:
      'Nothing is read. ZooKeeper takes any user and password without a word, so a wrong password shows there as a path that may not be read.',
    remedy: 'Give the bridge the right user, password or token, and the right to read; it never needs more.',
  },
  'registry-listed': {
    sentence: 'services can be listed',
    severity: 'failure',
    looksAt: 'One whole read, just as a bridge begins, of what is in scope.',
    means:
      'The registry is there and lets us in, and yet says nothing that could be believed: a wrong path, a missing root, an overloaded server. `READ_TOO_SLOW`: the first read took longer than a minute.',
    remedy: 'Do what the sentence says; docs/registries.md explains every code.',
  },
  'registry-decoded': {
    sentence: 'what it lists can be read',
    severity: 'either',
    looksAt: 'What the registry listed: the answer as a whole, and each record in it.',
    means:
      'An answer that is none: nothing is read. Single records: a warning with their problem codes; each costs itself alone, and docs/problems.md explains it.',
    remedy:
      'Look at how the application that is named registers; `footbridge dump` shows what the registry says of it.',
  },
  'registry-scope': {
    sentence: 'the scope matches something',
    severity: 'warning',
    looksAt:
      'How many of the services that the registry has belong to this bridge by `scope`, and whether each exact name of its `include` is there.',
    means:
      'What is named and not there is not published. Most often a name is misspelt, or the account may not see what it should.',
    remedy:
      'Compare `scope` with the names that are shown; they are compared without regard to case, metadata exactly.',
  },
  'publish-complete': {
    sentence: 'what is in scope can be published',
    severity: 'warning',
    looksAt:
      'Every stage of the bridge, run once on what was read: names, ports, addresses, and what `admit` lets through.',
    means:
      'Something of what was read would not reach the mesh. Each problem has a code, which docs/problems.md explains; the rest is published.',
    remedy: 'Do what the sentences say; `footbridge convert` on a dump shows every entry and every problem.',
  },
  'port-free': {
    sentence: 'a bridge can listen on {subject}',
    severity: 'either',
    looksAt: 'The addresses of `serve` and `admin`: whether a bridge could listen there, and who does where it cannot.',
    means:
      'It could not start. Where a bridge answers there already that is a warning, and no more than a note when you give `--server`.',
    remedy: 'End what holds the port, or choose another one (`serve.port`, `admin.port`).',
  },
  'server-reachable': {
    sentence: '{subject} is reachable',
    severity: 'either',
    looksAt:
      'Whether anything takes a connection at the address given by `--server`. Where its name has several addresses, as that of a headless Service has, each of them is a bridge to be checked.',
    means:
      'An istiod that lists this address and starts now ends at once, and one that runs keeps what it has. With one of several dead istiod takes another: a warning.',
    remedy: 'Check the address, the Service and its pods, and network policies; the port is that of `serve.port`.',
  },
  'server-plaintext': {
    sentence: 'it speaks as istiod will speak to it',
    severity: 'failure',
    looksAt:
      'Whether the address given by `--server` speaks gRPC in plaintext, which is how istiod speaks to a config source unless its `tlsSettings` have the mode SIMPLE; with `--ca`, whether it speaks TLS and shows a certificate that this CA has signed for that name.',
    means:
      'TLS in the way (a sidecar with strict mutual TLS, a proxy), or something else than a config source: istiod gets no answer.',
    remedy:
      'Keep sidecars away from the port, give `--ca` where it speaks TLS, and check that it is that of `serve.port`, not that of `admin.port`.',
  },
  'server-types': {
    sentence: 'every type that istiod asks for is answered',
    severity: 'failure',
    looksAt:
      'All types that an istiod of today asks a config source for, asked for at once as it does, all but ServiceEntry.',
    means: 'An istiod that starts does not become ready until each type was answered once.',
    remedy: 'Footbridge answers every type: something else answers at this address, or a proxy cuts streams.',
  },
  'server-entries': {
    sentence: 'ServiceEntries are served',
    severity: 'failure',
    looksAt: 'Whether the running bridge answers with its ServiceEntries, or holds the answer.',
    means:
      'A bridge holds its answer until each of its registries was read once. An istiod that runs loses nothing by it; one that starts waits, for `coldStart.bound` at most.',
    remedy: 'Look at the registries above, and at `/readyz` and `/debug/registry` of that bridge.',
  },
  'server-sound': {
    sentence: 'every entry is one that istiod can keep',
    severity: 'failure',
    looksAt:
      'Each served entry: it can be decoded, is named `namespace/name` in the configured namespace, and has a version and a creation time.',
    means:
      'istiod drops what it cannot decode without telling anybody, does not notice changes under the same version, and takes entries of any namespace: one outside means that this is not the bridge of this configuration.',
    remedy: 'Check that `--server` leads to the bridge of this configuration.',
  },
  'server-addresses': {
    sentence: 'every entry has an address of its own',
    severity: 'warning',
    looksAt: 'Whether each served entry has a virtual IP.',
    means:
      'istiod gives entries of a config source none from 1.25 on: the DNS proxy of sidecars does not answer for a host without one, and its TCP ports share one listener.',
    remedy: 'Turn `virtualIps.enabled` on.',
  },
  'server-revision': {
    sentence: 'no entry is for one revision alone',
    severity: 'warning',
    looksAt: 'The label `istio.io/rev` of served entries.',
    means: 'An istiod of another revision drops these entries, also in the middle of an upgrade.',
    remedy: 'Remove the label from `owner.labels` unless you mean it.',
  },
  'server-replicas': {
    sentence: 'all of them serve the same',
    severity: 'warning',
    looksAt:
      'Where the name given by `--server` has several addresses: whether each bridge serves the same entries in the same versions. Asked anew for some seconds, since changes do not arrive at one instant.',
    means:
      'Replicas see different registries, have different configurations or releases, or one does not follow any more: what the mesh knows depends on which one an istiod has.',
    remedy: 'Compare `/debug/registry` and `/debug/config` of both; replicas need equal configurations.',
  },
  'mesh-config-sources': {
    sentence: '{subject} lists the bridges as istiod reads them',
    severity: 'either',
    looksAt:
      '`configSources` of the file given by `--mesh-config`: a mesh config, the ConfigMap `istio` as kubectl prints it, Helm values of istiod or an IstioOperator. With `--server` also whether that address is in it.',
    means:
      'Each finding has a code, which docs/fleet.md explains. `footbridge mesh-config --check FILE --live` also reads every bridge of the list.',
    remedy: 'Do what the sentences say; `footbridge mesh-config` prints a right list. Then restart istiod.',
  },
  ...ISTIOD_CHECKS,
} as const satisfies Readonly<Record<string, CheckAbout>>;

export type CheckId = keyof typeof CHECKS;
