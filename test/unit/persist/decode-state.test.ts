import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Freeze } from '../../../src/guard/guarded.ts';
import { serviceKey } from '../../../src/model/service.ts';
import { decodeState } from '../../../src/persist/decode-state.ts';
import { encodeState, headLine } from '../../../src/persist/encode-state.ts';
import { STATE_CODES } from '../../../src/persist/refusal.ts';
import { aService } from '../../fakes/model-values.ts';
import { aMemory, aSavedRegistry, aSavedState, BRIDGE } from '../../fakes/saved-values.ts';

const FREEZE: Freeze = {
  id: 'legacy-freeze-19700101T000001000Z',
  target: { kind: 'registry', registry: 'legacy' },
  reason: 'a migration',
  sinceMs: 1_000,
  untilMs: undefined,
  origin: 'hand',
};
const STATE = { ...aSavedState([aSavedRegistry(aMemory([aService('orders')]))]), freezes: [FREEZE] };
const FILE = encodeState(STATE, BRIDGE);
const BODY = FILE.subarray(FILE.indexOf('\n') + 1);

/** A file whose length and checksum are right, whatever it holds. */
function signed(body: string | Uint8Array, schema?: number): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(headLine(bytes, schema)), bytes]);
}

/** With something else in the place of a text of the file, under a right checksum. */
function altered(from: string, to: string): Buffer {
  const text = BODY.toString();
  assert.ok(text.includes(from), from);
  return signed(text.replace(from, to));
}

function flipped(at: number): Buffer {
  const bytes = Buffer.from(FILE);
  bytes[at] = (bytes[at] ?? 0) ^ 0x01;
  return bytes;
}

const REFUSALS: readonly (readonly [what: string, file: Uint8Array, code: string, sentence: RegExp])[] = [
  ['an empty file', Buffer.from(''), 'STATE_TRUNCATED', /ends too early \(0 bytes\)/],
  ['the beginning of its first line', FILE.subarray(0, 10), 'STATE_TRUNCATED', /10 bytes/],
  ['its first line, not all of it', FILE.subarray(0, 40), 'STATE_TRUNCATED', /40 bytes/],
  ['its first line alone', FILE.subarray(0, FILE.indexOf('\n') + 1), 'STATE_TRUNCATED', /0 of \d+ bytes/],
  ['all but the last byte', FILE.subarray(0, -1), 'STATE_TRUNCATED', /\d+ of \d+ bytes/],
  ['a byte too many', Buffer.concat([FILE, Buffer.from('\n')]), 'STATE_CORRUPT', /checksum/],
  ['another letter in the middle', flipped(FILE.length - 60), 'STATE_CORRUPT', /checksum/],
  ['another digit in the checksum', flipped(FILE.indexOf('sha256') + 12), 'STATE_CORRUPT', /checksum/],
  ['a first line that is cut in two', altered('', '').fill('\n', 20, 21), 'STATE_CORRUPT', /first line/],
  ['no number of bytes', Buffer.from('{"footbridgeState":1}\n{}'), 'STATE_CORRUPT', /first line/],
  ['a schema that never was', signed(BODY, 0), 'STATE_CORRUPT', /first line/],
  ['the schema of a later release', signed('what it is, nobody here knows', 2), 'STATE_FUTURE_SCHEMA', /schema 2/],
  ['a configuration', Buffer.from('namespace: shop\n'), 'STATE_FOREIGN', /left alone/],
  ['other JSON', Buffer.from('{"footbridgeDump":1}\n'), 'STATE_FOREIGN', /left alone/],
  ['a picture', Buffer.alloc(70_000, 0x89), 'STATE_FOREIGN', /left alone/],
  ['another namespace', altered('"namespace":"shop"', '"namespace":"bank"'), 'STATE_OTHER_NAMESPACE', /\(bank\)/],
  ['another instance', altered('"instance":"a"', '"instance":"b"'), 'STATE_OTHER_INSTANCE', /\(b\)/],
  ['no JSON', signed('{'), 'STATE_CORRUPT', /shape/],
  ['a number for a name', altered('"name":"legacy"', '"name":7'), 'STATE_CORRUPT', /no text/],
  ['an unknown status', altered('"status":"up"', '"status":"well"'), 'STATE_CORRUPT', /unknown word/],
  ['an unknown protocol', altered('"protocol":"http"', '"protocol":"x"'), 'STATE_CORRUPT', /unknown word/],
  ['a text for a port', altered('"number":8080', '"number":"8080"'), 'STATE_CORRUPT', /unknown word/],
  ['no time of reading', altered('"readAtMs":1000', '"readAt":1000'), 'STATE_CORRUPT', /no number/],
  ['a service under another name', altered('["orders",', '["users",'), 'STATE_CORRUPT', /name of another/],
  ['no list of instances', altered('"instances":[', '"instance":['), 'STATE_CORRUPT', /no list/],
  ['a service that is shown as listed and not listed', altered('"listed":', '"liste":'), 'STATE_CORRUPT', /no object/],
  ['half of a seniority', altered('[0,0,1]', '[0]'), 'STATE_CORRUPT', /no seniority/],
  ['a freeze of nothing', altered('"target":"legacy"', '"target":""'), 'STATE_CORRUPT', /no target/],
  ['no list of freezes', altered('"freezes":', '"freeze":'), 'STATE_CORRUPT', /no list/],
  ['a name of no registry', altered('["legacy/orders",[', '["orders",['), 'STATE_CORRUPT', /no key/],
];

