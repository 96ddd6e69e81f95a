import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAccessList } from '../../../../src/serve/access/access-list.ts';

const ISTIOD = 'spiffe://cluster.local/ns/istio-system/sa/istiod';

function verdict(text: string, names: readonly string[] | undefined): string {
  const reading = readAccessList(text);
  assert.equal(reading.kind, 'list', reading.kind === 'unusable' ? reading.why : '');
  if (reading.kind !== 'list') return '';
  const found = reading.list.verdictOn(names);
  return found.kind === 'denied' ? `denied ${found.name}` : found.kind;
}

describe('an access list', () => {
  for (const [promise, text, names, expected] of [
    ['lets in whom it allows', `allow: ['${ISTIOD}']`, [ISTIOD], 'allowed'],
    ['lets in nobody else', `allow: ['${ISTIOD}']`, ['spiffe://cluster.local/ns/shop/sa/web'], undefined],
    ['knows DNS names as well as SPIFFE URIs', 'allow: [pilot.corp.example]', ['pilot.corp.example'], 'allowed'],
    ['knows globs', "allow: ['spiffe://*/ns/istio-system/sa/*']", [ISTIOD], 'allowed'],
    ['tells SPIFFE URIs apart by case', "allow: ['spiffe://d/sa/Admin']", ['spiffe://d/sa/admin'], undefined],
    ['knows DNS names without regard to case', 'allow: [Pilot.example]', ['pilot.Example'], 'allowed'],
    ['takes no SPIFFE URI for a DNS name', "allow: ['*.corp.example']", ['spiffe://other/x.corp.example'], undefined],
    ['means everybody with a name by a star alone', "allow: ['*']", [ISTIOD], 'allowed'],
    ['lets in everybody who is not denied where it allows nobody by name', 'deny: [old.example]', ['a.b'], 'allowed'],
    ['denies whom it denies', 'deny: [old.example]', ['old.example'], 'denied old.example'],
    [
      'denies before it allows',
      "allow: ['*']\ndeny: [old.example]",
      ['new.example', 'old.example'],
      'denied old.example',
    ],
    ['lets in a client by any of its names', 'allow: [b.example]', ['a.example', 'b.example'], 'allowed'],
    ['turns away who shows no certificate', 'deny: [old.example]', undefined, 'nameless'],
    ['turns away who shows one without a name', "allow: ['*']", [], 'nameless'],
  ] as const) {
    test(promise, () => {
      assert.equal(verdict(text, names), expected ?? `denied ${names?.[0]}`);
    });
  }

  for (const [text, why] of [
    ['', /no YAML with `allow` or `deny`/],
    ['- a', /no YAML with `allow` or `deny`/],
    ['allow: [', /no YAML/],
    ['allow: []', /`allow` is empty, so that nobody may connect/],
    ['deny: []', /names nobody/],
    ['{}', /names nobody/],
    ['allow: istiod', /`allow` is no list/],
    ['allow: [1]', /`allow` holds `1`, which is neither/],
    ["allow: ['CN=istiod']", /`CN=istiod`, which is neither a SPIFFE URI/],
    ["deny: ['']", /which is neither/],
    ['alow: [a]', /`alow` is no key of an access list \(did you mean `allow`\?\)/],
    ['allowed: [a]\nisBlackList: true', /is Galley’s: write its names under `allow`/],
  ] as const) {
    test(`that is ${JSON.stringify(text)} is none, and says why`, () => {
      const reading = readAccessList(text);
      assert.equal(reading.kind, 'unusable');
      assert.match(reading.kind === 'unusable' ? reading.why : '', why);
    });
  }
});
