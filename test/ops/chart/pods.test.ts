// What an operator is promised of the pods: they answer istiod, wait for nobody, and can do nothing else.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { CASES, EVERYTHING, MINIMAL } from './cases.ts';
import { type Release, type Rendered, render, template } from './helm.ts';
import { at, only } from './pick.ts';

describe('the pods', await needPeers('helm4'), () => {
  const defaults = render({ files: [MINIMAL] });
  const deployment = only(defaults, 'Deployment');
  const spec = at(deployment, 'spec.template.spec');
  const container = at(spec, 'containers.0');

  function deploymentWith(values: unknown): Rendered {
    return only(render({ files: [MINIMAL], values }), 'Deployment');
  }

  test('are two, and an update takes none away before the next one answers', () => {
    assert.equal(at(deployment, 'spec.replicas'), 2);
    assert.deepEqual(at(deployment, 'spec.strategy'), {
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
    const budget = only(defaults, 'PodDisruptionBudget');
    assert.equal(at(budget, 'spec.maxUnavailable'), 1);
    assert.deepEqual(at(budget, 'spec.selector'), at(deployment, 'spec.selector'));
  });

  test('are spread over nodes and zones, each constraint counting the pods of this release and of one version', () => {
    const constraints = at(spec, 'topologySpreadConstraints') as readonly unknown[];
    assert.deepEqual(
      constraints.map((one) => at(one, 'topologyKey')),
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'],
    );
    for (const one of constraints) {
      assert.deepEqual(at(one, 'labelSelector'), at(deployment, 'spec.selector'));
      assert.deepEqual(at(one, 'matchLabelKeys'), ['pod-template-hash']);
    }
  });

  test('keep a selector that a constraint brings', () => {
    const own = {
      maxSkew: 1,
      topologyKey: 'rack',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { a: 'b' } },
    };
    assert.deepEqual(
      at(deploymentWith({ topologySpreadConstraints: [own] }), 'spec.template.spec.topologySpreadConstraints.0'),
      own,
    );
  });

  for (const { title, release } of CASES) {
    describe(`with ${title}`, () => {
      const pods = podsOf(release);
      test('are two kinds: the bridge and the check', () => assert.equal(pods.length, 2));
      for (const { name, pod } of pods) {
        test(`wait for no sidecar and no ambient capture (${name})`, () => {
          assert.equal(at(pod, ['metadata', 'labels', 'sidecar.istio.io/inject']), 'false');
          assert.equal(at(pod, ['metadata', 'annotations', 'sidecar.istio.io/inject']), 'false');
          assert.equal(at(pod, ['metadata', 'labels', 'istio.io/dataplane-mode']), 'none');
        });
        test(`have no token and no variables of Services (${name})`, () => {
          assert.equal(at(pod, 'spec.automountServiceAccountToken'), false);
          assert.equal(at(pod, 'spec.enableServiceLinks'), false);
        });
        test(`satisfy the restricted Pod Security Standard, with a root that cannot be written (${name})`, () => {
          assert.equal(at(pod, 'spec.securityContext.runAsNonRoot'), true);
          assert.deepEqual(at(pod, 'spec.securityContext.seccompProfile'), { type: 'RuntimeDefault' });
          for (const one of at(pod, 'spec.containers') as readonly unknown[]) {
            assert.deepEqual(at(one, 'securityContext'), {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ['ALL'] },
            });
          }
        });
      }
    });
  }

  test('are alive and ready by the admin port; ready means "can answer istiod"', () => {
    assert.deepEqual(at(container, 'livenessProbe.httpGet'), { path: '/livez', port: 'admin' });
    assert.deepEqual(at(container, 'startupProbe.httpGet'), { path: '/livez', port: 'admin' });
    assert.deepEqual(at(container, 'readinessProbe.httpGet'), { path: '/readyz', port: 'admin' });
  });

  test('are killed within 40 s when they hang, and not while they read a large registry with the CPU that they asked for', () => {
    const number = (key: string) => Number(at(container, ['livenessProbe', key]));
    const patience = number('timeoutSeconds') * number('failureThreshold');
    // What 20,000 instances took with 50m of CPU, as deployment.yaml says.
    assert.equal(patience > 23, true);
    assert.equal(number('periodSeconds') + patience + number('terminationGracePeriodSeconds') <= 40, true);
  });

  test('have the time to leave: the pause before SIGTERM and the deadline of the program fit into the grace period', () => {
    assert.deepEqual(at(container, 'lifecycle.preStop'), { sleep: { seconds: 5 } });
    assert.equal(at(spec, 'terminationGracePeriodSeconds'), 5 + defaultDeadlineSeconds() + 5);
  });

  for (const [deadline, seconds] of [
    ['1500ms', 2],
    ['40s', 40],
    ['2m', 120],
    ['1h', 3600],
  ] as const) {
    test(`have ${seconds} s for a deadline of ${deadline}`, () => {
      const changed = deploymentWith({ config: { shutdown: { deadline } }, preStopSeconds: 0 });
      assert.equal(at(changed, 'spec.template.spec.terminationGracePeriodSeconds'), seconds + 5);
      assert.equal(at(changed, 'spec.template.spec.containers.0.lifecycle'), undefined);
    });
  }

  test('are replaced when the configuration changes, and not by a new version of the chart or a label of it alone', () => {
    const pods = (values: unknown) => JSON.stringify(at(deploymentWith(values), 'spec.template'));
    assert.notEqual(pods({ exportTo: ['*'] }), pods({}));
    assert.notEqual(pods({ config: { log: { level: 'debug' } } }), pods({}));
    assert.equal(pods({ monitoring: { podMonitor: { enabled: true } } }), pods({}));
    assert.equal(JSON.stringify(at(deployment, 'spec.template')).includes('helm.sh/chart'), false);
  });

  test('run what the digest names, whatever the tag says', () => {
    const image = (values: unknown) => at(deploymentWith({ image: values }), 'spec.template.spec.containers.0.image');
    const digest = `sha256:${'0a'.repeat(32)}`;
    assert.equal(image({}), `images.example.com/footbridge:0.1.0`);
    assert.equal(image({ tag: 'v9' }), 'images.example.com/footbridge:v9');
    assert.equal(image({ tag: 'v9', digest }), `images.example.com/footbridge@${digest}`);
  });

  test('take over what podSpecOverrides says, and keep the rest', () => {
    const changed = at(only(render(EVERYTHING.release), 'Deployment'), 'spec.template.spec');
    assert.deepEqual(at(changed, 'hostAliases'), [{ ip: '10.20.0.9', hostnames: ['eureka.example.com'] }]);
    assert.equal(at(changed, 'containers.0.name'), 'footbridge');
  });

  test('are two kinds in the same place: what the bridge needs to run and to reach its registries, the check has too', () => {
    const [bridge, check] = podsOf(EVERYTHING.release).map(({ pod }) => at(pod, 'spec'));
    for (const path of ['nodeSelector', 'tolerations', 'hostAliases', 'affinity.nodeAffinity', 'imagePullSecrets']) {
      assert.notEqual(at(bridge, path), undefined, path);
      assert.deepEqual(at(check, path), at(bridge, path), path);
    }
    for (const path of ['resources', 'env', 'image']) {
      assert.deepEqual(at(check, `containers.0.${path}`), at(bridge, `containers.0.${path}`), path);
    }
    // What a pod of the bridge keeps is its own.
    for (const path of ['volumes', 'containers.0.volumeMounts']) {
      const ofBridge = at(bridge, path) as readonly { readonly name: string }[];
      assert.deepEqual(
        at(check, path),
        ofBridge.filter(({ name }) => name !== 'state'),
      );
    }
  });

  test('differ in what they run and how they end: the check runs once, whatever is laid over the bridge', () => {
    const podSpecOverrides = { containers: [{ name: 'mine' }], restartPolicy: 'Always' };
    const affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } };
    const changed = podsOf({ files: [MINIMAL], values: { podSpecOverrides, affinity } }).map(({ pod }) => pod);
    assert.deepEqual(
      changed.map((pod) => at(pod, 'spec.containers.0.name')),
      ['mine', 'check'],
    );
    assert.equal(at(changed[1], 'spec.restartPolicy'), 'Never');
    assert.equal(at(changed[1], 'spec.affinity'), undefined);
    assert.equal(at(changed[1], 'spec.containers.0.livenessProbe'), undefined);
  });

  test('carry annotations of the values beside those of the chart, each once', () => {
    const text = template({ files: [MINIMAL], values: { podAnnotations: { 'example.com/log': 'json' } } });
    assert.equal(text.match(/checksum\/config:/g)?.length, 1);
    assert.equal(text.match(/example\.com\/log: json/g)?.length, 1);
  });

  test('leave user and group to OpenShift where the values say null', () => {
    const changed = deploymentWith({ podSecurityContext: { runAsUser: null, runAsGroup: null, fsGroup: null } });
    assert.deepEqual(at(changed, 'spec.template.spec.securityContext'), {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  const STATE = '/var/lib/footbridge';
  const volumeOf = (object: Rendered, name: string) =>
    (at(object, 'spec.template.spec.volumes') as readonly { readonly name: string }[]).find((one) => one.name === name);
  const mountsOf = (object: unknown, container: string) =>
    at(object, [...container.split('.'), 'volumeMounts']) as readonly unknown[];

  test('keep what they read on a volume of their own, with room for the file three times over; the check has none', () => {
    assert.deepEqual(volumeOf(deployment, 'state'), { name: 'state', emptyDir: { sizeLimit: '256Mi' } });
    const mount = { name: 'state', mountPath: STATE };
    assert.deepEqual(mountsOf(deployment, 'spec.template.spec.containers.0').at(-1), mount);
    const check = only(defaults, 'Pod');
    assert.ok(!JSON.stringify(check).includes(STATE));
    for (const [maxBytes, sizeLimit] of [
      ['1GiB', '4096Mi'],
      [1_000_000, '4Mi'],
      ['100KiB', '1Mi'],
    ] as const) {
      const changed = deploymentWith({ config: { state: { maxBytes } } });
      assert.deepEqual(volumeOf(changed, 'state'), { name: 'state', emptyDir: { sizeLimit } });
    }
  });

  test('keep it in a claim where there is one, and keep nothing where that is turned off', () => {
    const alone = { replicaCount: 1, rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } };
    const claimed = deploymentWith({ ...alone, persistence: { existingClaim: 'kept' } });
    assert.deepEqual(volumeOf(claimed, 'state'), { name: 'state', persistentVolumeClaim: { claimName: 'kept' } });
    const nothing = template({ files: [MINIMAL], values: { persistence: { enabled: false } } });
    assert.ok(!nothing.includes(STATE) && !nothing.includes('state.json'));
    const own = { persistence: { enabled: false }, config: { state: { file: '/mine/state.json' } } };
    assert.match(template({ files: [MINIMAL], values: own }), /file: \/mine\/state\.json/);
  });

  test('let nobody release a hold, but who has the token of a Secret', () => {
    const bare = template({ files: [MINIMAL] });
    assert.ok(!bare.includes('tokenFile') && !bare.includes('admin/token'));
    const values = { admin: { existingSecret: { name: 'bridge-admin', tokenKey: 'release' } } };
    const objects = render({ files: [MINIMAL], values });
    const items = [{ key: 'release', path: 'admin/token' }];
    const { sources } = at(volumeOf(only(objects, 'Deployment'), 'config'), 'projected') as { sources: unknown[] };
    assert.deepEqual(sources.at(-1), { secret: { name: 'bridge-admin', items } });
    assert.match(template({ files: [MINIMAL], values }), /tokenFile: \/etc\/footbridge\/admin\/token/);
  });

  test('ask each other where a Secret holds their token, and let in each other for that', () => {
    const bare = template({ files: [MINIMAL] });
    assert.doesNotMatch(bare, /replicas\/token/);
    const values = { seeding: { existingSecret: { name: 'bridge-replicas', tokenKey: 'seed' } } };
    const objects = render({ files: [MINIMAL], values });
    const items = [{ key: 'seed', path: 'replicas/token' }];
    const { sources } = at(volumeOf(only(objects, 'Deployment'), 'config'), 'projected') as { sources: unknown[] };
    assert.deepEqual(sources.at(-1), { secret: { name: 'bridge-replicas', items } });
    const service = only(objects, 'Service');
    assert.match(
      template({ files: [MINIMAL], values }),
      new RegExp(
        `port: 9903\\n\\s+service: ${at(service, 'metadata.name')}\\.\\S+\\.svc\\n\\s+tokenFile: /etc/footbridge/replicas/token`,
      ),
    );
    // Its addresses are those of all pods, also of those that are not ready.
    assert.equal(at(service, 'spec.clusterIP'), 'None');
    assert.equal(at(service, 'spec.publishNotReadyAddresses'), true);
    const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
    const ownPods = [{ podSelector: { matchLabels: at(service, 'spec.selector') } }];
    const rules = [at(policies[0], 'spec.ingress'), at(policies[0], 'spec.egress')] as {
      from?: unknown;
      to?: unknown;
      ports: unknown;
    }[][];
    for (const list of rules) {
      const own = list.filter(({ from, to }) => JSON.stringify(from ?? to) === JSON.stringify(ownPods));
      assert.deepEqual(
        own.map(({ ports }) => ports),
        [[{ port: 9903, protocol: 'TCP' }]],
      );
    }
  });

  test('keep large numbers as they are', () => {
    const changed = deploymentWith({ podSecurityContext: { runAsUser: 1000650000 } });
    assert.equal(at(changed, 'spec.template.spec.securityContext.runAsUser'), 1000650000);
  });
});

interface Pod {
  readonly name: string;
  readonly pod: unknown;
}

/** The pod of the Deployment and that of `helm test`. */
function podsOf(release: Release): readonly Pod[] {
  return render(release).flatMap((object) => {
    if (object.kind === 'Deployment') return [{ name: 'bridge', pod: at(object, 'spec.template') }];
    return object.kind === 'Pod' ? [{ name: 'check', pod: object }] : [];
  });
}

function defaultDeadlineSeconds(): number {
  const text = 'namespace: a\ninstance: a\nregistries: {a: {kind: eureka, urls: [http://a/eureka]}}\n';
  const result = loadConfig({ file: { path: 'a', text }, env: {}, flags: {} });
  assert.equal(result.kind, 'ok');
  return result.kind === 'ok' ? result.config.shutdown.deadlineMs / 1000 : Number.NaN;
}
