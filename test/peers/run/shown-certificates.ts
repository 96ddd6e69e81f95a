// A server behind TLS with a name, and the certificates that it may come to show there.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Issued } from '../../fakes/authority.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';
import { TlsFront } from './tls-front.ts';

export interface ShownCertificates {
  /** Shows a good one, at first. */
  readonly front: TlsFront;
  /** Keys of a registry's `tls`. */
  readonly tls: { readonly caFile: string };
  readonly expired: Issued;
  readonly renewed: Issued;
  /** Signed by a CA that nobody has yet. */
  readonly ofOther: Issued;
  /** From now on its CA is the one that is trusted. */
  trustOther(): void;
}

export async function showCertificates(teardown: Teardown, port: number, name: string): Promise<ShownCertificates> {
  const folder = scratchFolder(teardown, 'certificates');
  const names = [`DNS:${name}`];
  const authority = createAuthority(folder);
  const other = createAuthority(folder, 'other');
  const caFile = join(folder, 'trusted.pem');
  copyFileSync(authority.caFile, caFile);
  return {
    front: await TlsFront.start(teardown, port, authority.issue('first', names)),
    tls: { caFile },
    expired: authority.issue('expired', names, -1),
    renewed: authority.issue('renewed', names),
    ofOther: other.issue('first', names),
    trustOther: () => copyFileSync(other.caFile, caFile),
  };
}
