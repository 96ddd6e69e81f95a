// SPDX-License-Identifier: Apache-2.0
// What a request needs to be let in: headers and TLS material, read from their files anew for every poll, so that rotated
// secrets work without a restart. An error names the file and the setting, never the content.
import { loadTlsMaterial, secretFrom, type TlsMaterial, textFrom, UnusableFile } from '../../lib/secret-files.ts';
import type { EurekaOptions } from './options.ts';
import { ReadFailure } from './read-failure.ts';
import type { Server } from './server.ts';

export interface Credentials {
  /** Lower-case header name → value. Basic authentication from the URL is added for each server by `requestHeaders`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly tls: TlsMaterial;
}

/** Rejects with EUREKA_CREDENTIALS when a file cannot be read or used. */
export async function loadCredentials(auth: EurekaOptions['auth'], tls: EurekaOptions['tls']): Promise<Credentials> {
  try {
    return { headers: await loadHeaders(auth), tls: await loadTlsMaterial(tls) };
  } catch (thrown) {
    throw thrown instanceof UnusableFile ? new ReadFailure('EUREKA_CREDENTIALS', thrown.message) : thrown;
  }
}

/** The headers for one server: what its URL says of the user counts only where nothing else is configured. */
export function requestHeaders(credentials: Credentials, server: Server): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    // Netflix servers may answer 406 to readers that do not offer gzip.
    'accept-encoding': 'gzip',
  };
  if (server.user !== undefined) headers['authorization'] = basic(server.user.name, server.user.password);
  for (const [name, value] of credentials.headers) headers[name] = value;
  return headers;
}

/** Later ones win: basic, token, header files. */
async function loadHeaders(auth: EurekaOptions['auth']): Promise<ReadonlyMap<string, string>> {
  const headers = new Map<string, string>();
  if (auth.username !== undefined) {
    const password = auth.passwordFile === undefined ? (auth.password ?? '') : await secretFrom(auth.passwordFile);
    headers.set('authorization', basic(auth.username, password));
  }
  if (auth.tokenFile !== undefined) headers.set('authorization', `Bearer ${await headerValueFrom(auth.tokenFile)}`);
  for (const [name, file] of Object.entries(auth.headerFiles)) {
    headers.set(name.toLowerCase(), await headerValueFrom(file));
  }
  return headers;
}

/** What may stand in a header: anything else would end the request with an error that quotes it. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]+$/;

async function headerValueFrom(file: string): Promise<string> {
  const value = (await textFrom(file)).trim();
  if (HEADER_VALUE.test(value)) return value;
  throw new UnusableFile(`File ${file} is empty or holds what no HTTP header can carry`);
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}
