import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import { configProblemSentence, originText } from '../../../src/config/problem.ts';
import { load, loaded, problemsOf, SMALLEST } from './samples.ts';

describe('loading a configuration', () => {
  test('the smallest file gives every default', () => {
    const { config } = loaded();
    assert.equal(config.namespace, 'payments');
    assert.deepEqual(config.limits, {
      services: 20_000,
      instancesPerService: 5_000,
      portsPerInstance: 50,
      metadataPerInstance: 500,
      textLength: 16_384,
    });
    assert.deepEqual(config.guard, {
      removalDebounceMs: 5000,
      removalSharePercent: 30,
      removalMinimum: 3,
      removalWindowMs: 300_000,
      emptyGraceMs: 600_000,
      drain: { outOfServiceMs: 0, downMs: 0, startingMs: 0 },
    });
    assert.deepEqual(config.serve, {
      address: '127.0.0.1',
      port: 9902,
      tls: {
        mode: 'off',
        certificateFile: undefined,
        keyFile: undefined,
        caFile: undefined,
        minVersion: '1.2',
      },
      plaintextPort: undefined,
      accessListFile: undefined,
      limits: {
        streamsPerSecond: 0,
        streamsBurst: 100,
        requestsPerSecond: 0,
        requestsBurst: 100,
        streamsPerAddress: 100,
        subscriptionsPerStream: 200,
        firstRequestMs: 60_000,
        ackOverdueMs: 60_000,
      },
      keepaliveTimeMs: 30_000,
      keepaliveTimeoutMs: 10_000,
      legacyIstio: '1.5',
      pushConcurrency: 8,
    });
    assert.equal(config.coldStart.boundMs, 120_000);
    assert.deepEqual(config.admit.ports, [{ first: 1, last: 65_535 }]);
    const legacy = config.registries['legacy'];
    assert.equal(legacy?.kind === 'eureka' && legacy.pollIntervalMs, 30_000);
    assert.equal(legacy?.holdForMs, 300_000);
  });

  test('JSON is read like YAML', () => {
    const json =
      '{"namespace": "payments", "instance": "b", "registries": {"vm": {"kind": "file", "path": "/x.yaml"}}}';
    assert.equal(loaded(json).config.registries['vm']?.kind, 'file');
  });

  test('a flag wins over the environment, that over the file, that over the default; each says where it comes from', () => {
    const file = `${SMALLEST}guard: {emptyGrace: 1m}\nlog: {level: warn}\nserve: {port: 1}\n`;
    const env = { FOOTBRIDGE_LOG_LEVEL: 'error', FOOTBRIDGE_SERVE_PORT: '2', HOME: '/root' };
    const { config, settings } = loaded(file, { env, flags: { 'serve.port': '3' } });
    const origin = (path: string) => originText(settings.get(path)?.origin ?? { kind: 'default' });
    assert.deepEqual([config.guard.removalDebounceMs, origin('guard.removalDebounce')], [5000, 'default']);
    assert.deepEqual([config.guard.emptyGraceMs, origin('guard.emptyGrace')], [60_000, 'footbridge.yaml:7']);
    assert.deepEqual([config.log.level, origin('log.level')], ['error', 'environment FOOTBRIDGE_LOG_LEVEL']);
    assert.deepEqual([config.serve.port, origin('serve.port')], [3, 'flag --serve.port']);
  });

  test('the keys of a registry have the same layers, lists among them, in YAML and in JSON', () => {
    const yaml = `${SMALLEST}    regions: [eu]\n    pollInterval: 10s\n    maxBytes: 1MiB\n    scope: {include: [{app: FILE}]}\n`;
    const json = `{\n\t"namespace": "payments", "instance": "b",\n\t"registries": {\n\t\t"legacy": {"kind": "eureka",
      "urls": ["http:\\/\\/eureka:8761\\/eureka"], "regions": ["eu"], "pollInterval": "10s", "maxBytes": "1MiB",
      "scope": {"include": [{"app": "FILE"}]}}}}`;
    const env = {
      FOOTBRIDGE_REGISTRIES_LEGACY_REGIONS: 'us,ap',
      FOOTBRIDGE_REGISTRIES_LEGACY_POLL_INTERVAL: '20s',
      FOOTBRIDGE_REGISTRIES_LEGACY_SCOPE_INCLUDE: '[{"app": "ENV"}]',
    };
    const flags = { 'registries.legacy.regions': 'za', 'registries.legacy.scope.include': '[{"app": "FLAG"}]' };
    for (const file of [yaml, json]) {
      const legacy = loaded(file, { env, flags }).config.registries['legacy'];
      assert.ok(legacy?.kind === 'eureka');
      assert.deepEqual(legacy.urls, ['http://eureka:8761/eureka'], 'the file, which nothing overrides');
      assert.deepEqual([legacy.maxBytes, legacy.requestTimeoutMs], [1024 * 1024, 10_000], 'the file, the default');
      assert.equal(legacy.pollIntervalMs, 20_000, 'the environment over the file');
      assert.deepEqual(legacy.regions, ['za'], 'the flag over both');
      assert.deepEqual({ ...legacy.scope.include[0]?.attributes }, { app: ['FLAG'] });
      assert.equal(legacy.scope.include.length, 1);
    }
  });

  test('a list or mapping replaces the one below it and is never merged into it', () => {
    const file = `${SMALLEST}admit: {addresses: [10.0.0.0/8, 192.168.0.0/16]}\nowner: {labels: {a: x, b.c/d: y}}\n`;
    const env = {
      FOOTBRIDGE_ADMIT_ADDRESSES: '127.0.0.0/8',
      FOOTBRIDGE_OWNER_LABELS: '{"e": "z"}',
      FOOTBRIDGE_ENDPOINT_LABELS: '',
    };
    const { config } = loaded(file, { env });
    assert.deepEqual(config.admit.addresses, ['127.0.0.0/8']);
    assert.deepEqual({ ...config.owner.labels }, { e: 'z' });
    assert.deepEqual(config.endpointLabels, []);
    assert.deepEqual({ ...loaded(file).config.owner.labels }, { a: 'x', 'b.c/d': 'y' });
  });

  test('a registry can be made in the environment alone', () => {
    const env = {
      FOOTBRIDGE_NAMESPACE: 'payments',
      FOOTBRIDGE_INSTANCE: 'b',
      FOOTBRIDGE_REGISTRIES_LEGACY_KIND: 'eureka',
      FOOTBRIDGE_REGISTRIES_LEGACY_URLS: 'http://a/eureka,http://b/eureka',
      FOOTBRIDGE_REGISTRIES_LEGACY_METADATA_KEYS_GRPC_PORT: 'grpc',
      FOOTBRIDGE_REGISTRIES_LEGACY_SCOPE_INCLUDE: '[{"app": "PAY-*"}]',
    };
    const result = loadConfig({ file: undefined, env, flags: {} });
    assert.equal(result.kind, 'ok');
    const legacy = result.kind === 'ok' ? result.config.registries['legacy'] : undefined;
    assert.deepEqual(legacy?.kind === 'eureka' && legacy.urls, ['http://a/eureka', 'http://b/eureka']);
    assert.deepEqual(legacy?.kind === 'eureka' && legacy.metadataKeys.grpcPort, ['grpc']);
    assert.deepEqual({ ...legacy?.scope.include[0]?.attributes }, { app: ['PAY-*'] });
  });

  test('the kind itself can be given by environment or flag', () => {
    const file = 'namespace: a\ninstance: b\nregistries: {vm: {path: /x}}\n';
    assert.equal(loaded(file, { flags: { 'registries.vm.kind': 'file' } }).config.registries['vm']?.kind, 'file');
    assert.equal(
      loaded(file, { env: { FOOTBRIDGE_REGISTRIES_VM_KIND: 'file' } }).config.registries['vm']?.kind,
      'file',
    );
  });

  test('the result is frozen all the way down', () => {
    const { config } = loaded(`${SMALLEST}hosts: {a.b: [legacy/X]}\n`);
    for (const part of [
      config,
      config.serve,
      config.registries,
      config.admit.ports,
      config.admit.ports[0],
      config.hosts['a.b'],
    ]) {
      assert.ok(Object.isFrozen(part));
    }
  });

  test('empty sections and an empty file are allowed', () => {
    assert.equal(load(`${SMALLEST}guard:\nserve: {}\n`).kind, 'ok');
    const env = {
      FOOTBRIDGE_NAMESPACE: 'a',
      FOOTBRIDGE_INSTANCE: 'b',
      FOOTBRIDGE_REGISTRIES_VM_KIND: 'file',
      FOOTBRIDGE_REGISTRIES_VM_PATH: '/x',
    };
    assert.equal(load('', { env }).kind, 'ok');
    assert.equal(load('# nothing yet\n', { env }).kind, 'ok');
  });
});

