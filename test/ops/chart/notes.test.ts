// What whoever installs the chart is told: what to do next, in which order, and what is risky in this very installation.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { judgeSourceList } from '../../../src/fleet/judge-sources.ts';
import { readMeshConfig } from '../../../src/fleet/mesh-config.ts';
import { printSources } from '../../../src/fleet/print-sources.ts';
import { releaseAddress } from '../../../src/fleet/release-address.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { CASES, MINIMAL } from './cases.ts';
import { CHART, notes, type Release, render } from './helm.ts';
import { at, only } from './pick.ts';

const PRODUCTION: Release = { files: [MINIMAL, `${CHART}/values-production.yaml`] };
const LABELS = { labels: { release: 'prometheus' } };
const SCOPE = {
  registries: { legacy: { scope: { include: [{ app: 'ORDERS' }] } } },
  monitoring: { podMonitor: LABELS, prometheusRule: LABELS },
};

describe('the notes', await needPeers('helm4', 'helm3'), () => {
  const said = notes({ files: [MINIMAL], namespace: 'payments' });

  test('give the list for istiod as it has to be, Kubernetes first, with the address of the Service', () => {
    const { configSources } = parse(snippet(said)) as { configSources: readonly { address: string }[] };
    assert.deepEqual(
      configSources.map(({ address }) => address),
      ['k8s://', 'xds://footbridge.payments.svc:9902'],
    );
    const service = only(render({ files: [MINIMAL] }), 'Service');
    assert.equal(
      `xds://${service.metadata.name}.${service.metadata.namespace}.svc:${at(service, 'spec.ports.0.port')}`,
      configSources[1]?.address,
    );
  });

  test('give a list in which mesh-config --check finds nothing, and which mesh-config prints for every name of a release', () => {
    for (const name of [
      'footbridge',
      'shop',
      'a.b',
      '9lives',
      'x'.repeat(42),
      'x'.repeat(43),
      `1.${'y-'.repeat(25)}z`,
    ]) {
      const reading = readMeshConfig(snippet(notes({ name, files: [MINIMAL], namespace: 'payments' })));
      assert.ok(reading.kind === 'sources');
      assert.deepEqual(judgeSourceList(reading.sources), []);
      const printed = readMeshConfig(
        printSources([releaseAddress({ namespace: 'payments', name })], 'mesh', undefined),
      );
      assert.deepEqual(printed, reading, name);
    }
  });

  test('name what an installation by revisions has instead of `istiod`', () =>
    assert.match(
      said,
      /rollout restart deployment\/istiod\n.*\bdeployment istiod-REVISION and a ConfigMap istio-REVISION\b/s,
    ));

  describe('with TLS', () => {
    const TLS = { mode: 'tls', existingSecret: { name: 'bridge' } };
    const MTLS = { mode: 'mtls', existingSecret: { name: 'bridge', caKey: 'ca.crt' } };
    const saidWith = (tls: unknown, more: object = {}) => notes({ files: [MINIMAL], values: { tls, ...more } });

    test('give a list in which mesh-config --check finds nothing, and which mesh-config prints for the same CA', () => {
      for (const name of ['footbridge', 'shop', 'a.b']) {
        const list = snippet(notes({ name, files: [MINIMAL], namespace: 'payments', values: { tls: TLS } }));
        const reading = readMeshConfig(list);
        assert.ok(reading.kind === 'sources');
        assert.deepEqual(judgeSourceList(reading.sources), []);
        const pem = '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----';
        const printed = printSources([releaseAddress({ namespace: 'payments', name })], 'mesh', {
          ca: { kind: 'text', pem },
          subjectAltNames: [],
        });
        assert.deepEqual(sourcesWithoutLastNewline(readMeshConfig(printed)), sourcesWithoutLastNewline(reading), name);
      }
    });

    test('say how to print the CA: of what the values name, else of where cert-manager puts it', () => {
      const [secret, configMap] = ['get secret bridge --output', 'get configmap trust --output'];
      assert.ok(saidWith(TLS).includes(`${secret} go-template='{{ index .data "ca.crt" | base64decode }}'`));
      const named = { ...TLS, existingSecret: { name: 'bridge', caKey: 'issuer.pem' } };
      assert.ok(saidWith(named).includes(`${secret} go-template='{{ index .data "issuer.pem" | base64decode }}'`));
      const bundle = { ...TLS, existingConfigMap: { name: 'trust', caKey: 'bundle.pem' } };
      assert.ok(saidWith(bundle).includes(`${configMap} go-template='{{ index .data "bundle.pem" }}'`));
    });

    test('warn before the restart of istiod up to 1.25, which takes the second port', () => {
      const alone = saidWith(TLS);
      const warning = alone.indexOf('WARNING: istiod up to 1.25 ignores `tlsSettings` and speaks plaintext');
      assert.equal(warning > 0 && warning < alone.indexOf('rollout restart deployment/istiod'), true);
      assert.match(alone, /Such an istiod needs a second port: `tls\.plaintextPort`/);
      assert.match(
        saidWith({ ...TLS, plaintextPort: 9904 }),
        /without `tlsSettings`: xds:\/\/footbridge\.payments\.svc:9904\n/,
      );
    });

    test('say what helm test does not see, and why', () => {
      assert.match(
        saidWith(TLS),
        /and not the bridge: name the CA that it can be verified with in `tls\.existingSecret\.caKey`/,
      );
      assert.match(saidWith(MTLS), /and not the bridge: it has no certificate to show/);
      assert.match(saidWith({ ...MTLS, plaintextPort: 9904 }), /asks the bridge by its port in plaintext/);
      const seen = [saidWith({}), saidWith({ ...MTLS, mode: 'tls' }), saidWith(TLS, { tests: { enabled: false } })];
      for (const text of seen) assert.doesNotMatch(text, /not the bridge|by its port in plaintext/);
    });

    test('say that a renewal needs nothing, and a new CA a restart of istiod', () => {
      assert.match(saidWith(TLS), /Secret bridge is renewed, there is nothing to do/);
      assert.match(
        saidWith(TLS),
        /A new CA has to stand in `caCertificates` beside the old one, and istiod to be restarted/,
      );
      assert.match(saidWith(MTLS), /Secret bridge is renewed, there is nothing to do/);
      assert.doesNotMatch(saidWith({}), /renewed|TLS|tlsSettings/);
    });

    test('warn that mtls shuts out every istiod from 1.9 on, give it no list and do not have it restarted', () => {
      const shut = saidWith(MTLS);
      assert.match(shut, /WARNING: `tls\.mode` is mtls, and NO istiod FROM 1\.9 ON GETS IN by port 9902/);
      assert.doesNotMatch(shut, /configSources:|rollout restart deployment\/istiod/);
      assert.doesNotMatch(saidWith(TLS), /GETS IN/);
    });

    test('give istiod the second port where there is one beside mtls', () => {
      const beside = saidWith({ ...MTLS, plaintextPort: 9904 });
      assert.match(beside, /NO istiod FROM 1\.9 ON GETS IN by port 9902/);
      assert.match(beside, /rollout restart deployment\/istiod/);
      const reading = readMeshConfig(snippet(beside));
      assert.ok(reading.kind === 'sources');
      assert.deepEqual(judgeSourceList(reading.sources), []);
      assert.deepEqual(
        reading.sources.map(({ address, tls }) => [address, tls.mode]),
        [
          ['k8s://', ''],
          ['xds://footbridge.payments.svc:9904', ''],
        ],
      );
    });

    test('send no istiod to a second port where an access list turns away who shows no name', () => {
      const listed = saidWith({ ...MTLS, plaintextPort: 9904 }, { accessList: { allow: ['a.example'] } });
      assert.match(listed, /Nobody gets in by the second port, 9904, either: .*the access list/s);
      assert.doesNotMatch(listed, /configSources:|rollout restart deployment\/istiod/);
      assert.match(listed, /and not the bridge: it has no certificate to show/);
      const open = { networkPolicy: { enabled: false }, accessList: { existingConfigMap: { name: 'theirs' } } };
      assert.doesNotMatch(saidWith({ ...MTLS, plaintextPort: 9904 }, open), /can read all services/);
    });

    test('say who reads along without a network policy: with TLS who asks, with mtls nobody but by the second port', () => {
      const open = { networkPolicy: { enabled: false } };
      assert.match(saidWith({}, open), /reaches port 9902 can read.*: it is plaintext/);
      assert.match(saidWith(TLS, open), /reaches port 9902 can read.*: it asks for no certificate of a client/);
      assert.doesNotMatch(saidWith(MTLS, open), /can read all services/);
      assert.match(saidWith({ ...MTLS, plaintextPort: 9904 }, open), /reaches port 9904 can read.*: it is plaintext/);
    });

    test('say who is let in without an access list', () => {
      assert.match(saidWith(MTLS), /Note: whoever has a certificate of the CA in Secret bridge is let in/);
      assert.doesNotMatch(saidWith(MTLS, { accessList: { allow: ['a.example'] } }), /is let in/);
      assert.doesNotMatch(saidWith(MTLS, { accessList: { existingConfigMap: { name: 'theirs' } } }), /is let in/);
    });

    test('say that a certificate is of no use while the mode is off', () => {
      assert.match(
        saidWith({ ...TLS, mode: 'off' }),
        /Note: `tls\.existingSecret` names a certificate, but `tls\.mode` is off/,
      );
    });
  });

  test('warn that istiod does not start without a listed source, and order the uninstallation', () => {
    assert.match(said, /WARNING: istiod does not start while a listed source is unreachable/);
    const steps = ['remove the address from the mesh configuration', 'restart istiod', 'helm uninstall footbridge'];
    const places = steps.map((step) => said.indexOf(step, said.indexOf('To uninstall')));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.equal(places.includes(-1), false);
  });

  test('say that istiod reads the list only at its start', () =>
    assert.match(said, /it reads the\s+list only when it starts/));

  test('say what callers need: sidecar, name, range, visibility', () => {
    for (const need of [/a sidecar or a gateway/, /ISTIO_META_DNS_CAPTURE/, /241\.0\.0\.0\/8/, /`exportTo`/])
      assert.match(said, need);
    assert.match(
      notes({ files: [MINIMAL], values: { config: { virtualIps: { range: '241.16.0.0/12' } } } }),
      /241\.16\.0\.0\/12 among/,
    );
  });

  test('name both ranges of virtual addresses, and none where there are none', () => {
    const withIps = (virtualIps: unknown) => notes({ files: [MINIMAL], values: { config: { virtualIps } } });
    assert.match(
      withIps({ rangeV6: '2001:db8:f00::/96' }),
      /- 241\.0\.0\.0\/8 and 2001:db8:f00::\/96 among the outbound/,
    );
    assert.doesNotMatch(withIps({ enabled: false }), /outbound ranges/);
  });

  test('say before the restart that istiod needs every source of the list, not this one alone', () => {
    const restart = said.indexOf('rollout restart deployment/istiod');
    const needs = said.search(/every other xds:\/\/ source of the list answers too/);
    assert.equal(needs > 0 && needs < restart, true);
  });

  test('say how to remove the pod that Helm leaves behind, where there is one', () => {
    assert.match(said, /delete pod footbridge-test --ignore-not-found/);
    assert.doesNotMatch(notes({ files: [MINIMAL], values: { tests: { enabled: false } } }), /delete pod/);
  });

  test('say who is in the trust base', () => {
    assert.match(said, /Whoever can run code in namespace payments.*can change everything in the mesh/s);
    assert.match(said, /install the release into a\s+namespace of the mesh team, with `namespace: payments`/);
    const apart = notes({ files: [MINIMAL], namespace: 'mesh-bridges', values: { namespace: 'payments' } });
    assert.match(apart, /publishes into namespace payments/);
    assert.match(apart, /mesh-bridges has to belong to the mesh team, not to\s+the team of payments/);
    assert.match(apart, /xds:\/\/footbridge\.mesh-bridges\.svc:9902/);
  });

  const situations: readonly (readonly [note: RegExp, when: string, values: unknown])[] = [
    [
      /registry legacy has no `scope\.include`/,
      'a registry is published whole',
      { registries: { legacy: { scope: null } } },
    ],
    [/with one pod, an istiod that starts while that pod is replaced/, 'there is one pod', { replicaCount: 1 }],
    [/an update may end all 2 pods at once/, 'an update ends all pods', { rollingUpdate: { maxUnavailable: '100%' } }],
    [/evictions may take all 2 pods at once/, 'a drain ends all pods', { podDisruptionBudget: { maxUnavailable: 2 } }],
    [
      /evictions may take all 2 pods/,
      'a share is rounded up to all',
      { podDisruptionBudget: { maxUnavailable: '51%' } },
    ],
    [/no pod may be evicted/, 'no node can be drained', { podDisruptionBudget: { maxUnavailable: 0 } }],
    [
      /no pod may be evicted/,
      'no node can be drained, said in percent',
      { podDisruptionBudget: { maxUnavailable: '0%' } },
    ],
    [
      /takes only objects with the labels that it selects by.*\n.*\n {2}monitoring\.prometheusRule\.labels/,
      'an object for Prometheus has no label of its own',
      { monitoring: { podMonitor: LABELS } },
    ],
    [/without a network policy every pod/, 'there is no network policy', { networkPolicy: { enabled: false } }],
    [/admits nobody to port 9902/, 'the network policy shuts istiod out', { networkPolicy: { istiod: [] } }],
    [
      /Let no other release of the cluster do so/,
      'the dashboards are on',
      { monitoring: { dashboards: { enabled: true } } },
    ],
    [
      /nothing tells Prometheus/,
      'nothing is scraped',
      { monitoring: { podMonitor: { enabled: false }, prometheusRule: { enabled: false } } },
    ],
    [
      /the credentials of registry legacy go over the network in clear/,
      'a password meets http',
      { registries: { legacy: { auth: { username: 'a', existingSecret: { name: 'a', passwordKey: 'a' } } } } },
    ],
  ];
  for (const [note, when, values] of situations) {
    test(`warn when ${when}, and only then`, () => {
      assert.match(notes({ files: PRODUCTION.files ?? [], values: withScope(values) }), note);
      assert.doesNotMatch(notes({ ...PRODUCTION, values: SCOPE }), note);
    });
  }

  test('warn of no share that leaves a pod: an update rounds down, an eviction up', () => {
    const values = { rollingUpdate: { maxUnavailable: '99%' }, podDisruptionBudget: { maxUnavailable: '50%' } };
    assert.doesNotMatch(notes({ ...PRODUCTION, values: withScope(values) }), /Note:/);
  });

  test('have no warning for a production release with a scope', () => {
    assert.doesNotMatch(notes({ ...PRODUCTION, values: SCOPE }), /Note:/);
  });

  for (const { title, release } of CASES) {
    test(`fit a terminal, with ${title}`, () => {
      for (const line of notes(release).split('\n')) assert.equal(line.length <= 140, true, line);
    });

    test(`are the same by Helm 3, with ${title}`, () => {
      const { extraManifests: _, ...values } = (release.values ?? {}) as Record<string, unknown>;
      assert.equal(notesInside({ ...release, values, helm: 'helm3' }).trim(), notes({ ...release, values }).trim());
    });
  }
});

/** Helm 3 prints NOTES.txt only to who has a cluster; but templates can take it in. */
function notesInside(release: Release & { readonly values: Readonly<Record<string, unknown>> }): string {
  const text = '{{ include (print .Template.BasePath "/NOTES.txt") . | quote }}';
  const probe = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe}\ndata: {notes: ${text}}\n`;
  const values = { ...release.values, extraManifests: [probe] };
  return String(at(only(render({ ...release, values }), 'ConfigMap', 'probe'), 'data.notes'));
}

/** A text in YAML may end with a newline or not, which no PEM reader minds. */
function sourcesWithoutLastNewline(reading: ReturnType<typeof readMeshConfig>): unknown {
  assert.ok(reading.kind === 'sources');
  return reading.sources.map(({ address, tls }) => ({ address, tls: { ...tls, caPem: tls.caPem.trim() } }));
}

/** The indented lines of the list. */
function snippet(text: string): string {
  const start = text.indexOf('     configSources:');
  return text.slice(start, text.indexOf('\n\n', start)).replace(/^ {5}/gm, '');
}

function withScope(values: unknown): unknown {
  return { ...SCOPE, ...(values as object) };
}
