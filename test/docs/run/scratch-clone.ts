// A folder that looks to a reader's commands like a clone after `npm ci`, where `footbridge` is the bundle. Ports and servers that
// the pages name are replaced by those of this run, and what commands print is told with the names of the pages.
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { tempDir } from '../../fakes/temp-dir.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { startExampleServers } from './example-servers.ts';

/** What the program and `npm` read of a clone. */
const COPIED = ['.npmrc', 'dist', 'package-lock.json', 'package.json', 'src', 'tools', 'tsconfig.json', 'examples'];
const LINKED = ['node_modules', 'vendor'];

export class ScratchClone {
  readonly folder: string;
  /** What stands in the pages → what it is in this run. */
  readonly #names: ReadonlyMap<string, string>;

  private constructor(folder: string, names: ReadonlyMap<string, string>) {
    this.folder = folder;
    this.#names = names;
  }

  static async create(t: TestContext): Promise<ScratchClone> {
    const ports = [
      ['9902', String(await freePort())],
      ['9903', String(await freePort())],
    ] as const;
    const clone = new ScratchClone(tempDir(t), new Map([...ports, ...(await startExampleServers(t))]));
    for (const name of COPIED) cpSync(name, join(clone.folder, name), { recursive: true });
    for (const name of LINKED) symlinkSync(join(process.cwd(), name), join(clone.folder, name));
    for (const file of ['eureka', 'dubbo', 'spring-cloud-zookeeper', 'file-registry'].map(
      (name) => `examples/${name}/footbridge.yaml`,
    ))
      clone.write(file, readFileSync(file, 'utf8'));
    // `explain` asks the port that every bridge has by default; here it is another one.
    const asked = `case "$*" in *--server*|*--dump*) ;; explain*) set -- "$@" --server http://127.0.0.1:${clone.ofThisRun('9903')};; esac`;
    clone.#command(
      'footbridge',
      `${asked}\nexec "${process.execPath}" "${join(clone.folder, 'dist/footbridge.mjs')}" "$@"`,
    );
    // The folder is as `npm ci` leaves it; a test with a real clone runs the real one (test/ops/docs).
    clone.#command('npm', `[ "$1" = ci ] && exit 0\nPATH='${process.env['PATH'] ?? ''}' exec npm "$@"`);
    return clone;
  }

  write(path: string, text: string): void {
    const target = join(this.folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, this.ofThisRun(text));
  }

  /** Text of a page, with the ports and servers of this run. */
  ofThisRun(text: string): string {
    return [...this.#names].reduce((done, [name, real]) => replaceWhole(done, name, real), text);
  }

  /** What a command printed, with the ports and servers of the pages. */
  ofThePages(text: string): string {
    return [...this.#names].reduceRight((done, [name, real]) => replaceWhole(done, real, name), text);
  }

  get env(): Readonly<Record<string, string>> {
    return {
      PATH: `${join(this.folder, '.commands')}${delimiter}${process.env['PATH'] ?? ''}`,
      FOOTBRIDGE_SERVE_PORT: this.ofThisRun('9902'),
      FOOTBRIDGE_ADMIN_PORT: this.ofThisRun('9903'),
      // Nobody is to be told of the end here.
      FOOTBRIDGE_SHUTDOWN_DRAIN_DELAY: '0s',
      FOOTBRIDGE_SHUTDOWN_STAGGER: '0s',
    };
  }

  #command(name: string, body: string): void {
    const path = join(this.folder, '.commands', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
}

/** Not inside a longer number or name. */
function replaceWhole(text: string, from: string, to: string): string {
  return text.replaceAll(new RegExp(`(?<![\\w.-])${from.replaceAll('.', '\\.')}(?!\\w)`, 'g'), to);
}
