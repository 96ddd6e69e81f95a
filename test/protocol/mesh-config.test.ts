// The promises of the aggregated service to the oldest clients of legacy MCP: tools of Istio 1.0 and Pilot 1.1.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Writer } from 'protobufjs/minimal.js';
import { istio } from '../../src/proto/messages.gen.js';
import { ENTRIES, MeshConfigConversation } from '../fakes/legacy-conversation.ts';
import { snapshotOf } from '../fakes/resources.ts';

const MESSAGE_URL = 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry';

describe('the aggregated service', () => {
  for (const typeUrl of [ENTRIES, MESSAGE_URL]) {
    test(`answers ${typeUrl} with all entries, and echoes it`, () => {
      const it = new MeshConfigConversation(snapshotOf(['orders', 'stock']));
      assert.deepEqual(it.request({ typeUrl }), ['← whole [+orders +stock] n1']);
      assert.equal(it.received[0]?.collection, typeUrl);
    });
  }

  test('answers what nobody knows with nothing, under a version', () => {
    const it = new MeshConfigConversation(snapshotOf(['orders']));
    assert.deepEqual(it.request({ typeUrl: 'type.googleapis.com/istio.mixer.v1.Rule' }), ['← whole [] n1']);
    assert.notEqual(it.received[0]?.version, '');
  });

  test('sends changes after the acknowledgement, and nothing that did not change', () => {
    const it = new MeshConfigConversation(snapshotOf(['orders']));
    it.request({ typeUrl: ENTRIES });
    assert.deepEqual(it.publish(snapshotOf(['stock'])), []);
    assert.deepEqual(it.ack('n1'), ['← whole [+stock] n2']);
    it.ack('n2');
    assert.deepEqual(it.publish(snapshotOf(['stock'])), []);
  });

  // Galley 1.1 compared the version that a refusal names (the one before), and so sent the same again and again.
  test('does not send what was refused again, whatever version the refusal names', () => {
    const it = new MeshConfigConversation(snapshotOf(['orders']));
    it.request({ typeUrl: ENTRIES });
    assert.deepEqual(it.nack('n1', ENTRIES, ''), []);
    assert.deepEqual(it.publish(snapshotOf(['stock'])), ['← whole [+stock] n2']);
  });
});

describe('the second field of a request', () => {
  const request = (second: (writer: Writer) => Writer) => {
    const writer = Writer.create().uint32(0x12).fork();
    return second(writer).ldelim().uint32(0x1a).string(ENTRIES).finish();
  };
  const decode = (bytes: Uint8Array) => istio.mcp.v1alpha1.MeshConfigRequest.decode(bytes);

  test('is read as Istio 1.1 writes it, an id and a map of texts', () => {
    const bytes = request((it) =>
      it.uint32(0x0a).string('pilot').uint32(0x12).fork().uint32(0x0a).string('k').ldelim(),
    );
    assert.deepEqual([decode(bytes).sinkNode?.id, decode(bytes).typeUrl], ['pilot', ENTRIES]);
  });

  test('is read as Istio 1.0 writes it, an id and a Struct', () => {
    const struct = Writer.create().uint32(0x0a).fork().uint32(0x0a).string('key').ldelim().finish();
    const bytes = request((it) => it.uint32(0x0a).string('mcpc').uint32(0x12).bytes(struct));
    assert.deepEqual([decode(bytes).sinkNode?.id, decode(bytes).typeUrl], ['mcpc', ENTRIES]);
  });
});
