// SPDX-License-Identifier: Apache-2.0
// The registry that is a file: reads it when it may have changed and at every interval, keeps the last good content
// whatever happens to the file. Times and order of reads are decided here; what a text means is decode.ts's.
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cancel } from '../../lib/clock.ts';
import { utf8Text } from '../../lib/utf8-text.ts';
import { compileSecrets } from '../decoding/secrets.ts';
import { parseYamlDocumentInSteps } from '../decoding/yaml-document.ts';
import { keepIdentity } from '../identity.ts';
import type { RegistryContext, RegistryKind } from '../kind.ts';
import { NOTHING_OUTSIDE, type Outside } from '../outside.ts';
import type { Content, ReadError, Reading, Registry, Slice } from '../registry.ts';
import { captureFile } from './capture.ts';
import { type Decoded, decodeDocument } from './decode.ts';
import { readFileDump } from './dump.ts';
import { type FileOptions, fileAttributes, fileFields } from './options.ts';
import { readBoundedFile } from './read-file.ts';
import { fileSources } from './sources.ts';
import { type WatchFile, watchFile } from './watch-file.ts';

/** A writer that truncates and then writes should be done when the file is read; what is read too early is read again. */
const SETTLE_MS = 100;

const isSecret = compileSecrets([]);

export const fileKind: RegistryKind<FileOptions> = {
  kind: 'file',
  fields: fileFields,
  modes: ['file'],
  hasSession: false,
  attributes: fileAttributes,
  assumedAddress: { key: 'path', value: 'registry.yaml' },
  create: (name, options, _scope, context) => new FileRegistry(name, options, context),
  capture: captureFile,
  readDump: readFileDump,
  ...fileSources,
};

export class FileRegistry implements Registry {
  readonly name: string;
  readonly #options: FileOptions;
  readonly #context: RegistryContext;
  readonly #watch: WatchFile;
  #reading: Reading;
  #slices: readonly Slice[];
  #onChange: () => void = () => {};
  /** What the bytes that were read last turned out to be, so that equal bytes are parsed once, also broken ones. */
  #lastDecoded: { readonly digest: string; readonly decoded: Decoded } | undefined;
  /** What the content came from: the same again needs no comparison. */
  #accepted: Decoded | undefined;
  #cancelTimer: Cancel = () => {};
  #cancelWatch: Cancel | undefined;
  #watchRefused = false;
  /** The read that runs now; undefined between reads. */
  #inFlight: Promise<void> | undefined;
  #hinted = false;
  #closed = false;

  constructor(name: string, options: FileOptions, context: RegistryContext, watch: WatchFile = watchFile) {
    this.name = name;
    this.#options = options;
    this.#context = context;
    this.#watch = watch;
    this.#reading = { kind: 'waiting', sinceMs: context.clock.now(), lastError: undefined };
    this.#slices = [this.#slice()];
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  outside(): Outside {
    return NOTHING_OUTSIDE;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#readNow();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#unwatch();
    await this.#inFlight;
  }

  #readNow(): void {
    this.#hinted = false;
    this.#watchAgain();
    this.#inFlight = this.#readOnce().then(() => {
      this.#inFlight = undefined;
      if (!this.#closed) this.#readAfter(this.#hinted ? SETTLE_MS : this.#options.pollIntervalMs);
    });
  }

  #readAfter(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#context.clock.after(delayMs, () => this.#readNow());
  }

  /** The first hint sets the time; further ones do not put it off, so a busy directory cannot starve the read. */
  #hint(): void {
    if (this.#closed || this.#hinted) return;
    this.#hinted = true;
    if (this.#inFlight === undefined) this.#readAfter(SETTLE_MS);
  }

  async #readOnce(): Promise<void> {
    const { clock, onRead } = this.#context;
    const startedMs = clock.now();
    const decoded = await this.#readAndDecode();
    if (this.#closed) return;
    const code = decoded.kind === 'services' ? '' : decoded.code;
    const outcome = code === '' ? 'ok' : 'error';
    onRead({ registry: this.name, mode: 'file', outcome, code, durationMs: clock.now() - startedMs });
    if (decoded.kind === 'services') this.#accept(decoded);
    else this.#fail({ code: decoded.code, message: decoded.message, atMs: clock.now() });
    this.#slices = [this.#slice()];
    this.#onChange();
  }

  async #readAndDecode(): Promise<
    Decoded | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  > {
    const { path, maxBytes } = this.#options;
    const read = await readBoundedFile(path, maxBytes);
    if (read.kind === 'failed') return read;
    const digest = createHash('sha256').update(read.bytes).digest('hex');
    if (this.#lastDecoded?.digest !== digest)
      this.#lastDecoded = { digest, decoded: await decodeBytes(read.bytes, this.name) };
    return this.#lastDecoded.decoded;
  }

  #accept(decoded: Decoded & { readonly kind: 'services' }): void {
    const former = contentOf(this.#reading);
    const isSameText = this.#accepted === decoded;
    const services =
      former !== undefined && isSameText ? former.services : keepIdentity(former?.services, decoded.services);
    this.#accepted = decoded;
    if (this.#reading.kind === 'stale') this.#context.log.info('file.recovered', { path: this.#options.path });
    const content = { services, problems: decoded.problems, readAtMs: this.#context.clock.now() };
    this.#reading = { kind: 'live', content };
  }

  #fail(error: ReadError): void {
    const reading = this.#reading;
    const former = reading.kind === 'live' ? undefined : reading.lastError;
    if (former?.message !== error.message)
      this.#context.log.warn('file.unreadable', { code: error.code, reason: error.message });
    // The directory itself may have been replaced: a new watch is set up with the next read.
    this.#unwatch();
    this.#reading =
      reading.kind === 'waiting'
        ? { kind: 'waiting', sinceMs: reading.sinceMs, lastError: error }
        : {
            kind: 'stale',
            content: reading.content,
            sinceMs: reading.kind === 'stale' ? reading.sinceMs : error.atMs,
            lastError: error,
          };
  }

  #watchAgain(): void {
    if (this.#cancelWatch !== undefined) return;
    try {
      this.#cancelWatch = this.#watch(
        this.#options.path,
        () => this.#hint(),
        (reason) => this.#watchFailed(reason),
      );
    } catch (cause) {
      this.#watchFailed(cause instanceof Error ? cause.message : String(cause));
    }
  }

  #unwatch(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = undefined;
  }

  /** Watches can run out on a machine, or the file system may have none: polling goes on, so it is told once and no more. */
  #watchFailed(reason: string): void {
    this.#cancelWatch = undefined;
    if (!this.#watchRefused)
      this.#context.log.info('file.watch_failed', { reason, pollIntervalMs: this.#options.pollIntervalMs });
    this.#watchRefused = true;
  }

  #slice(): Slice {
    const services = contentOf(this.#reading)?.services.size ?? 0;
    const matched = { services, ofServices: services };
    return { registry: this.name, kind: fileKind.kind, reading: this.#reading, scopeRevision: 0, matched };
  }
}

async function decodeBytes(bytes: Buffer, registry: string): Promise<Decoded> {
  const text = utf8Text(bytes);
  if (text === undefined) return { kind: 'unreadable', code: 'FILE_SYNTAX', message: 'The file is no UTF-8 text' };
  const document = await parseYamlDocumentInSteps(text, () => nextTurn());
  return decodeDocument(document, { registry, isSecret });
}

function contentOf(reading: Reading): Content | undefined {
  return reading.kind === 'waiting' ? undefined : reading.content;
}
