// SPDX-License-Identifier: Apache-2.0
// Who may connect: the certificate that we show, the CAs that clients are verified against, and the list of those let in. All of it
// comes from files, which are followed. Who is turned away is counted each time, and told once in a while for each reason.
import type { Cancel, Clock } from '../../lib/clock.ts';
import { NowAndThen } from '../../lib/now-and-then.ts';
import { printable } from '../../lib/printable.ts';
import { textFrom, UnusableFile } from '../../lib/secret-files.ts';
import type { Log } from '../../observe/log.ts';
import type { RejectReason, ServeObserver } from '../observer.ts';
import { type AccessList, type AccessVerdict, readAccessList } from './access-list.ts';
import type { CertificateNames } from './certificate-names.ts';
import { FollowedFiles } from './followed-files.ts';
import {
  isSameCertificate,
  mustBeCurrent,
  readServingCertificate,
  type ServingCertificate,
} from './serving-certificate.ts';
import type { MinVersion } from './tls-listener.ts';

export interface ServeTls {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Mutual TLS: the CAs that sign clients. undefined: clients show no certificate. */
  readonly clientCaFile: string | undefined;
  readonly minVersion: MinVersion;
}

export interface AccessOptions {
  /** undefined: plaintext. */
  readonly tls: ServeTls | undefined;
  /** undefined: everybody who can connect. */
  readonly accessListFile: string | undefined;
}

export interface AccessDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly observer: ServeObserver;
}

/** What is known of it, as plain values. */
export interface AccessView {
  /** undefined: plaintext. */
  readonly tls: { readonly isMutual: boolean; readonly names: readonly string[]; readonly untilMs: number } | undefined;
  readonly accessList: { readonly allow: number | undefined; readonly deny: number } | undefined;
  /** Sentences: files that hold what is not in use. */
  readonly refused: readonly { readonly files: ServedFiles; readonly why: string }[];
}

export type ServedFiles = Parameters<ServeObserver['filesRefused']>[0];

const SAY_EVERY_MS = 60_000;

export class Access {
  readonly #deps: AccessDeps;
  #certificate: FollowedFiles<ServingCertificate> | undefined;
  #list: FollowedFiles<AccessList> | undefined;
  #onCertificate: (certificate: ServingCertificate) => void = () => {};
  #onList: () => void = () => {};
  #isEncrypted: (peer: string) => boolean = () => false;
  readonly #said: Readonly<Record<RejectReason, NowAndThen>>;

  constructor(deps: AccessDeps) {
    this.#deps = deps;
    const rarely = () => new NowAndThen(SAY_EVERY_MS, deps.clock);
    this.#said = { handshake: rarely(), nameless: rarely(), denied: rarely(), crowded: rarely() };
  }

  /** Reads the files and follows them until the cancel that is returned. Rejects with an UnusableFile. */
  async open({ tls, accessListFile }: AccessOptions): Promise<Cancel> {
    if (tls !== undefined) this.#certificate = await this.#followCertificate(tls);
    if (accessListFile !== undefined) this.#list = await this.#followList(accessListFile);
    return () => {
      this.#certificate?.close();
      this.#list?.close();
    };
  }

  get certificate(): ServingCertificate | undefined {
    return this.#certificate?.content;
  }

  /** Told of every renewal. */
  onCertificate(use: (certificate: ServingCertificate) => void): void {
    this.#onCertificate = use;
  }

  /** Asked about `address:port` of a client that is connected. */
  askWhetherEncrypted(isEncrypted: (peer: string) => boolean): void {
    this.#isEncrypted = isEncrypted;
  }

  /** Whether this client came in over TLS. */
  isEncrypted(peer: string): boolean {
    return this.#isEncrypted(peer);
  }

  /** Told when another list holds: who is connected may no longer be. */
  onList(review: () => void): void {
    this.#onList = review;
  }

  /** `names`: of the client's verified certificate; undefined where it showed none. */
  verdictOn(names: CertificateNames | undefined): AccessVerdict {
    return this.#list?.content.verdictOn(names) ?? { kind: 'allowed' };
  }

  view(): AccessView {
    const certificate = this.#certificate?.content;
    const list = this.#list?.content;
    return {
      tls: certificate && {
        isMutual: certificate.clientCa !== undefined,
        names: certificate.names,
        untilMs: certificate.untilMs,
      },
      accessList: list && { allow: list.allow?.length, deny: list.deny.length },
      refused: [
        ...refusedBy('certificate', this.#certificate?.refused),
        ...refusedBy('access-list', this.#list?.refused),
      ],
    };
  }

  /** `why` ends a sentence. */
  rejected(peer: string, reason: RejectReason, why: string): void {
    const times = this.#said[reason].count();
    const shown = printable(why, 300);
    this.#deps.observer.rejected(peer, { reason, why: shown, isNews: times !== undefined });
    if (times !== undefined) this.#deps.log.warn('client.rejected', { peer, reason, why: shown, times });
  }

  async #followCertificate(tls: ServeTls): Promise<FollowedFiles<ServingCertificate>> {
    const { clock, log } = this.#deps;
    const { certificateFile, keyFile, clientCaFile } = tls;
    const followed = await FollowedFiles.open({
      paths: [certificateFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])],
      read: async () => {
        const read = await readServingCertificate(tls);
        const inUse = this.certificate;
        // At the start there is nothing better, and the port in plaintext beside this one may be what keeps istiod going.
        if (inUse !== undefined && !isSameCertificate(read, inUse)) mustBeCurrent(read, certificateFile, clock.now());
        return read;
      },
      isSame: isSameCertificate,
      clock,
      onChange: (certificate) => {
        log.info('serve.certificate_renewed', describe(certificate));
        this.#onCertificate(certificate);
      },
      onRefused: (why) => this.#refused('certificate', why),
    });
    log.info('serve.certificate', describe(followed.content));
    try {
      mustBeCurrent(followed.content, certificateFile, clock.now());
    } catch (thrown) {
      if (!(thrown instanceof UnusableFile)) throw thrown;
      log.error('serve.certificate_unusable', { why: thrown.message, effect: 'clients that verify it do not connect' });
    }
    return followed;
  }

  async #followList(file: string): Promise<FollowedFiles<AccessList>> {
    const { clock, log } = this.#deps;
    return FollowedFiles.open({
      paths: [file],
      async read() {
        const reading = readAccessList(await textFrom(file));
        if (reading.kind === 'list') return reading.list;
        throw new UnusableFile(`File ${file} is no access list: ${reading.why}`);
      },
      isSame: (one, other) => one.text === other.text,
      clock,
      onChange: ({ allow, deny }) => {
        log.info('serve.access_list_changed', { allow: allow?.length, deny: deny.length });
        this.#onList();
      },
      onRefused: (why) => this.#refused('access-list', why),
    });
  }

  #refused(files: ServedFiles, why: string): void {
    const { log, observer } = this.#deps;
    log.error('serve.files_refused', { files, why, effect: 'what was in use before stays in use' });
    observer.filesRefused(files, why);
  }
}

function describe({ names, untilMs }: ServingCertificate) {
  return { names, until: new Date(untilMs).toISOString() };
}

function refusedBy(files: ServedFiles, why: string | undefined): AccessView['refused'] {
  return why === undefined ? [] : [{ files, why: `${why}.` }];
}
