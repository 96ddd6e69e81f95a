import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeOverrides } from '../../../../../src/registry/dubbo/rules/override-rules.ts';
import { applyRules, type RuleSet } from '../../../../../src/registry/dubbo/rules/rule.ts';
import { RuleBook } from '../../../../../src/registry/dubbo/rules/rule-book.ts';
import { decodeRuleDocument } from '../../../../../src/registry/dubbo/rules/rule-document.ts';
import { encoded, FOO, provider } from '../dubbo-fixtures.ts';

const ONE = provider('dubbo://10.0.0.1:20880', FOO, { group: 'g1', version: '1.0.0', weight: '50', zone: 'z1' });
const ENDPOINT = { ...ONE, interfaceName: '', group: '', version: '', knownBy: 'endpoint' as const };
const KEY = `${FOO}?group=g1&version=1.0.0`;

function overrides(...urls: readonly string[]): RuleSet {
  return decodeOverrides(urls.map(encoded), FOO);
}

function documents(text: string): RuleSet {
  return decodeRuleDocument(Buffer.from(text), 'orders');
}

/** `weight disabled`, with `-` for what nobody says. */
function effect(set: RuleSet, of = ONE): string {
  const { weight, disabled } = applyRules(of, [set]);
  return `${weight ?? '-'} ${disabled ?? '-'}`;
}

describe('an override', () => {
  const cases: [what: string, url: string, effect: string][] = [
    ['for all hosts counts', `override://0.0.0.0/${KEY}&weight=9`, '9 -'],
    ['for its host and port counts', `override://10.0.0.1:20880/${KEY}&disabled=true`, '50 true'],
    ['for all hosts with its port counts', `override://0.0.0.0:20880/${KEY}&weight=9`, '9 -'],
    ['for another port does not', `override://10.0.0.1:20881/${KEY}&weight=9`, '50 -'],
    ['for another host does not', `override://10.0.0.2:20880/${KEY}&weight=9`, '50 -'],
    ['for a host without port is about a consumer', `override://10.0.0.1/${KEY}&weight=9`, '50 -'],
    ['for port 0 is one without port', `override://0.0.0.0:0/${KEY}&weight=9`, '9 -'],
    ['for another interface does not', 'override://0.0.0.0/com.acme.Bar?group=g1&version=1.0.0&weight=9', '50 -'],
    ['for every interface counts', 'override://0.0.0.0/*?weight=9', '9 -'],
    ['without its group and version does not', `override://0.0.0.0/${FOO}?weight=9`, '50 -'],
    [
      'for any group and version does not: Dubbo knows no such',
      `override://0.0.0.0/${FOO}?group=*&version=*&weight=9`,
      '50 -',
    ],
    ['that is switched off does not', `override://0.0.0.0/${KEY}&enabled=false&weight=9`, '50 -'],
    ['for consumers does not', `override://0.0.0.0/${KEY}&side=consumer&weight=9`, '50 -'],
    ['with a condition that holds counts', `override://0.0.0.0/${KEY}&~zone=z1&weight=9`, '9 -'],
    ['with a condition that asks for nothing counts', `override://0.0.0.0/${KEY}&~zone=*&weight=9`, '9 -'],
    ['with a condition that does not hold does not', `override://0.0.0.0/${KEY}&~zone=z2&weight=9`, '50 -'],
    [
      'for named addresses counts',
      `override://0.0.0.0/${KEY}&providerAddresses=10.0.0.9,10.0.0.1:20880&weight=9`,
      '9 -',
    ],
    ['for other named addresses does not', `override://0.0.0.0/${KEY}&providerAddresses=10.0.0.9&weight=9`, '50 -'],
    ['that fills in does not overrule', `absent://0.0.0.0/${KEY}&weight=9&disabled=true`, '50 true'],
    ['of no known kind does not', `route://0.0.0.0/${KEY}&weight=9`, '50 -'],
    [
      'that a provider applies to itself shows in its registration',
      `override://0.0.0.0/${KEY}&application=orders&weight=9`,
      '50 -',
    ],
    ['for its side shows in its registration', `override://0.0.0.0/${KEY}&side=provider&weight=9`, '50 -'],
  ];
  for (const [what, url, expected] of cases) test(what, () => assert.equal(effect(overrides(url)), expected));

  test('for one host overrules those for all, whatever their priority', () => {
    const set = overrides(`override://10.0.0.1:20880/${KEY}&weight=1`, `override://0.0.0.0/${KEY}&priority=9&weight=2`);
    assert.equal(effect(set), '1 -');
  });

  test('with the higher priority overrules', () => {
    const set = overrides(
      `override://0.0.0.0/${KEY}&weight=1&priority=2`,
      `override://0.0.0.0/${KEY}&weight=3&priority=1`,
    );
    assert.equal(effect(set), '1 -');
  });

  test('of two that are alike the same one counts in any order', () => {
    const urls = [`override://0.0.0.0/${KEY}&weight=1`, `override://0.0.0.0/${KEY}&weight=2`];
    assert.equal(effect(overrides(...urls)), effect(overrides(...urls.reverse())));
  });

  test('that is no URL says nothing, and is counted', () => {
    const set = overrides(`override://0.0.0.0/${KEY}&weight=9`, 'nonsense', 'token=hunter2');
    assert.equal(effect(set), '9 -');
    assert.deepEqual(set.faults, [`2 overrides of ${FOO} cannot be read`]);
  });

  test('names what it sets and what does not count here', () => {
    const [rule] = overrides(
      `override://0.0.0.0/${KEY}&category=configurators&dynamic=false&weight=9&timeout=5&a.retries=1&~x=1`,
    ).rules;
    assert.deepEqual(rule?.notHonoured, ['a.retries', 'timeout']);
  });
});

