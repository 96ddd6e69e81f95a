// SPDX-License-Identifier: Apache-2.0
// The checks of TLS files, those of one registry or those that istiod is served with: each file by itself, certificate and key together,
// then dates.
import type { X509Certificate } from 'node:crypto';
import type { Config, RegistryConfig } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { certificatesIn, keyIn, type Pem } from '../lib/pem.ts';
import { textFrom, UnusableFile } from '../lib/secret-files.ts';
import { type Category, type Check, check, failed, once, PASSED, type Verdict } from './check.ts';
import { judgeAuthorities, judgeChain, judgeKey } from './pem-files.ts';

/** undefined: the registry is read without such files. */
export function tlsChecks(name: string, options: RegistryConfig, clock: Clock): Category | undefined {
  return filesChecks(`TLS files of registry ${name}`, filesOf(options), clock);
}

/** undefined: it is served in plaintext. */
export function servingChecks({ serve }: Config, clock: Clock): Category | undefined {
  return serve.tls.mode === 'off' ? undefined : filesChecks('TLS files of serving', serve.tls, clock);
}

function filesChecks(title: string, { caFile, certificateFile, keyFile }: Files, clock: Clock): Category | undefined {
  const checks = [
    ...certificateChecks('caFile', caFile, judgeAuthorities, clock),
    ...certificateChecks('certificateFile', certificateFile, judgeChain, clock),
    ...(keyFile === undefined ? [] : [keyCheck(keyFile, certificateFile)]),
  ];
  return checks.length === 0 ? undefined : { title, checks };
}

type Files = Readonly<Record<'caFile' | 'certificateFile' | 'keyFile', string | undefined>>;
const NO_FILES: Files = { caFile: undefined, certificateFile: undefined, keyFile: undefined };

function filesOf(options: RegistryConfig): Files {
  if (options.kind === 'file') return NO_FILES;
  // Kinds that speak TLS by a key of its own do not read the files unless it is on.
  const isUsed = options.kind === 'eureka' || options.tls.enabled;
  return isUsed ? options.tls : NO_FILES;
}

type JudgeDates = (certificates: readonly X509Certificate[], nowMs: number) => Verdict;

function certificateChecks(key: string, path: string | undefined, judge: JudgeDates, clock: Clock): readonly Check[] {
  if (path === undefined) return [];
  const read = once(() => readPem(path, certificatesIn));
  const subject = `${key} ${path}`;
  const usable = check('tls-files', async () => usability(await read()), { subject });
  const dated = check(
    'tls-expiry',
    async () => {
      const pem = await read();
      return pem.kind === 'content' ? judge(pem.content, clock.now()) : PASSED;
    },
    { subject, needs: [usable] },
  );
  return [usable, dated];
}

function keyCheck(path: string, certificatePath: string | undefined): Check {
  const judge = async (): Promise<Verdict> => {
    const key = await readPem(path, keyIn);
    if (key.kind === 'unusable') return failed(key.why);
    const certificates = certificatePath === undefined ? undefined : await readPem(certificatePath, certificatesIn);
    return judgeKey(key.content, certificates?.kind === 'content' ? certificates.content[0] : undefined);
  };
  return check('tls-files', judge, { subject: `keyFile ${path}` });
}

function usability(pem: Pem<unknown>): Verdict {
  return pem.kind === 'content' ? PASSED : failed(pem.why);
}

async function readPem<Content>(path: string, parse: (text: string) => Pem<Content>): Promise<Pem<Content>> {
  try {
    return parse(await textFrom(path));
  } catch (thrown) {
    if (!(thrown instanceof UnusableFile)) throw thrown;
    return { kind: 'unusable', why: `${thrown.message}.` };
  }
}
