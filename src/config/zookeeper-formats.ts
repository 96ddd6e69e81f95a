// SPDX-License-Identifier: Apache-2.0
// Where a ZooKeeper ensemble is and how to be let in. What other tools write in one connect string stands in keys of its own
// here, and what the client library cannot do is refused with a sentence instead of failing at run time.

import { nearest } from '../lib/nearest.ts';
import { type Format, listOf, refused, textFormat, value } from './format.ts';

const HOST = '[A-Za-z0-9_](?:[-A-Za-z0-9_.]{0,251}[A-Za-z0-9_])?';
const SERVER = new RegExp(`^(${HOST})(?::([1-9]\\d{0,4}))?$`);
const SERVER_SAYS = 'a server such as `zk-1.example:2181`';
const DEFAULT_PORT = 2181;
const HIGHEST_PORT = 65_535;

/** `host:port`; the port is 2181 where none is given. */
const server = textFormat(SERVER_SAYS, { pattern: SERVER.source }, (text) => {
  if (text.includes('@')) return refused('must not hold a user or a password: use the keys under `auth` for these');
  if (/^[a-z][a-z+]*:\/\//i.test(text) || text.includes('?'))
    return refused(`must be ${SERVER_SAYS}: list every server, without \`zookeeper://\` and \`backup=\``);
  if (text.includes('/')) return refused('must not hold a path: use `chroot` for it', text.slice(0, text.indexOf('/')));
  if (text.includes('[') || text.split(':').length > 2)
    return refused('must not be an IPv6 address, which the ZooKeeper client cannot connect to: use a host name');
  const [, host, port = String(DEFAULT_PORT)] = SERVER.exec(text) ?? [];
  return host === undefined || Number(port) > HIGHEST_PORT ? undefined : `${host}:${port}`;
});

export const zooKeeperServers: Format<readonly string[]> = {
  ...listOf('servers of one ensemble', server),
  // What stands before an @, behind a ? or an =, or between two colons may be a password.
  hides: (text) => /[@?=]|:.*:/.test(text),
};

const PATH_SAYS = 'a path such as `/dubbo`';

/** Absolute, without a slash at its end, without empty, `.` and `..` parts; `/` is the top. */
export const zooKeeperPath: Format<string> = {
  ...textFormat(PATH_SAYS, { pattern: '^/' }, readPath),
  // A connect string with its parameters ends up here easily.
  hides: (text) => !isPlainPath(text),
};

/** A path, or `none` → undefined. */
export const zooKeeperRoot: Format<string | undefined> = {
  ...zooKeeperPath,
  says: `${PATH_SAYS}, or \`none\``,
  schema: { type: 'string', pattern: '^/|^none$' },
  read(written) {
    if (written === 'none') return value(undefined);
    const reading = zooKeeperPath.read(written);
    return reading.kind === 'value' ? reading : refused(`${reading.rule} (or \`none\`)`, reading.nearest);
  },
};

const SCHEMES = ['none', 'digest'] as const;

/** How a session proves who it is. */
export const zooKeeperAuth: Format<(typeof SCHEMES)[number]> = {
  ...textFormat('`none` or `digest`', { enum: [...SCHEMES] }, (text) => {
    if (/^(?:sasl|kerberos|gssapi|digest-md5)$/i.test(text))
      return refused('must be `none` or `digest`: the ZooKeeper client cannot speak SASL (Kerberos or DIGEST-MD5)');
    return SCHEMES.find((scheme) => scheme === text) ?? refused('must be `none` or `digest`', nearest(text, SCHEMES));
  }),
  // `digest:user:password` is how other tools write it.
  hides: (text) => !/^[a-z0-9-]{1,16}$/i.test(text),
};

function isPlainPath(text: string): boolean {
  return /^[\w./ -]*$/.test(text);
}

function readPath(text: string) {
  if (!text.startsWith('/'))
    return refused('must begin with `/`', text === '' || !isPlainPath(text) ? undefined : `/${text}`);
  if (text === '/') return text;
  if (text.endsWith('/'))
    return refused('must not end with `/`', isPlainPath(text) ? text.replace(/\/+$/, '') || '/' : undefined);
  const isWhole = text
    .slice(1)
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: servers refuse them
  return isWhole && !/[\u0000-\u001f\u007f-\u009f\ud800-\uf8ff\ufff0-\uffff]/.test(text) ? text : undefined;
}
