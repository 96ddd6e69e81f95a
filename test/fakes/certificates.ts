// Certificates for 127.0.0.1 made on the spot by openssl, so that no key stands in the repository.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly caFile: string;
  readonly server: { readonly certFile: string; readonly keyFile: string };
  readonly client: { readonly certFile: string; readonly keyFile: string };
}

/** A CA with one certificate for a server on 127.0.0.1 (and `name`) and one for a client, as PEM files in `directory`. */
export function createCertificates(directory: string, name = 'localhost'): Certificates {
  const at = (file: string): string => join(directory, file);
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = (file: string): string[] => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    file,
  ];
  openssl('req', '-x509', ...newKey(at('ca.key')), '-out', at('ca.pem'), '-subj', '/CN=test CA', '-days', '2');
  const signed = (who: string, ...extensions: string[]): { certFile: string; keyFile: string } => {
    const files = { certFile: at(`${who}.pem`), keyFile: at(`${who}.key`) };
    const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-days', '2', '-subj', `/CN=${who}`];
    openssl('req', '-x509', ...newKey(files.keyFile), '-out', files.certFile, ...signing, ...extensions);
    return files;
  };
  return {
    caFile: at('ca.pem'),
    server: signed(
      'server',
      '-addext',
      `subjectAltName=IP:127.0.0.1,DNS:${name}`,
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ),
    client: signed('client', '-addext', 'basicConstraints=critical,CA:FALSE'),
  };
}

/** What a Node server needs of them. `requestCert` refuses clients without a certificate of this CA. */
export function serverTls(
  made: Certificates,
  requestCert = false,
): { cert: Buffer; key: Buffer; ca: Buffer; requestCert: boolean } {
  const { server, caFile } = made;
  return {
    cert: readFileSync(server.certFile),
    key: readFileSync(server.keyFile),
    ca: readFileSync(caFile),
    requestCert,
  };
}