describe('the host suffixes that are admitted', () => {
  const suffixes = (text: string) => loaded(text).config.admit.hostSuffixes;

  test('are what the template gives behind the service name, for each registry', () => {
    const two =
      'namespace: payments\ninstance: b1\nregistries: {vm: {kind: file, path: /x}, old: {kind: file, path: /y}}\n';
    assert.deepEqual(suffixes(two), ['.payments.old', '.payments.vm']);
    assert.deepEqual(suffixes(`${two}hostTemplate: '{service}-x.{instance}.{namespace}.example.com'\n`), [
      '.b1.payments.example.com',
    ]);
  });

  test('are what is configured, when that is more than nothing', () => {
    assert.deepEqual(suffixes(`${SMALLEST}admit: {hostSuffixes: [.example.com]}\n`), ['.example.com']);
    assert.deepEqual(suffixes(`${SMALLEST}admit: {hostSuffixes: []}\n`), ['.payments.legacy']);
  });

  test('always hold the hosts that the operator named', () => {
    const hosts = 'hosts: {pay.example.com: [legacy/PAY]}\n';
    assert.deepEqual(suffixes(SMALLEST + hosts), ['.payments.legacy', 'pay.example.com']);
    assert.deepEqual(suffixes(`${SMALLEST + hosts}admit: {hostSuffixes: [.x.y]}\n`), ['.x.y', 'pay.example.com']);
    const { settings } = loaded(SMALLEST + hosts);
    assert.equal(
      originText(settings.get('admit.hostSuffixes')?.origin ?? { kind: 'default' }),
      'derived from hostTemplate and hosts',
    );
  });

  test('must be given where the template ends with the service name', () => {
    const text = `${SMALLEST}hostTemplate: '{registry}.{service}'\n`;
    assert.match(sentences(text).join(), /admit.hostSuffixes must be given/);
    assert.match(sentences(`${text}hosts: {a.b: [legacy/X]}\n`).join(), /admit.hostSuffixes must be given/);
    assert.deepEqual(suffixes(`${text}admit: {hostSuffixes: [a.b]}\n`), ['a.b']);
  });
});

function sentences(text?: string, layers?: Parameters<typeof problemsOf>[1]): readonly string[] {
  return problemsOf(text, layers).map(configProblemSentence);
}
