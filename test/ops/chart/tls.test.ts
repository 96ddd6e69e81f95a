// Serving over TLS, and to whom: which files, ports and objects the values become.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { readAccessList } from '../../../src/serve/access/access-list.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { notes, type Rendered, render } from './helm.ts';
import { at, only } from './pick.ts';

const TLS = { mode: 'tls', existingSecret: { name: 'bridge' } };
const MTLS = { mode: 'mtls', existingSecret: { name: 'bridge', caKey: 'ca.crt' } };
const FOLDER = '/etc/footbridge/serve';

describe('TLS in the chart', await needPeers('helm4'), () => {
  test('is off unless it is asked for, and then nothing of the configuration speaks of it', () => {
    assert.deepEqual(serveOf(objectsWith({})), { address: '0.0.0.0', port: 9902 });
    assert.deepEqual(serveOf(objectsWith({ tls: { mode: false } })), { address: '0.0.0.0', port: 9902 });
  });

  test('needs one Secret, as cert-manager makes it, and no key of it stands anywhere', () => {
    const objects = objectsWith({ tls: TLS });
    assert.deepEqual(at(serveOf(objects), 'tls'), {
      mode: 'tls',
      minVersion: '1.2',
      certificateFile: `${FOLDER}/certificate`,
      keyFile: `${FOLDER}/key`,
    });
    // Of one object: two could be read around a renewal, and hold what does not belong together.
    assert.deepEqual(sourcesOf(objects).slice(1), [secret({ 'tls.crt': 'serve/certificate', 'tls.key': 'serve/key' })]);
  });

  test('takes a version as a number too, which it is in YAML without quotes', () => {
    assert.equal(at(serveOf(objectsWith({ tls: { ...TLS, minVersion: 1.3 } })), 'tls.minVersion'), '1.3');
  });

  test('has the CA of clients in the mode mtls alone, from the Secret or from a ConfigMap', () => {
    const fromSecret = objectsWith({ tls: MTLS });
    assert.equal(at(serveOf(fromSecret), 'tls.caFile'), `${FOLDER}/ca`);
    const files = { 'tls.crt': 'serve/certificate', 'tls.key': 'serve/key', 'ca.crt': 'serve/ca' };
    assert.deepEqual(sourcesOf(fromSecret)[1], secret(files));
    const bundle = { name: 'trust', caKey: 'bundle.pem' };
    const fromConfigMap = objectsWith({ tls: { ...TLS, mode: 'mtls', existingConfigMap: bundle } });
    assert.deepEqual(sourcesOf(fromConfigMap)[2], {
      configMap: { name: 'trust', items: [{ key: 'bundle.pem', path: 'serve/ca' }] },
    });
    assert.equal(at(serveOf(objectsWith({ tls: { ...MTLS, mode: 'tls' } })), 'tls.caFile'), undefined);
  });

  test('is what helm test speaks where a CA is named to verify with; else it asks by the port in plaintext, or not at all', () => {
    const asked = (tls: unknown) =>
      (at(only(objectsWith({ tls }), 'Pod'), 'spec.containers.0.args') as readonly string[]).slice(3);
    const named = { ...MTLS, mode: 'tls' };
    const [host, ca] = ['footbridge.payments.svc', ['--ca', `${FOLDER}/ca`]];
    assert.deepEqual(asked(named), ['--server', `${host}:9902`, ...ca]);
    assert.deepEqual(asked({ ...named, port: 9904, plaintextPort: 9902 }), ['--server', `${host}:9904`, ...ca]);
    assert.deepEqual(asked({ ...TLS, plaintextPort: 9904 }), ['--server', `${host}:9904`]);
    assert.deepEqual(asked({ ...MTLS, plaintextPort: 9904 }), ['--server', `${host}:9904`]);
    for (const tls of [TLS, MTLS]) assert.deepEqual(asked(tls), []);
    const listed = objectsWith({ tls: { ...MTLS, plaintextPort: 9904 }, accessList: { allow: ['a.example'] } });
    const args = at(only(listed, 'Pod'), 'spec.containers.0.args') as readonly string[];
    assert.deepEqual(args.slice(3), [], 'nobody gets in by it where there is an access list');
  });

  test('is readable for the group of the pod and for nobody else, and mounted whole, so that a renewal arrives', () => {
    const pod = at(only(objectsWith({ tls: MTLS }), 'Deployment'), 'spec.template.spec');
    assert.equal(at(pod, 'volumes.0.projected.defaultMode'), 0o440);
    assert.equal(at(pod, 'securityContext.fsGroup'), 65532);
    assert.deepEqual(at(pod, 'containers.0.volumeMounts.0'), {
      name: 'config',
      mountPath: '/etc/footbridge',
      readOnly: true,
    });
  });

  test('of the example has a certificate for the name that the notes have istiod verify', () => {
    const files = ['examples/chart-tls/values.yaml'];
    const certificate = only(render({ files, namespace: 'shop' }), 'Certificate');
    const secret = at(
      only(render({ files }), 'Deployment'),
      'spec.template.spec.volumes.0.projected.sources.1.secret.name',
    );
    assert.deepEqual(at(certificate, 'spec.dnsNames'), ['footbridge.shop.svc']);
    assert.equal(at(certificate, 'spec.secretName'), secret);
    assert.match(notes({ files, namespace: 'shop' }), /subjectAltNames:\n +- footbridge\.shop\.svc\n/);
  });

  test('leaves limits to the configuration, beside what the chart says of serving', () => {
    const serve = serveOf(objectsWith({ tls: TLS, config: { serve: { limits: { streamsPerSecond: 5 } } } }));
    assert.deepEqual([at(serve, 'limits'), at(serve, 'tls.mode')], [{ streamsPerSecond: 5 }, 'tls']);
  });
});

