// A CA that signs whatever a test asks for, made on the spot by openssl, so that no key stands in the repository.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

export interface Authority {
  readonly caFile: string;
  readonly ca: Buffer;
  /** `names` as openssl writes them: `DNS:a.example`, `URI:spiffe://…`, `IP:127.0.0.1`. `days` below 0: it has expired. */
  issue(who: string, names: readonly string[], days?: number): Issued;
}

export function createAuthority(directory: string, name = 'authority'): Authority {
  const at = (file: string) => join(directory, `${name}-${file}`);
  const openssl = (...args: string[]) => void execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const [caFile, caKeyFile] = [at('ca.pem'), at('ca.key')];
  openssl('req', '-x509', ...newKey, '-keyout', caKeyFile, '-out', caFile, '-subj', `/CN=${name}`, '-days', '30');
  return {
    caFile,
    ca: readFileSync(caFile),
    issue(who, names, days = 30) {
      const [certFile, keyFile, request] = [at(`${who}.pem`), at(`${who}.key`), at(`${who}.csr`)];
      openssl('req', ...newKey, '-keyout', keyFile, '-out', request, '-subj', `/CN=${who}`);
      writeFileSync(at('names.cnf'), names.length === 0 ? '' : `subjectAltName=${names.join(',')}\n`);
      const signing = ['-CA', caFile, '-CAkey', caKeyFile, '-CAcreateserial', '-extfile', at('names.cnf')];
      openssl('x509', '-req', '-in', request, ...signing, '-days', String(days), '-out', certFile);
      return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) };
    },
  };
}
