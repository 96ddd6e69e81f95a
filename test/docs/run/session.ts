// The commands of one page, run as a reader runs them: one after the other, those that stay in terminals of their own until the
// page ends, where they are sent Ctrl-C.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { waitFor } from '../../peers/run/wait-for.ts';
import type { Step } from '../console-block.ts';
import { hasPrintedAsPromised, printsAsPromised } from '../printed.ts';
import type { ScratchClone } from './scratch-clone.ts';

export class Session {
  readonly #clone: ScratchClone;
  #staying: readonly { readonly terminal: Terminal; readonly untilPageEnds: boolean }[] = [];

  constructor(t: TestContext, clone: ScratchClone) {
    this.#clone = clone;
    t.after(() => {
      for (const { terminal } of this.#staying) terminal.signal('SIGKILL');
    });
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'file':
        return this.#clone.write(step.path, step.text);
      case 'run':
        return this.#run(step);
      case 'stay':
        return this.#stay(step);
      case 'end':
        return this.#end(({ untilPageEnds }) => !untilPageEnds);
    }
  }

  /** Ctrl-C in every terminal, the newest first: every command has to end. */
  end(): Promise<void> {
    return this.#end(() => true);
  }

  async #end(isOver: (staying: { readonly untilPageEnds: boolean }) => boolean): Promise<void> {
    const over = this.#staying.filter(isOver);
    this.#staying = this.#staying.filter((staying) => !isOver(staying));
    for (const { terminal } of over.reverse()) {
      terminal.signal('SIGINT');
      await waitFor(() => !terminal.isOpen, `Ctrl-C ends: ${terminal.describe()}`);
    }
  }

  async #run({ script, exit, output }: Step & { readonly kind: 'run' }): Promise<void> {
    const terminal = new Terminal(this.#clone, script);
    await waitFor(() => !terminal.isOpen, `it ends: ${terminal.describe()}`).finally(() => terminal.signal('SIGKILL'));
    const said = terminal.describe();
    assert.equal(terminal.exitCode, exit, said);
    if (output !== undefined)
      assert.ok(printsAsPromised(output, terminal.lines), `promised:\n${output.join('\n')}\n\n${said}`);
  }

  async #stay({ script, untilPageEnds, output = ['…'] }: Step & { readonly kind: 'stay' }): Promise<void> {
    const terminal = new Terminal(this.#clone, script);
    this.#staying = [...this.#staying, { terminal, untilPageEnds }];
    await waitFor(
      () => terminal.lines.length > 0 && hasPrintedAsPromised(output, terminal.lines),
      `promised:\n${output.join('\n')}\n\nwhile it runs`,
      20_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${terminal.describe()}`);
    });
    assert.ok(terminal.isOpen, `it ended by itself: ${terminal.describe()}`);
  }
}

/** A shell with a process group of its own, as a terminal has it: a signal reaches everything in it. */
class Terminal {
  readonly #clone: ScratchClone;
  readonly #script: string;
  readonly #shell: ChildProcess;
  #text = '';
  #isOpen = true;

  constructor(clone: ScratchClone, script: string) {
    this.#clone = clone;
    this.#script = script;
    this.#shell = spawn('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${clone.ofThisRun(script)}`], {
      cwd: clone.folder,
      env: { ...process.env, ...clone.env },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    this.#shell.stdout?.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('utf8');
    });
    void once(this.#shell, 'close').then(() => {
      this.#isOpen = false;
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get exitCode(): number | null {
    return this.#shell.exitCode;
  }

  get lines(): readonly string[] {
    const text = this.#clone.ofThePages(this.#text.trimEnd());
    return text === '' ? [] : text.split('\n');
  }

  signal(name: 'SIGINT' | 'SIGKILL'): void {
    if (this.#isOpen && this.#shell.pid !== undefined) process.kill(-this.#shell.pid, name);
  }

  describe(): string {
    return `$ ${this.#script.trim()}\n${this.lines.join('\n')}\n(exit code ${this.exitCode})`;
  }
}
