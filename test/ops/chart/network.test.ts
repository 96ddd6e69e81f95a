// Who finds the pods, and who reaches them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { CASES, EVERYTHING, MINIMAL } from './cases.ts';
import { type Release, type Rendered, render } from './helm.ts';
import { at, only } from './pick.ts';

type Labels = Readonly<Record<string, string>>;

describe('the network', await needPeers('helm4'), () => {
  for (const { title, release } of CASES) {
    test(`finds the bridge alone by every selector, with ${title}`, () => {
      const objects = render(release);
      const deployment = only(objects, 'Deployment');
      const bridge = at(deployment, 'spec.template.metadata.labels') as Labels;
      const check = at(only(objects, 'Pod'), 'metadata.labels') as Labels;
      const selectors = [
        at(deployment, 'spec.selector.matchLabels'),
        at(only(objects, 'PodDisruptionBudget'), 'spec.selector.matchLabels'),
        ...objects.filter(({ kind }) => kind === 'Service').map((service) => at(service, 'spec.selector')),
        ...objects.filter(({ kind }) => kind === 'PodMonitor').map((one) => at(one, 'spec.selector.matchLabels')),
        at(only(objects, 'NetworkPolicy', 'footbridge'), 'spec.podSelector.matchLabels'),
      ] as readonly Labels[];
      for (const selector of selectors) {
        assert.equal(selects(selector, bridge), true, JSON.stringify(selector));
        assert.equal(selects(selector, check), false, JSON.stringify(selector));
      }
    });

    test(`finds no pod of another release, with ${title}`, () => {
      const labels = at(only(render({ ...release, name: 'other' }), 'Deployment'), 'spec.template.metadata.labels');
      const selector = at(only(render(release), 'Deployment'), 'spec.selector.matchLabels');
      assert.equal(selects(selector as Labels, labels as Labels), false);
    });
  }

  test('gives istiod the addresses of all pods, also of those that are not ready, and no admin port', () => {
    const service = only(render({ files: [MINIMAL] }), 'Service');
    assert.equal(at(service, 'spec.clusterIP'), 'None');
    assert.equal(at(service, 'spec.publishNotReadyAddresses'), true);
    assert.deepEqual(at(service, 'spec.ports'), [
      { name: 'grpc', port: 9902, targetPort: 'grpc', appProtocol: 'grpc' },
    ]);
  });

  test('tells no sidecar of the Services, unless the values say otherwise: nothing in the mesh calls a bridge', () => {
    const exportTo = (values: unknown) =>
      render({ files: [MINIMAL], values })
        .filter(({ kind }) => kind === 'Service')
        .map(({ metadata }) => metadata.annotations?.['networking.istio.io/exportTo']);
    assert.deepEqual(exportTo({ monitoring: { serviceMonitor: { enabled: true } } }), ['~', '~']);
    assert.deepEqual(exportTo({ service: { annotations: { 'networking.istio.io/exportTo': '.' } } }), ['.']);
  });

  const policy = (release: Release, name = 'footbridge') => only(render(release), 'NetworkPolicy', name);

  test('admits istiod to the gRPC port, monitoring to the admin port, the check to the gRPC port, and nobody else', () => {
    const rules = at(policy({ files: [MINIMAL] }), 'spec.ingress') as readonly unknown[];
    assert.deepEqual(
      rules.map((rule) => [at(rule, 'ports.0.port'), JSON.stringify(at(rule, 'from'))]),
      [
        [
          9902,
          '[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"istio-system"}},"podSelector":{"matchLabels":{"app":"istiod"}}}]',
        ],
        [9903, '[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"monitoring"}}}]'],
        [
          9902,
          '[{"podSelector":{"matchLabels":{"app.kubernetes.io/name":"footbridge","app.kubernetes.io/instance":"footbridge","app.kubernetes.io/component":"test"}}}]',
        ],
      ],
    );
  });

  test('admits nobody where nobody is named: an empty list never means everybody', () => {
    const nobody = { networkPolicy: { istiod: [], monitoring: [] }, tests: { enabled: false } };
    assert.deepEqual(at(policy({ files: [MINIMAL], values: nobody }), 'spec.ingress'), []);
    for (const { release } of CASES) {
      for (const rule of at(policy(release), 'spec.ingress') as readonly unknown[]) {
        assert.equal((at(rule, 'from') as readonly unknown[]).length > 0, true);
      }
    }
  });

  test('lets the bridge reach DNS, the ports of its registries, each once, and the page on which istiod says that it is ready', () => {
    assert.deepEqual(egressPorts(policy({ files: [MINIMAL] })), [53, 53, 8761, 8080]);
    assert.deepEqual(egressPorts(policy(EVERYTHING.release)), [53, 53, 2181, 2281, 443, 8761, 443, 9903, 8080]);
    const other = { config: { coldStart: { readyPort: 18_080 } } };
    assert.equal(egressPorts(policy({ files: [MINIMAL], values: other })).at(-1), 18_080);
    assert.equal(egressPorts(policy({ files: [MINIMAL], values: { networkPolicy: { istiod: [] } } })).at(-1), 8761);
  });

  test('narrows the registries to where they are', () => {
    const rules = at(policy(EVERYTHING.release), 'spec.egress') as readonly unknown[];
    assert.equal(at(rules[0], 'to'), undefined, 'resolvers stand in too many places');
    assert.deepEqual(at(rules[1], 'to'), [{ ipBlock: { cidr: '10.20.0.0/24' } }]);
    assert.deepEqual(at(rules[2], 'to'), [{ ipBlock: { cidr: '10.30.0.0/24' } }]);
  });

  test('lets the check reach what the bridge reaches, and the bridge', () => {
    const check = policy({ files: [MINIMAL] }, 'footbridge-test');
    assert.deepEqual(egressPorts(check), [53, 53, 8761, 9902]);
    assert.deepEqual(at(check, 'spec.policyTypes'), ['Ingress', 'Egress']);
    assert.deepEqual(at(check, 'spec.ingress'), []);
  });

  test('has no rule for a registry that is a file', () => {
    const values = {
      image: { repository: 'a' },
      registries: { machines: { kind: 'file', existingConfigMap: { name: 'a', key: 'b' } } },
    };
    assert.deepEqual(egressPorts(policy({ values })), [53, 53, 8080]);
  });
});

function selects(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function egressPorts(policy: Rendered): readonly unknown[] {
  const rules = at(policy, 'spec.egress') as readonly unknown[];
  return rules.flatMap((rule) => (at(rule, 'ports') as readonly unknown[]).map((port) => at(port, 'port')));
}
