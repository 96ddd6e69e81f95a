// SPDX-License-Identifier: Apache-2.0
// What a connection needs to be let in: the digest and the TLS material, read from their files anew for every connection.
import { loadTlsMaterial, secretFrom, type TlsMaterial } from '../../../lib/secret-files.ts';
import type { ZooKeeperOptions } from '../options.ts';

export interface Credentials {
  /** `user:password`, as the scheme `digest` has it on the wire. */
  readonly digest: Buffer | undefined;
  /** undefined: no TLS. */
  readonly tls: TlsMaterial | undefined;
}

/** Rejects with an UnusableFile, whose message holds no secret. */
export async function loadCredentials({ auth, tls }: Pick<ZooKeeperOptions, 'auth' | 'tls'>): Promise<Credentials> {
  return {
    digest: auth.scheme === 'digest' ? await digestOf(auth) : undefined,
    tls: tls.enabled ? await loadTlsMaterial(tls) : undefined,
  };
}

async function digestOf({ username, passwordFile, password }: ZooKeeperOptions['auth']): Promise<Buffer> {
  const secret = passwordFile === undefined ? (password ?? '') : await secretFrom(passwordFile);
  return Buffer.from(`${username ?? ''}:${secret}`, 'utf8');
}
