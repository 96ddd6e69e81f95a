// A program that a test runs: started, watched and ended by its process id. All that it prints is kept, in memory for
// questions and under .cache/peers/logs for people.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const LOG_FOLDER = join(import.meta.dirname, '../../../.cache/peers/logs');
/** What a polite request to end may take before the process is killed. */
const STOP_DEADLINE_MS = 20_000;

export interface Program {
  /** For logs and messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** It reads commands (`say`), and ends when whoever gives them is gone. */
  readonly takesCommands?: boolean;
}

const running = new Set<ChildProcess>();
let started = 0;

// The last resort: a test run that dies leaves no process behind.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Child {
  readonly name: string;
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #logFile: string;

  constructor({ name, command, args, cwd, env, takesCommands = false }: Program) {
    this.name = name;
    mkdirSync(LOG_FOLDER, { recursive: true });
    started += 1;
    this.#logFile = join(LOG_FOLDER, `${process.pid}-${String(started).padStart(3, '0')}-${name}.log`);
    this.#process = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: [takesCommands ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    running.add(this.#process);
    this.#ended = this.#watch();
  }

  async #watch(): Promise<void> {
    const log = createWriteStream(this.#logFile);
    const { stdout, stderr } = this.#process;
    for (const input of [stdout, stderr]) {
      if (input === null) continue;
      createInterface({ input }).on('line', (line) => {
        this.lines.push(line);
        log.write(`${line}\n`);
      });
    }
    // A program that ended reads nothing more: what it was told last shows in how it ended.
    this.#process.stdin?.on('error', () => undefined);
    this.#process.once('error', (error) => this.lines.push(`could not be started: ${error.message}`));
    await once(this.#process, 'close').catch(() => undefined);
    running.delete(this.#process);
    log.end();
  }

  get isRunning(): boolean {
    return running.has(this.#process);
  }

  /** Resolves when the process is gone and all that it printed was read. */
  async ended(): Promise<{ readonly code: number | null; readonly signal: string | null }> {
    await this.#ended;
    return { code: this.#process.exitCode, signal: this.#process.signalCode };
  }

  /** Asks to end, and kills what does not. */
  async stop(): Promise<void> {
    this.#signal('SIGCONT');
    this.#signal('SIGTERM');
    const patience = new AbortController();
    const tooLong = pause(STOP_DEADLINE_MS, 'too long', { signal: patience.signal }).catch(() => undefined);
    if ((await Promise.race([this.#ended, tooLong])) === 'too long') this.#signal('SIGKILL');
    patience.abort();
    await this.#ended;
  }

  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#ended;
  }

  /** Freezes the process: its sockets stay open and answer nothing. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** From now on no file that it writes may be larger: what a full disk does, without filling one. */
  limitFileSize(bytes: number): void {
    execFileSync('prlimit', ['--pid', String(this.#process.pid), `--fsize=${bytes}`]);
  }

  /** One line on its standard input. */
  say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  signal(name: 'SIGHUP' | 'SIGTERM' | 'SIGINT'): void {
    this.#signal(name);
  }

  /** For messages: how it ended, if it did, the last lines and where the rest stands. */
  describe(): string {
    const state = this.isRunning
      ? 'runs'
      : `ended (${this.#process.exitCode ?? this.#process.signalCode ?? 'never started'})`;
    return `${this.name} ${state}, ${this.#logFile}:\n${this.lines.slice(-15).join('\n')}`;
  }

  #signal(name: NodeJS.Signals): void {
    if (this.isRunning) this.#process.kill(name);
  }
}
