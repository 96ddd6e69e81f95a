// SPDX-License-Identifier: Apache-2.0
// What PEM files hold, judged: certificates and their dates, and whether a key belongs to a certificate. Pure.
import type { KeyObject, X509Certificate } from 'node:crypto';
import { printable } from '../lib/printable.ts';
import { failed, PASSED, passed, type Verdict, warned } from './check.ts';

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
