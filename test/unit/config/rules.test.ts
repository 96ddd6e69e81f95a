import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configProblemSentence } from '../../../src/config/problem.ts';
import { load, problemsOf, SMALLEST } from './samples.ts';

const LEGACY = SMALLEST.trimEnd();
const TLS = '\nserve: {tls: {mode: ';
const PASSWORD = { FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD: 'pw' };

/** [what is promised, what is added to the smallest file, the sentence, environment] */
const BROKEN: readonly (readonly [string, string, RegExp, Record<string, string>?])[] = [
  ['eureka needs a server', '\n    urls: []', /^registries.legacy.urls = \[\] must name at least one Eureka server/],
  ['a pause of 0 would read without end', '\n    pollInterval: 0s', /pollInterval = 0s must be more than 0/],
  ['a deadline of 0 could never be met', '\n    requestTimeout: 0ms', /requestTimeout = 0ms must be more than 0/],
  ['an answer of no size could never be read', '\n    maxBytes: 0', /maxBytes = 0 must be more than 0/],
  [
    'full reads are not more frequent than reads',
    '\n    fullInterval: 5s',
    /fullInterval = 5s must not be shorter than `pollInterval`/,
  ],
  ['a user needs a password', '\n    auth: {username: u}', /auth.username = u needs `auth.passwordFile`/],
  ['a password file needs a user', '\n    auth: {passwordFile: /p}', /auth.passwordFile = \/p needs `auth.username`/],
  ['a password needs a user', '', /auth.password = \*\*\* needs `auth.username`/, PASSWORD],
  [
    'one password is enough',
    '\n    auth: {username: u, passwordFile: /p}',
    /auth.passwordFile = \/p and `auth.password` are both set/,
    PASSWORD,
  ],
  [
    'a user and a token exclude each other',
    '\n    auth: {username: u, passwordFile: /p, tokenFile: /t}',
    /registries.legacy.auth must use one way only/,
  ],
  [
    'a token and an Authorization header exclude each other',
    '\n    auth: {tokenFile: /t, headerFiles: {AUTHORIZATION: /a}}',
    /one way only/,
  ],
  [
    'a client certificate needs its key',
    '\n    tls: {certificateFile: /c}',
    /tls.certificateFile = \/c needs `tls.keyFile`/,
  ],
  ['a key needs its certificate', '\n    tls: {keyFile: /k}', /tls.keyFile = \/k needs `tls.certificateFile`/],
  ['an ensemble has a server', '\n  z: {kind: dubbo}', /^registries.z.servers must name at least one ZooKeeper server/],
  [
    'a session is not shorter than servers allow',
    '\n  z: {kind: dubbo, servers: [zk], sessionTimeout: 999ms}',
    /sessionTimeout = 999ms must be at least `1s`/,
  ],
  [
    'an audit without pause would read without end',
    '\n  z: {kind: spring-cloud-zookeeper, servers: [zk], auditInterval: 0s}',
    /auditInterval = 0s must be more than 0/,
  ],
  [
    'digest authentication needs a user',
    '\n  z: {kind: dubbo, servers: [zk], auth: {scheme: digest}}',
    /auth.scheme = digest needs `auth.username`/,
  ],
  [
    'a user of ZooKeeper is not forgotten silently',
    '\n  z: {kind: dubbo, servers: [zk], auth: {username: u, passwordFile: /p}}',
    /auth.username = u needs `auth.scheme: digest`/,
  ],
  [
    'a user of ZooKeeper needs a password',
    '\n  z: {kind: dubbo, servers: [zk], auth: {scheme: digest, username: u}}',
    /auth.username = u needs `auth.passwordFile`/,
  ],
  [
    'a CA for servers that are spoken to in the clear is a mistake',
    '\n  z: {kind: dubbo, servers: [zk], tls: {caFile: /ca}}',
    /registries.z.tls needs `tls.enabled: true`/,
  ],
  [
    'a Dubbo registry has a root to read',
    '\n  z: {kind: dubbo, servers: [zk], roots: {interfaces: none, applications: none}}',
    /roots.interfaces = none and `roots.applications` are both `none`/,
  ],
  ['a file registry needs its file', '\n  vm: {kind: file}', /^registries.vm.path must name the file/],
  [
    'hosts join services of known registries',
    '\nhosts: {a.b: [lgacy/X]}',
    /hosts = .* names the registry `lgacy` at `a.b`, but the registries are: legacy/,
  ],
  [
    'a service has one host',
    '\nhosts: {a.b: [legacy/X], c.d: [legacy/X]}',
    /`legacy\/X` under two hosts, `a.b` and `c.d`/,
  ],
  ['everywhere stands alone', "\nexportTo: ['*', a]", /exportTo = .* must have `\*` alone/],
  ['no visibility at all would mean everywhere', '\nexportTo: []', /exportTo = \[\] must not be empty/],
  ['the own namespace is named once', '\nexportTo: [., payments]', /names both `.` and `payments`/],
  [
    'virtual IPs keep out of the range of Istio',
    '\nvirtualIps: {range: 240.240.0.0/16}',
    /virtualIps.range = 240.240.0.0\/16 must not overlap 240.240.0.0\/16/,
  ],
  [
    'virtual IPs of IPv6 are no IPv4 addresses in another spelling',
    "\nvirtualIps: {rangeV6: '::ffff:241.0.0.0/104'}",
    /virtualIps.rangeV6 = ::ffff:241.0.0.0\/104 must not overlap ::ffff:0:0\/96/,
  ],
  ['virtual IPs keep out of ranges that hold such a range', '\nvirtualIps: {range: 240.0.0.0/4}', /must not overlap/],
  [
    'IPv6 virtual IPs are not link-local',
    "\nvirtualIps: {rangeV6: 'fe80::/64'}",
    /virtualIps.rangeV6 = fe80::\/64 must not overlap fe80::\/10/,
  ],
  [
    'link-local addresses are never admitted',
    '\nadmit: {addresses: [169.254.1.0/24]}',
    /admit.addresses = .* holds 169.254.1.0\/24, but 169.254.0.0\/16 is never admitted/,
  ],
  [
    'our own labels are ours',
    '\nowner: {labels: {footbridge.io/team: x}}',
    /owner.labels = .* must not set `footbridge.io\/team`/,
  ],
  [
    'the labels of a changed prefix are ours too',
    '\nlabelPrefix: x.y\nowner: {annotations: {x.y/a: b}}',
    /owner.annotations = .* must not set `x.y\/a`/,
  ],
  [
    'the recommended labels that we set are ours',
    '\nowner: {labels: {app.kubernetes.io/managed-by: x}}',
    /must not set `app.kubernetes.io\/managed-by`/,
  ],
  [
    'publishing is not put off less than it waits',
    '\npublish: {quietPeriod: 2s}',
    /^publish.ceiling must not be shorter than `publish.quietPeriod`/,
  ],
  [
    'what is frozen exists',
    '\nfreeze: [{target: other/X, reason: x}]',
    /^freeze = .* freezes `other\/X`, but the registries are: legacy/,
  ],
  [
    'a freeze has one reason and one end',
    '\nfreeze: [{target: legacy, reason: x}, {target: legacy, reason: y}]',
    /^freeze = .* freezes `legacy` twice/,
  ],
  ['a new istiod waits at least a moment', '\ncoldStart: {bound: 0s}', /coldStart.bound = 0s must be longer than 0/],
  ['keepalive has a pause', '\nserve: {keepaliveTime: 0s}', /serve.keepaliveTime = 0s must be longer than 0/],
  ['keepalive has a deadline', '\nserve: {keepaliveTimeout: 0s}', /serve.keepaliveTimeout = 0s must be longer than 0/],
  ['somebody must be served', '\nserve: {pushConcurrency: 0}', /serve.pushConcurrency = 0 must be at least 1/],
  ['TLS has a certificate', `${TLS}tls, keyFile: /k}}`, /serve.tls.certificateFile must be given, because .* `tls`/],
  ['TLS has a key', `${TLS}tls, certificateFile: /c}}`, /serve.tls.keyFile must be given/],
  [
    'mutual TLS has a CA',
    `${TLS}mtls, certificateFile: /c, keyFile: /k}}`,
    /serve.tls.caFile must be given, because .* `mtls`/,
  ],
  [
    'a CA for clients that are asked for nothing is a mistake',
    `${TLS}tls, certificateFile: /c, keyFile: /k, caFile: /ca}}`,
    /serve.tls.caFile = \/ca is for the mode `mtls`/,
  ],
  [
    'a port in plaintext beside one in plaintext is a mistake',
    '\nserve: {plaintextPort: 9905}',
    /serve.plaintextPort = 9905 is for beside TLS/,
  ],
  [
    'the second port is another one',
    `${TLS}tls, certificateFile: /c, keyFile: /k}, plaintextPort: 9903}`,
    /serve.plaintextPort = 9903 must not be the same/,
  ],
  [
    'an access list needs certificates to be about',
    '\nserve: {accessListFile: /l}',
    /serve.accessListFile = \/l needs `serve.tls.mode: mtls`/,
  ],
  ['one stream at least may be opened at once', '\nserve: {limits: {streamsBurst: 0}}', /must be at least 1/],
  [
    'an istiod asks for some types',
    '\nserve: {limits: {subscriptionsPerStream: 16}}',
    /must be at least 40: an istiod is/,
  ],
  ['a stream has time to ask', '\nserve: {limits: {firstRequest: 0s}}', /firstRequest = 0s must be more than 0/],
  ['a registry may have a service', '\nlimits: {services: 0}', /limits.services = 0 must be at least 1/],
  [
    'a service may have an instance',
    '\nlimits: {instancesPerService: 0}',
    /instancesPerService = 0 must be at least 1/,
  ],
  ['an instance may have a port', '\nlimits: {portsPerInstance: 0}', /portsPerInstance = 0 must be at least 1/],
  ['a service may have a name', '\nlimits: {textLength: 0}', /textLength = 0 must be at least 1/],
  ['one request at least may be read at once', '\nserve: {limits: {requestsBurst: 0}}', /must be at least 1/],
  ['the two ports differ', '\nadmin: {port: 9902}', /admin.port = 9902 must not be the same as `serve.port`/],
  ['the end comes after the drain', '\nshutdown: {deadline: 9s}', /shutdown.deadline = 9s must leave time/],
];

