// SPDX-License-Identifier: Apache-2.0
// What PEM files hold, judged: certificates and their dates, a key and whether it belongs to a certificate. Pure; what is said
// of a key never quotes it.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { errorCode } from '../lib/error-code.ts';
import { printable } from '../lib/printable.ts';
import { failed, PASSED, passed, type Verdict, warned } from './check.ts';

/** `why` is a sentence. */
export type Pem<Content> =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'unusable'; readonly why: string };

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** All certificates of a file, in its order; at least one. */
export function certificatesIn(text: string): Pem<readonly X509Certificate[]> {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return unusable('It holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`).');
  try {
    return { kind: 'content', content: blocks.map((block) => new X509Certificate(block)) };
  } catch {
    return unusable('It holds a certificate that cannot be decoded.');
  }
}

export function keyIn(text: string): Pem<KeyObject> {
  try {
    return { kind: 'content', content: createPrivateKey(text) };
  } catch (error) {
    return errorCode(error) === 'ERR_MISSING_PASSPHRASE'
      ? unusable('The key is encrypted with a passphrase, which cannot be given.')
      : unusable('It holds no private key in PEM form that can be understood.');
  }
}

/** A certificate file begins with the certificate itself; issuers may follow. */
export function judgeKey(key: KeyObject, certificate: X509Certificate | undefined): Verdict {
  if (certificate === undefined || certificate.checkPrivateKey(key)) return PASSED;
  return failed(`The key does not belong to the certificate of ${subjectOf(certificate)}.`);
}

const DAY_MS = 24 * 3600 * 1000;
const FEW_DAYS = 14;

/** One certificate of a chain is as good as the worst of it. */
export function judgeChain(certificates: readonly X509Certificate[], nowMs: number): Verdict {
  const dated = certificates.map((certificate) => judgeDates(certificate, nowMs));
  return (
    dated.find(({ kind }) => kind === 'failed') ?? dated.find(({ kind }) => kind === 'warned') ?? dated[0] ?? PASSED
  );
}

/** Of several CAs the best one counts: the others stay for the time of a change. */
export function judgeAuthorities(certificates: readonly X509Certificate[], nowMs: number): Verdict {
  const dated = certificates.map((certificate) => judgeDates(certificate, nowMs));
  return (
    dated.find(({ kind }) => kind === 'passed') ?? dated.find(({ kind }) => kind === 'warned') ?? dated[0] ?? PASSED
  );
}

function judgeDates(certificate: X509Certificate, nowMs: number): Verdict {
  const [fromMs, toMs] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  const who = subjectOf(certificate);
  if (nowMs < fromMs) return failed(`The certificate of ${who} is not valid before ${dayOf(fromMs)}.`);
  if (nowMs > toMs) return failed(`The certificate of ${who} has expired on ${dayOf(toMs)}.`);
  const days = Math.floor((toMs - nowMs) / DAY_MS);
  if (days < FEW_DAYS) return warned(`The certificate of ${who} expires on ${dayOf(toMs)}: ${daysLeft(days)}.`);
  return passed(`until ${dayOf(toMs)}`);
}

function daysLeft(days: number): string {
  return days === 0 ? 'less than a day is left' : days === 1 ? 'one day is left' : `${days} days are left`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function subjectOf({ subject }: X509Certificate): string {
  return printable(subject.replaceAll('\n', ', '), 200) || 'nobody';
}

function unusable(why: string): { readonly kind: 'unusable'; readonly why: string } {
  return { kind: 'unusable', why };
}