describe('a state file is refused that', () => {
  for (const [what, file, code, sentence] of REFUSALS) {
    test(`holds ${what}: ${code}`, () => {
      const found = decodeState(file, BRIDGE);
      assert.equal(found.kind, 'refused');
      if (found.kind !== 'refused') return;
      assert.equal(found.refusal.code, code);
      assert.match(found.refusal.sentence, sentence);
      assert.match(found.refusal.sentence, /^The state file .*\.$/);
    });
  }

  test('wherever it was cut, and whichever of its bytes is another', () => {
    for (let length = 0; length < FILE.length; length++) {
      const cut = decodeState(FILE.subarray(0, length), BRIDGE);
      assert.equal(cut.kind === 'refused' && cut.refusal.code, 'STATE_TRUNCATED', `cut at ${length}`);
    }
    for (let at = 0; at < FILE.length; at++) assert.equal(decodeState(flipped(at), BRIDGE).kind, 'refused', String(at));
  });

  test('with a sentence that shows nothing of it but a name, cut short and printable', () => {
    const name = `"namespace":"${'x'.repeat(500)}\\u001b[31m"`;
    const found = decodeState(altered('"namespace":"shop"', name), BRIDGE);
    assert.equal(found.kind === 'refused' && found.refusal.code, 'STATE_OTHER_NAMESPACE');
    assert.doesNotMatch(JSON.stringify(found), /\\u001b|x{100}/);
  });
});

test('what is as it was written is read back, wherever in a larger buffer it stands', () => {
  const padded = Buffer.concat([Buffer.from('xxx'), FILE]);
  for (const file of [FILE, padded.subarray(3), new Uint8Array(FILE)])
    assert.deepEqual(decodeState(file, BRIDGE), { kind: 'state', state: STATE });
});

test('what is read back is written again with the same bytes, in whatever order the clock put the graces', () => {
  const graces = new Map([
    [serviceKey('legacy', 'users'), 20],
    [serviceKey('legacy', 'basket'), 10],
  ]);
  const file = encodeState(aSavedState([aSavedRegistry(aMemory([aService('orders')], { graces }))]), BRIDGE);
  const found = decodeState(file, BRIDGE);
  assert.ok(found.kind === 'state');
  assert.equal(String(encodeState(found.state, BRIDGE)), String(file));
});

test('codes are a public contract: none goes, none is renamed', () => {
  assert.deepEqual(
    [...STATE_CODES].sort(),
    'STATE_CORRUPT STATE_FOREIGN STATE_FUTURE_SCHEMA STATE_OTHER_INSTANCE STATE_OTHER_NAMESPACE STATE_OTHER_REGISTRY STATE_TOO_LARGE STATE_TOO_OLD STATE_TRUNCATED STATE_UNREADABLE'.split(
      ' ',
    ),
  );
});