/** [what is promised, what is added to the smallest file, environment] */
const KEPT: readonly (readonly [string, string, Record<string, string>?])[] = [
  ['a user with a password from the environment', '\n    auth: {username: u}', PASSWORD],
  ['a user with a password file', '\n    auth: {username: u, passwordFile: /p}'],
  ['a header that is no Authorization beside a token', '\n    auth: {tokenFile: /t, headerFiles: {X-Team: /x}}'],
  ['several services under one host', '\n  vm: {kind: file, path: /x}\nhosts: {a.b: [legacy/X, vm/X]}'],
  ['never for a new istiod', '\ncoldStart: {bound: never}'],
  ['TLS with a second port', `${TLS}tls, certificateFile: /c, keyFile: /k}, plaintextPort: 9905}`],
  ['mutual TLS with a list', `${TLS}mtls, certificateFile: /c, keyFile: /k, caFile: /ca}, accessListFile: /l}`],
  ['files that wait for TLS to be turned on', `${TLS}off, certificateFile: /c, keyFile: /k, caFile: /ca}}`],
  ['any free port for both', '\nserve: {port: 0}\nadmin: {port: 0}'],
  ['a range of virtual IPs that is switched off', '\nvirtualIps: {enabled: false, range: 240.240.0.0/16}'],
  ['loopback addresses, which tests need', '\nadmit: {addresses: [127.0.0.16/28]}'],
  ['no debounce, no grace, no hold', '\n    holdFor: 0s\nguard: {removalDebounce: 0s, emptyGrace: 0s}'],
  [
    'freezes of a registry, of a service of it, and of everything',
    `\nfreeze: [${['legacy', 'legacy/X', '"*"'].map((target) => `{target: ${target}, reason: x}`).join()}]`,
  ],
  ['everywhere', "\nexportTo: ['*']"],
];

