// What a client of the stream reads when the real pipeline stands behind it: the promises about each resource that istiod
// depends on, from the registry's words to the bytes of an answer.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pipelineOptions } from '../../src/app/options.ts';
import { createTurnStages } from '../../src/app/turn.ts';
import { loadConfig } from '../../src/config/load.ts';
import { istio } from '../../src/proto/messages.gen.js';
import { compileSecrets } from '../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../src/registry/file/decode.ts';
import { createSnapshot } from '../../src/snapshot/snapshot.ts';
import { Conversation } from '../fakes/conversation.ts';
import { aSlice } from '../fakes/model-values.ts';

const CONFIG = `namespace: shop
instance: test
registries: { legacy: { kind: file, path: /registry.yaml } }
`;
const A = '{ id: a, address: 10.0.0.9, port: 8080, metadata: { version: v1, zone: z1 } }';
const B = '{ id: b, address: 10.0.0.10, port: 8081, metadata: { zone: z2 } }';
const BAD = '{ id: bad, address: not_an_address, port: 80 }';
const orders = (...instances: readonly string[]) => `{ name: orders, instances: [${instances.join(', ')}] }`;
const BILLS =
  '{ name: Bill_Service, instances: [{ id: c, address: 10.0.0.3, ports: [{ protocol: dubbo, number: 20880 }] }] }';
const services = (...all: readonly string[]) => `services: [${all.join(', ')}]`;

/** What one bridge, started just now at `nowMs`, answers to the first request of a client. */
function firstAnswer(registry: string, nowMs = 1000, typeUrl = 'networking.istio.io/v1/ServiceEntry') {
  const loaded = loadConfig({ file: { path: 'test', text: CONFIG }, env: {}, flags: {} });
  assert.ok(loaded.kind === 'ok');
  const decoded = decodeFile(registry, { registry: 'legacy', isSecret: compileSecrets([]) });
  assert.ok(decoded.kind === 'services');
  const turn = createTurnStages(pipelineOptions(loaded.config)).run([aSlice(decoded)], nowMs);
  const snapshot = createSnapshot(turn.resources, { serial: 1, complete: true, createdAtMs: nowMs });
  const conversation = new Conversation(snapshot);
  conversation.request({ typeUrl });
  const [answer, ...others] = conversation.received;
  assert.ok(answer !== undefined && others.length === 0, 'the whole set is one answer');
  const entries = answer.resources.map((any) => entryOf(any.typeUrl ?? '', any.value ?? new Uint8Array(0)));
  return { typeUrl: answer.typeUrl, entries };
}

function entryOf(outer: string, value: Uint8Array) {
  const { metadata, body } = istio.mcp.v1alpha1.Resource.decode(value);
  const spec = istio.networking.v1alpha3.ServiceEntry.decode(body?.value ?? new Uint8Array(0));
  return { outer, inner: body?.typeUrl, metadata, spec };
}

const versions = (registry: string, nowMs?: number) =>
  new Map(firstAnswer(registry, nowMs).entries.map(({ metadata }) => [metadata?.name, metadata?.version]));

describe('the entries of an answer', () => {
  test('are whole resources under the types that every Istio reads, whatever version was asked for', () => {
    for (const version of ['v1', 'v1beta1', 'v1alpha3']) {
      const { typeUrl, entries } = firstAnswer(services(orders(A)), 1, `networking.istio.io/${version}/ServiceEntry`);
      assert.equal(typeUrl, `networking.istio.io/${version}/ServiceEntry`);
      for (const { outer, inner } of entries) {
        assert.equal(outer, 'type.googleapis.com/istio.mcp.v1alpha1.Resource');
        assert.equal(inner, 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry');
      }
    }
  });

  test('are named namespace/instance.registry.service, with one slash, and were all created in 2100', () => {
    const { entries } = firstAnswer(services(orders(A), BILLS));
    assert.deepEqual(
      entries.map(({ metadata }) => metadata?.name),
      ['shop/test.legacy.bill-service', 'shop/test.legacy.orders'],
    );
    for (const { metadata } of entries) assert.equal(Number(metadata?.createTime?.seconds), Date.UTC(2100, 0) / 1000);
  });

  test('have the same versions after a restart, on another replica, at another time and in any order of arrival', () => {
    const first = versions(services(orders(A, B), BILLS), 1000);
    assert.deepEqual(versions(services(BILLS, orders(B, A)), 9_999_999), first);
  });

  test('have another version exactly where their content is another', () => {
    const before = versions(services(orders(A, B), BILLS));
    for (const changed of [orders(A), orders(A, B.replace('8081', '8082')), orders(A, B.replace('z2', 'z3'))]) {
      const after = versions(services(changed, BILLS));
      assert.notEqual(after.get('shop/test.legacy.orders'), before.get('shop/test.legacy.orders'), changed);
      assert.equal(after.get('shop/test.legacy.bill-service'), before.get('shop/test.legacy.bill-service'));
    }
  });

  test('list their endpoints by address, each once, without those that Istio would refuse', () => {
    const [entry] = firstAnswer(services(orders(B, BAD, A, A.replace('id: a', 'id: again')))).entries;
    assert.deepEqual(
      entry?.spec.endpoints.map(({ address }) => address),
      ['10.0.0.9', '10.0.0.10'],
    );
  });

  test('give Dubbo as TCP, with an address, under a host that Istio takes', () => {
    const [{ spec }] = firstAnswer(services(BILLS)).entries as [ReturnType<typeof entryOf>];
    assert.deepEqual(spec.hosts, ['bill-service.shop.legacy']);
    assert.deepEqual(
      spec.ports.map(({ name, protocol, number }) => [name, protocol, number]),
      [['tcp-dubbo', 'TCP', 20_880]],
    );
    assert.equal(spec.addresses.length, 1);
  });
});
