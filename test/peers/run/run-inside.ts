// A test file that needs a namespace of its own: outside it is one test, which runs the file once more inside. What is inside
// reports for itself, above that one test's line.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { test } from 'node:test';

export interface Namespace {
  /** Arguments of `unshare`. */
  readonly unshare: readonly string[];
  /**
   * The variable that tells the second run of a file that it is inside. Not FOOTBRIDGE_…: a bridge that the test starts inherits
   * it, and refuses what it does not know.
   */
  readonly variable: string;
  /** Completes "<file> with …" or "<file> in …" as the name of the one test. */
  readonly title: string;
}

/** Inside, calls `setUp` and then `suite`, which declares tests. The namespace ends with the process. */
export function runInside(
  file: string,
  need: { readonly skip: string | false },
  namespace: Namespace,
  setUp: () => void,
  suite: () => void | Promise<void>,
): void {
  if (process.env[namespace.variable] === undefined) {
    test(`${basename(file)} ${namespace.title}`, need, () => runAgain(file, namespace));
    return;
  }
  // A signal would end Node without its `exit` event, at which the programs that tests started are ended.
  process.once('SIGTERM', () => process.exit(1));
  setUp();
  void suite();
}

async function runAgain(file: string, { unshare, variable }: Namespace): Promise<void> {
  const inside = spawn('unshare', [...unshare, process.execPath, ...process.execArgv, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, [variable]: '1' },
  });
  const report: string[] = [];
  inside.stdout.setEncoding('utf8').on('data', (text: string) => {
    report.push(text);
    process.stdout.write(text);
  });
  const end = () => inside.kill('SIGTERM');
  process.once('exit', end);
  const [code, signal] = await once(inside, 'close');
  process.off('exit', end);
  if (code !== 0) assert.fail(`inside it ended with ${code ?? signal}: ${failures(report.join(''))}`);
}

/** What the report says last, of those that failed: where many files run, the whole of it stands far above. */
function failures(report: string): string {
  const [, failing] = report.split(/^✖ failing tests:$/m);
  return failing ?? 'see its report above';
}