function yaml(head: string, item: string): string {
  return `configVersion: v3.0\n${head}\nconfigs:\n  - ${item.split('\n').join('\n    ')}\n`;
}

const OF_APPLICATION = 'scope: application\nkey: orders\nenabled: true';
const OF_SERVICE = `scope: service\nkey: g1/${FOO}:1.0.0`;

describe('a document', () => {
  const cases: [what: string, text: string, effect: string][] = [
    ['of the application counts', yaml(OF_APPLICATION, 'side: provider\nparameters: {weight: 7}'), '7 -'],
    [
      'in JSON counts',
      JSON.stringify({
        scope: 'application',
        key: 'orders',
        configs: [{ side: 'provider', parameters: { disabled: true } }],
      }),
      '50 true',
    ],
    [
      'for all addresses counts',
      yaml(OF_APPLICATION, 'side: provider\naddresses: ["0.0.0.0"]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for all addresses and ports counts',
      yaml(OF_APPLICATION, 'side: provider\naddresses: ["0.0.0.0:*"]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for its address counts',
      yaml(OF_APPLICATION, 'side: provider\naddresses: ["10.0.0.9:1", "10.0.0.1:20880"]\nparameters: {disabled: true}'),
      '50 true',
    ],
    [
      'for its host counts',
      yaml(OF_APPLICATION, 'side: provider\naddresses: [10.0.0.1]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for another port of its host counts too: Dubbo compares hosts alone',
      yaml(OF_APPLICATION, 'side: provider\naddresses: ["10.0.0.1:1"]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for named providers counts',
      yaml(OF_APPLICATION, 'side: provider\nproviderAddresses: ["10.0.0.1:20880"]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for other named providers does not',
      yaml(OF_APPLICATION, 'side: provider\nproviderAddresses: ["10.0.0.9:20880"]\nparameters: {weight: 7}'),
      '50 -',
    ],
    [
      'that names no side does not: Dubbo applies it to nobody',
      yaml(OF_APPLICATION, 'parameters: {weight: 7}'),
      '50 -',
    ],
    ['for consumers does not', yaml(OF_APPLICATION, 'side: consumer\nparameters: {weight: 7}'), '50 -'],
    [
      'of another application does not',
      yaml('scope: application\nkey: carts', 'side: provider\nparameters: {weight: 7}'),
      '50 -',
    ],
    [
      'for all services counts',
      yaml(OF_APPLICATION, 'side: provider\nservices: ["*"]\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'for one service does not count for what names none',
      yaml(OF_APPLICATION, `side: provider\nservices: ["${FOO}"]\nparameters: {weight: 7}`),
      '50 -',
    ],
    [
      'that is switched off does not',
      yaml('scope: application\nkey: orders\nenabled: false', 'side: provider\nparameters: {weight: 7}'),
      '50 -',
    ],
    [
      'of a type of its own is switched by itself',
      yaml(
        'scope: application\nkey: orders\nenabled: false',
        'type: weight\nenabled: true\nside: provider\nparameters: {weight: 7}',
      ),
      '7 -',
    ],
    [
      'of a type of its own is off unless it is on',
      yaml(OF_APPLICATION, 'type: disabled\nside: provider\nparameters: {disabled: true}'),
      '50 -',
    ],
    [
      'of the general type is switched by the document',
      yaml(OF_APPLICATION, 'type: general\nenabled: false\nside: provider\nparameters: {weight: 7}'),
      '7 -',
    ],
    [
      'with conditions of version 3 is not honoured',
      yaml(OF_APPLICATION, 'side: provider\nmatch: {address: {wildcard: "10.*"}}\nparameters: {weight: 7}'),
      '50 -',
    ],
  ];
  for (const [what, text, expected] of cases)
    test(`${what}, where only an endpoint is known`, () => assert.equal(effect(documents(text), ENDPOINT), expected));

  test('shows in the registration of the providers that honour it, and is not applied again', () => {
    assert.equal(effect(documents(yaml(OF_APPLICATION, 'side: provider\nparameters: {weight: 7}'))), '50 -');
  });

  const about: [what: string, text: string, isAbout: boolean][] = [
    ['its service', yaml(OF_SERVICE, 'side: provider\nparameters: {weight: 7}'), true],
    [
      'its service in its application',
      yaml(OF_SERVICE, 'side: provider\napplications: [carts, orders]\nparameters: {weight: 7}'),
      true,
    ],
    [
      'its service in any application',
      yaml(OF_SERVICE, 'side: provider\napplications: ["*"]\nparameters: {weight: 7}'),
      true,
    ],
    [
      'its service in another application',
      yaml(OF_SERVICE, 'side: provider\napplications: [carts]\nparameters: {weight: 7}'),
      false,
    ],
    [
      'the service without group and version',
      yaml(`scope: service\nkey: ${FOO}`, 'side: provider\nparameters: {weight: 7}'),
      false,
    ],
    [
      'a service of its application',
      yaml(OF_APPLICATION, `side: provider\nservices: ["g1/${FOO}:1.0.0"]\nparameters: {weight: 7}`),
      true,
    ],
    [
      'a service, where no scope is named',
      yaml(`key: g1/${FOO}:1.0.0`, 'side: provider\nparameters: {weight: 7}'),
      true,
    ],
  ];
  for (const [what, text, isAbout] of about)
    test(`is ${isAbout ? '' : 'not '}about a provider by naming ${what}`, () =>
      assert.equal(applyRules(ONE, [documents(text)]).applied.length, isAbout ? 1 : 0));

  test('may be an array of override URLs', () => {
    const text = JSON.stringify([
      `override://0.0.0.0/${KEY}&weight=9`,
      `override://10.0.0.1:20880/${KEY}&disabled=true`,
    ]);
    assert.equal(effect(documents(text)), '9 true');
  });

  const faults: [what: string, text: string, fault: string][] = [
    ['is no YAML', 'a: {', 'the configurator of orders cannot be read: it is no valid YAML'],
    ['is a word', 'hello', 'the configurator of orders cannot be read: it is no map'],
    ['names no key', 'configs: []', 'the configurator of orders cannot be read: it names no `key`'],
    ['has no list', 'key: a\nconfigs: 1', 'the configurator of orders cannot be read: its `configs` are no list'],
    ['has items that are none', 'key: a\nconfigs: [1]', 'some `configs` of the configurator of orders are no maps'],
    [
      'has items with `match`',
      yaml(OF_APPLICATION, 'side: provider\nmatch: {}\nparameters: {weight: 7}'),
      'a rule of the configurator of orders has `match`, which is not honoured',
    ],
    ['has URLs that are none', '["x"]', '1 override of orders cannot be read'],
  ];
  for (const [what, text, fault] of faults) {
    test(`that ${what} says nothing, and says so`, () => {
      const set = documents(text);
      assert.deepEqual(set.faults, [fault]);
      assert.deepEqual(set.rules, []);
    });
  }

  test('that is empty says nothing', () => assert.deepEqual(documents(' \n'), { rules: [], faults: [] }));
});

describe('the rules about a provider', () => {
  const weigh = (weight: number): RuleSet => overrides(`override://0.0.0.0/*?weight=${weight}`);

  test('are those of its interface, its application and its service, in this order', () => {
    const book = new RuleBook();
    book.documents.set(`${FOO}:1.0.0:g1`, '/c', weigh(3));
    book.documents.set('orders', '/b', weigh(2));
    book.overrides.set(FOO, '/a', weigh(1));
    book.overrides.set('com.acme.Bar', '/a', weigh(9));
    book.documents.set(`${FOO}::`, '/c', weigh(9));
    assert.deepEqual(book.setsFor(ONE, true), [weigh(1), weigh(2), weigh(3)]);
    assert.deepEqual(
      book.setsFor(ONE, false),
      [weigh(2), weigh(3)],
      'without overrides where the interface has no directory',
    );
  });

  test('are found under the keys of 2.7.0 too', () => {
    const book = new RuleBook();
    book.documents.set(`g1*${FOO}:1.0.0`, '/c', weigh(1));
    assert.deepEqual(book.setsFor(ONE, true), [weigh(1)]);
  });

  test('from two places apply in one order, whichever came first', () => {
    const [one, other] = [new RuleBook(), new RuleBook()];
    one.documents.set('orders', '/a', weigh(1));
    one.documents.set('orders', '/b', weigh(2));
    other.documents.set('orders', '/b', weigh(2));
    other.documents.set('orders', '/a', weigh(1));
    assert.deepEqual(one.setsFor(ONE, true), other.setsFor(ONE, true));
  });

  test('are gone with their node', () => {
    const book = new RuleBook();
    book.documents.set('orders', '/b', weigh(2));
    book.documents.set('orders', '/c', weigh(3));
    book.documents.set('orders', '/b', undefined);
    assert.deepEqual(book.setsFor(ONE, true), [weigh(3)]);
  });

  test('that name no interface are all there is for an endpoint', () => {
    const book = new RuleBook();
    book.documents.set('orders', '/b', weigh(2));
    book.documents.set('::', '/b', weigh(3));
    assert.deepEqual(book.setsFor(ENDPOINT, false), [weigh(2)]);
  });
});

test('a list of what is no URL says nothing, and every other item of it counts', () => {
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const item of ['{"toString":1}', '{"toString":null,"valueOf":1}', '[]', '7', 'null', nested]) {
    const { faults } = documents(`[${item}]`);
    assert.equal(faults.length > 0 || item === nested, true, item.slice(0, 40));
    const url = JSON.stringify(`override://0.0.0.0/${KEY}&weight=9`);
    if (item !== nested) assert.equal(effect(documents(`[${item}, ${url}]`)), '9 -');
  }
});
