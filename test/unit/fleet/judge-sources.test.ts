// What is found in a list of config sources, as a table; each row was seen to do on a real istiod what its sentence says, where
// test/peers/32 names it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { FINDINGS } from '../../../src/fleet/finding-table.ts';
import { judgeSourceList } from '../../../src/fleet/judge-sources.ts';
import { readMeshConfig } from '../../../src/fleet/mesh-config.ts';
import { readSourceAddress } from '../../../src/fleet/source-address.ts';

function found(yaml: string): readonly string[] {
  const reading = readMeshConfig(yaml);
  assert.equal(reading.kind, 'sources');
  return judgeSourceList(reading.kind === 'sources' ? reading.sources : []).map(({ code, subject }) =>
    `${code} ${subject}`.trim(),
  );
}

const PEM = '"-----BEGIN CERTIFICATE-----"';

function tls(settings: string): string {
  return `configSources: [{address: "k8s://"}, {address: "xds://a:1", tlsSettings: {${settings}}}]`;
}

describe('a list of config sources', () => {
  const cases: readonly (readonly [what: string, yaml: string, codes: readonly string[]])[] = [
    ['that is empty is that of an istiod without bridges', 'configSources: []', []],
    ['that is missing too', 'defaultConfig: {}', []],
    ['with Kubernetes first is right', 'configSources: [{address: "k8s://"}, {address: "xds://a.b.svc:9902"}]', []],
    ['may name a host of Kubernetes, which istiod ignores', 'configSources: [{address: "k8s://10.0.0.1:6443"}]', []],
    ['needs Kubernetes', 'configSources: [{address: "xds://a:1"}]', ['KUBERNETES_MISSING']],
    [
      'does not have Kubernetes where it has a path',
      'configSources: [{address: "k8s:///x"}]',
      ['KUBERNETES_MISSING', 'SOURCE_IGNORED k8s:///x'],
    ],
    ['has Kubernetes first', 'configSources: [{address: "xds://a:1"}, {address: "k8s://"}]', ['KUBERNETES_NOT_FIRST']],
    [
      'names a source once, in whatever writing',
      'configSources: [{address: "k8s://"}, {address: "xds://a:1"}, {address: "XDS://A:1/"}, {address: "a:1"}]',
      ['SOURCE_REPEATED XDS://A:1/', 'SOURCE_REPEATED a:1', 'SOURCE_WITHOUT_SCHEME a:1'],
    ],
    [
      'has schemes that istiod knows',
      'configSources: [{address: "k8s://"}, {address: "fs:///x"}, {address: "fs://"}, {address: "mcp://a:1"}, {}]',
      ['SOURCE_IGNORED fs://', 'SOURCE_IGNORED mcp://a:1', 'SOURCE_IGNORED'],
    ],
    [
      'has a port for each',
      'configSources: [{address: "k8s://"}, {address: "xds://a"}, {address: "xds:a:1"}]',
      ['SOURCE_WITHOUT_PORT xds://a', 'SOURCE_WITHOUT_PORT xds:a:1'],
    ],
    [
      'has nothing behind the port',
      'configSources: [{address: "k8s://"}, {address: "xds://a:1/shop?x=1"}]',
      ['SOURCE_PATH_DROPPED xds://a:1/shop?x=1'],
    ],
    ['may say SIMPLE with a CA', tls(`mode: SIMPLE, caCertificates: ${PEM}, subjectAltNames: [a]`), []],
    ['may say SIMPLE with a Secret', tls('mode: SIMPLE, credentialName: x, subjectAltNames: [a]'), []],
    ['may turn TLS off', tls('mode: DISABLE'), []],
    ['is plaintext with MUTUAL', tls('mode: MUTUAL'), ['TLS_IS_PLAINTEXT xds://a:1']],
    ['is plaintext with ISTIO_MUTUAL', tls('mode: ISTIO_MUTUAL'), ['TLS_IS_PLAINTEXT xds://a:1']],
    ['has a CA as text', tls('mode: SIMPLE, caCertificates: /etc/ca.pem'), ['TLS_CA_NO_PEM xds://a:1']],
    ['has names with a CA', tls('mode: SIMPLE, subjectAltNames: [a]'), ['TLS_NAMES_UNCHECKED xds://a:1']],
    [
      'does not verify and skip it at once',
      tls(`mode: SIMPLE, insecureSkipVerify: true, caCertificates: ${PEM}`),
      ['TLS_CONTRADICTION xds://a:1'],
    ],
  ];
  for (const [what, yaml, codes] of cases) test(what, () => assert.deepEqual(found(yaml), codes));

  test('without a scheme stops an istiod of today where it is no name', () => {
    const stops = (text: string) => {
      const read = readSourceAddress(text);
      return read.kind === 'bare' && read.stops;
    };
    assert.deepEqual(['a.b.svc:9902', '10.0.0.1:9902', '[::1]:9902', 'my_bridge:9902'].map(stops), [
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('a list is found', () => {
  const LIST = 'configSources: [{address: "xds://a:1"}]';
  for (const [where, text] of [
    ['in a mesh config', LIST],
    ['in a mesh config as JSON', '{"configSources": [{"address": "xds://a:1"}]}'],
    ['in the ConfigMap of kubectl', `apiVersion: v1\nkind: ConfigMap\ndata:\n  mesh: |-\n    ${LIST}\n`],
    ['in Helm values', `pilot: {}\nmeshConfig:\n  ${LIST}\n`],
    ['in an IstioOperator', `kind: IstioOperator\nspec:\n  meshConfig:\n    ${LIST}\n`],
  ] as const)
    test(where, () => assert.deepEqual(found(text), ['KUBERNETES_MISSING']));

  for (const [what, text] of [
    ['text', 'nothing'],
    ['half a document', '{"configSources": ['],
    ['another ConfigMap', 'kind: ConfigMap\ndata: {}'],
    ['a ConfigMap with a broken mesh config', 'kind: ConfigMap\ndata: {mesh: "a: ["}'],
    ['a list of objects', 'kind: List\nitems: []'],
    ['configSources that are no list', 'configSources: xds://a:1'],
  ] as const)
    test(`in no ${what}, and a sentence says so`, () => assert.match(whyNot(text), /^\S.*\.$/));

  test('in no empty file, nor in one with comments alone', () => {
    for (const text of ['', ' \n', '# later\n']) assert.equal(whyNot(text), 'It is empty.');
  });

  test('in an empty mesh config of a ConfigMap, with nothing in it', () =>
    assert.deepEqual(readMeshConfig('kind: ConfigMap\ndata: {mesh: ""}'), { kind: 'sources', sources: [] }));

  test('under either name that istiod takes', () => {
    const tls = '{mode: SIMPLE, ca_certificates: CA, subject_alt_names: [a]}';
    const reading = readMeshConfig(`config_sources: [{address: "xds://a:1", tls_settings: ${tls}}]`);
    assert.ok(reading.kind === 'sources');
    const [source] = reading.sources;
    assert.deepEqual([source?.address, source?.tls.caPem, source?.tls.subjectAltNames], ['xds://a:1', 'CA', ['a']]);
  });

  for (const [text, why] of [
    ['configSource: []', 'It has no `configSources`; istiod ignores the key "configSource": `configSources` is meant.'],
    ['meshconfig: {configSources: []}', /"meshconfig": `meshConfig` is meant/],
    ['spec: {meshConfig: {configsources: []}}', /"configsources": `configSources` is meant/],
    ['configSources: [{address: "k8s://"}, {adress: "xds://a:1"}]', /^In entry 2 .*"adress": `address` is meant/],
    ['configSources: [{address: a, tlsSetting: {}}]', /"tlsSetting": `tlsSettings` is meant/],
    ['configSources: [{address: a, tlsSettings: {caCertificate: x}}]', /"caCertificate": `caCertificates` is meant/],
  ] as const)
    test(`under no key with a typing error, which is named: ${text}`, () => {
      if (typeof why === 'string') assert.equal(whyNot(text), why);
      else assert.match(whyNot(text), why);
    });

  test('beside keys of which nothing is known', () => {
    const text =
      'trustDomain: a\nnewer: 1\nconfigSources: [{address: "k8s://", weather: fine, tlsSettings: {wind: 3}}]';
    assert.equal(readMeshConfig(text).kind, 'sources');
    assert.equal(readMeshConfig('trustDomain: a\nmeshMTLS: {}\ncaCertificates: []').kind, 'sources');
  });
});

function whyNot(text: string): string {
  const reading = readMeshConfig(text);
  return reading.kind === 'unreadable' ? reading.why : '';
}

test('every finding has its row in docs/fleet.md, as it is said', () => {
  const page = readFileSync('docs/fleet.md', 'utf8');
  for (const [code, { severity, means }] of Object.entries(FINDINGS))
    assert.ok(page.includes(`| \`${code}\` | ${severity} | ${means} |`), code);
});
