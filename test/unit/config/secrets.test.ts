import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../../src/config/document.ts';
import { printConfig } from '../../../src/config/print.ts';
import { configProblemSentence } from '../../../src/config/problem.ts';
import { load, loaded, problemsOf, SMALLEST } from './samples.ts';

const SECRET = 'hunter2';
const LEGACY = SMALLEST.trimEnd();

/** [where somebody put a secret, file, environment, flags] */
const PLACES: readonly (readonly [string, string, Record<string, string>?, Record<string, string>?])[] = [
  ['the password key in the file', `${LEGACY}\n    auth: {username: u, password: ${SECRET}}`],
  ['a misspelled password key', `${LEGACY}\n    auth: {pasword: ${SECRET}}`],
  ['a mapping under an unknown key', `${LEGACY}\n    credentials: {user: u, password: ${SECRET}}`],
  ['the whole auth section as a text', `${LEGACY}\n    auth: u:${SECRET}`],
  ['a URL in the file', `${LEGACY.replace('http://', `http://u:${SECRET}@`)}`],
  ['a URL without a scheme', `${LEGACY.replace('http://', `u:${SECRET}@`)}`],
  ['a URL with a token in its query', `${LEGACY.replace('/eureka]', `/eureka?token=${SECRET}]`)}`],
  [
    'a URL in the environment, cut at a comma of the password',
    LEGACY,
    { FOOTBRIDGE_REGISTRIES_LEGACY_URLS: `http://u:${SECRET},x@e/` },
  ],
  ['a URL as a flag', LEGACY, {}, { 'registries.legacy.urls': `http://u:${SECRET}@e/` }],
  ['a password as a flag', LEGACY, {}, { 'registries.legacy.auth.password': SECRET }],
  ['a misspelled flag', LEGACY, {}, { 'registries.legacy.auth.passwd': SECRET }],
  ['a misspelled variable', LEGACY, { FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWD: SECRET }],
  ['a password with a control character', LEGACY, { FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD: `${SECRET}\n` }],
  ['a password without a user', LEGACY, { FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD: SECRET }],
  ['a header value instead of its file', `${LEGACY}\n    auth: {headerFiles: {Authorization: Bearer ${SECRET}}}`],
  ['a header value as the name of a header', `${LEGACY}\n    auth: {headerFiles: {"Bearer ${SECRET}": /x}}`],
  ['a file that is broken beside a secret', `${LEGACY}\n    auth: {password: "${SECRET}`],
  ['a duplicate of a secret', `${LEGACY}\n    auth: {password: ${SECRET}, password: ${SECRET}}`],
  ['an alias that nobody declared', `${LEGACY}\n    auth: *${SECRET}`],
  ['a tag', `${LEGACY}\n    auth: !${SECRET} x`],
  ['a list under auth', `${LEGACY}\n    auth: [${SECRET}]`],
  ['a user in a ZooKeeper server', `${LEGACY}\n  z: {kind: dubbo, servers: ["u:${SECRET}@zk:2181"]}`],
  [
    'a ZooKeeper password in the file',
    `${LEGACY}\n  z: {kind: dubbo, servers: [zk], auth: {scheme: digest, username: u, password: ${SECRET}}}`,
  ],
  ['a user and a password as a ZooKeeper server', `${LEGACY}\n  z: {kind: dubbo, servers: ["u:${SECRET}:h"]}`],
  ['parameters behind a ZooKeeper server', `${LEGACY}\n  z: {kind: dubbo, servers: ["zk/;password=${SECRET}"]}`],
  ['parameters behind a chroot', `${LEGACY}\n  z: {kind: dubbo, servers: [zk], chroot: "x?password=${SECRET}"}`],
  [
    'parameters behind a root',
    `${LEGACY}\n  z: {kind: dubbo, servers: [zk], roots: {interfaces: "x?password=${SECRET}"}}`,
  ],
  [
    'credentials as the way to authenticate',
    `${LEGACY}\n  z: {kind: dubbo, servers: [zk], auth: {scheme: "digest:u:${SECRET}"}}`,
  ],
  ['a registry of an unknown kind', `${LEGACY}\n  x: {kind: zookeeper, password: ${SECRET}}`],
];

describe('secrets', () => {
  for (const [place, file, env = {}, flags = {}] of PLACES) {
    test(`${place}: refused, and nothing of it is shown`, () => {
      const problems = problemsOf(file, { env, flags });
      assert.notEqual(problems.length, 0);
      assert.doesNotMatch(
        JSON.stringify(problems) + problems.map(configProblemSentence).join('\n'),
        new RegExp(SECRET),
      );
    });
  }

  test('from the environment reach the configuration and are masked wherever it is printed', () => {
    const env = { FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD: SECRET, FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_USERNAME: 'u' };
    const { config, settings } = loaded(LEGACY, { env });
    const legacy = config.registries['legacy'];
    assert.equal(legacy?.kind === 'eureka' && legacy.auth.password, SECRET);
    const printed = printConfig(settings);
    assert.doesNotMatch(printed, new RegExp(SECRET));
    assert.match(printed, /# password: \*\*\* \(environment FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD\)/);
  });

  test('are refused in the file and as flags even where nothing else is wrong', () => {
    const codes = (problems: ReturnType<typeof problemsOf>) => problems.map(({ code }) => code);
    assert.deepEqual(codes(problemsOf(`${LEGACY}\n    auth: {username: u, passwordFile: /p, password: x}`)), [
      'SECRET_MISPLACED',
    ]);
    const flags = { 'registries.legacy.auth.username': 'u', 'registries.legacy.auth.password': SECRET };
    const found = problemsOf(LEGACY, { flags });
    assert.ok(codes(found).includes('SECRET_MISPLACED'));
    assert.match(found.map(configProblemSentence).join(), /set FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD/);
  });

  test('are told from secrets that are not set', () => {
    assert.match(printConfig(loaded().settings), /# password: not set/);
  });

  test('in files of their own are only names here', () => {
    const text = `${LEGACY}\n    auth: {username: u, passwordFile: /run/pw, headerFiles: {X-Token: /run/token}}`;
    assert.match(printConfig(loaded(text).settings), /headerFiles: \{"X-Token":"\/run\/token"\}/);
  });

  test('never stand in a sentence about a broken document', () => {
    for (const text of [
      `a: "${SECRET}`,
      `a: *${SECRET}`,
      `${SECRET}: 1\n${SECRET}: 2`,
      `- ${SECRET}\nb`,
      `a: !${SECRET} b`,
    ]) {
      assert.doesNotMatch(JSON.stringify(readDocument(text)), new RegExp(SECRET));
      assert.equal(load(text).kind, 'invalid');
    }
  });
});
