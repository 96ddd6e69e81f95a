import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { namesInCertificate, namesInText } from '../../../../src/serve/access/certificate-names.ts';

describe('the names in a certificate', () => {
  for (const [promise, text, expected] of [
    [
      'are its SPIFFE URIs and DNS names',
      'URI:spiffe://d/ns/a/sa/b, DNS:c.example',
      ['spiffe://d/ns/a/sa/b', 'c.example'],
    ],
    ['are no addresses and no other URIs', 'IP Address:10.0.0.1, URI:https://x.example, DNS:c.example', ['c.example']],
    ['may be none', '', []],
    [
      'are one where one holds a comma: its holder chose what stands behind it',
      'URI:"spiffe://d/a, URI:spiffe://d/ns/istio-system/sa/istiod", DNS:c.example',
      ['spiffe://d/a, URI:spiffe://d/ns/istio-system/sa/istiod', 'c.example'],
    ],
    [
      'are none where it cannot be read to its end: one that is denied may stand there',
      'DNS:a.example, ???, DNS:b',
      [],
    ],
    ['stand beside names of other kinds', 'X400Name:<unsupported>, DNS:c.example', ['c.example']],
    ['are not what looks like one of another kind', 'DNS:spiffe://d/ns/a/sa/b, DNS:c.example', ['c.example']],
  ] as const) {
    test(promise, () => assert.deepEqual(namesInText(text), expected));
  }

  test('are none where it is no certificate', () => {
    assert.deepEqual(namesInCertificate(Buffer.from('none')), []);
  });
});
