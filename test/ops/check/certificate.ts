// A certificate with dates of the test's choice, made on the spot by openssl.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Signed by a CA of its own; dates as `YYYYMMDDHHMMSSZ`. */
export function issueCertificate(
  folder: string,
  name: string,
  from: string,
  to: string,
): { readonly certFile: string; readonly keyFile: string } {
  const at = (file: string): string => join(folder, `${name}-${file}`);
  const openssl = (...args: string[]): void =>
    void execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=dates', '-days', '2');
  openssl('req', ...newKey, '-keyout', at('key.pem'), '-out', at('request.pem'), '-subj', `/CN=${name}`);
  // `openssl x509` takes days alone; `openssl ca` takes dates, and wants its books kept.
  mkdirSync(at('ca'));
  writeFileSync(at('ca/index.txt'), '');
  writeFileSync(
    at('ca.cnf'),
    `[ca]\ndefault_ca = it\n[it]\nnew_certs_dir = ${at('ca')}\ndatabase = ${at('ca/index.txt')}\nrand_serial = yes\ndefault_md = sha256\npolicy = any\n[any]\ncommonName = supplied\n`,
  );
  const signing = ['-config', at('ca.cnf'), '-cert', at('ca.pem'), '-keyfile', at('ca.key'), '-in', at('request.pem')];
  openssl('ca', '-batch', '-notext', ...signing, '-startdate', from, '-enddate', to, '-out', at('cert.pem'));
  return { certFile: at('cert.pem'), keyFile: at('key.pem') };
}