describe('rules over several keys', () => {
  for (const [promise, addition, sentence, env = {}] of BROKEN) {
    test(`${promise}, or one sentence says so`, () => {
      const text = withoutTwice(LEGACY + addition);
      const found = problemsOf(text, { env });
      assert.equal(found.length, 1, found.map(configProblemSentence).join('\n'));
      assert.equal(found[0]?.code, 'RULE_BROKEN');
      assert.match(found.map(configProblemSentence).join(), sentence);
    });
  }

  for (const [promise, addition, env = {}] of KEPT) {
    test(`${promise}: allowed`, () => {
      const result = load(LEGACY + addition, { env });
      assert.deepEqual(result.kind === 'invalid' ? result.problems.map(configProblemSentence) : [], []);
    });
  }

  test('are not asked of keys that are wrong by themselves', () => {
    const found = problemsOf(`${LEGACY}\n    pollInterval: 5\n    fullInterval: 1s\n`);
    assert.deepEqual(
      found.map(({ code, key }) => [code, key]),
      [['WRONG_VALUE', 'registries.legacy.pollInterval']],
    );
  });

  test('are asked although another key is wrong', () => {
    const found = problemsOf(`${LEGACY}\nlog: {level: loud}\ncoldStart: {bound: 0s}\n`);
    assert.deepEqual(
      found.map(({ key }) => key),
      ['log.level', 'coldStart.bound'],
    );
  });
});

/** Drops the URLs of the sample where the addition has its own. */
function withoutTwice(text: string): string {
  return text.includes('urls: []') ? text.replace('\n    urls: [http://eureka:8761/eureka]', '') : text;
}