describe('the ports of the chart', await needPeers('helm4'), () => {
  test('are told as what they speak: TLS is not gRPC for who looks at the Service', () => {
    assert.deepEqual(portsOf({ tls: TLS }).service, [
      { name: 'grpc', port: 9902, targetPort: 'grpc', appProtocol: 'tls' },
    ]);
  });

  test('may be two, and then istiod and the check are admitted to both', () => {
    const { service, container, admitted } = portsOf({ tls: { ...TLS, plaintextPort: 9904 } });
    assert.deepEqual(service, [
      { name: 'grpc', port: 9902, targetPort: 'grpc', appProtocol: 'tls' },
      { name: 'grpc-plaintext', port: 9904, targetPort: 'grpc-plaintext', appProtocol: 'grpc' },
    ]);
    assert.deepEqual(container, [
      { name: 'grpc', containerPort: 9902 },
      { name: 'grpc-plaintext', containerPort: 9904 },
      { name: 'admin', containerPort: 9903 },
    ]);
    assert.deepEqual(admitted, [[9902, 9904], [9903], [9902, 9904]]);
  });

  test('can change places, so that who lists 9902 finds plaintext there until the list has changed', () => {
    const tls = { ...TLS, port: 9904, plaintextPort: 9902 };
    const serve = serveOf(objectsWith({ tls }));
    assert.deepEqual([at(serve, 'port'), at(serve, 'plaintextPort')], [9904, 9902]);
    assert.deepEqual(portsOf({ tls }).admitted, [[9904, 9902], [9903], [9904, 9902]]);
  });

  test('are no matter of the probes, which stay on the admin port', () => {
    const container = at(only(objectsWith({ tls: MTLS }), 'Deployment'), 'spec.template.spec.containers.0');
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      assert.equal(at(container, `${probe}.httpGet.port`), 'admin');
  });
});

describe('the access list of the chart', await needPeers('helm4'), () => {
  const accessList = { allow: ['spiffe://mesh.example/ns/*/sa/pilot', 'a.{b,c}.example'], deny: ['*.old.example'] };

  test('stands in a ConfigMap of its own, which the program reads as it was meant', () => {
    const objects = objectsWith({ tls: MTLS, accessList });
    assert.equal(at(serveOf(objects), 'accessListFile'), `${FOLDER}/access-list`);
    const name = 'footbridge-access-list';
    assert.deepEqual(sourcesOf(objects)[2], {
      configMap: { name, items: [{ key: 'access-list.yaml', path: 'serve/access-list' }] },
    });
    const text = String(at(only(objects, 'ConfigMap', name), ['data', 'access-list.yaml']));
    const reading = readAccessList(text);
    assert.ok(reading.kind === 'list', text);
    assert.deepEqual([reading.list.allow, reading.list.deny], [accessList.allow, accessList.deny]);
  });

  test('lets in everybody who is not denied where it denies alone', () => {
    const objects = objectsWith({ tls: MTLS, accessList: { deny: ['*.old.example'] } });
    const reading = readAccessList(
      String(at(only(objects, 'ConfigMap', 'footbridge-access-list'), ['data', 'access-list.yaml'])),
    );
    assert.ok(reading.kind === 'list');
    assert.equal(reading.list.allow, undefined);
  });

  test('replaces no pod when it changes: running ones take it over', () => {
    const pods = (list: unknown) =>
      JSON.stringify(at(only(objectsWith({ tls: MTLS, accessList: list }), 'Deployment'), 'spec.template'));
    assert.equal(pods({ allow: ['a.example'] }), pods(accessList));
    assert.notEqual(pods({}), pods(accessList));
  });

  test('may stand in a ConfigMap that others keep', () => {
    const objects = objectsWith({ tls: MTLS, accessList: { existingConfigMap: { name: 'theirs', key: 'list.yaml' } } });
    assert.deepEqual(sourcesOf(objects)[2], {
      configMap: { name: 'theirs', items: [{ key: 'list.yaml', path: 'serve/access-list' }] },
    });
    assert.equal(objects.filter(({ kind }) => kind === 'ConfigMap').length, 1);
  });
});

function objectsWith(values: unknown): readonly Rendered[] {
  return render({ files: [MINIMAL], values });
}

function serveOf(objects: readonly Rendered[]): unknown {
  return at(parse(String(at(only(objects, 'ConfigMap', 'footbridge'), ['data', 'config.yaml']))), 'serve');
}

function sourcesOf(objects: readonly Rendered[]): readonly unknown[] {
  return at(only(objects, 'Deployment'), 'spec.template.spec.volumes.0.projected.sources') as readonly unknown[];
}

function secret(files: Readonly<Record<string, string>>): unknown {
  return { secret: { name: 'bridge', items: Object.entries(files).map(([key, path]) => ({ key, path })) } };
}

function portsOf(values: unknown) {
  const objects = objectsWith(values);
  const rules = at(only(objects, 'NetworkPolicy', 'footbridge'), 'spec.ingress') as readonly unknown[];
  return {
    service: at(only(objects, 'Service'), 'spec.ports'),
    container: at(only(objects, 'Deployment'), 'spec.template.spec.containers.0.ports'),
    admitted: rules.map((rule) => (at(rule, 'ports') as readonly unknown[]).map((port) => at(port, 'port'))),
  };
}
