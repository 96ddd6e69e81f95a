// Istio's own verdict on ServiceEntries, by way of the Go program in go/istiod/oracle.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { peerPath } from '../build/peers.ts';

/** For each spec (Istio's JSON form) in order: '' when Istio accepts it, else what it says. */
export async function askIstio(specs: readonly object[]): Promise<readonly string[]> {
  const oracle = spawn(peerPath('oracle'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answered = text(oracle.stdout);
  const ended = once(oracle, 'close');
  oracle.stdin.end(specs.map((spec, id) => `${JSON.stringify({ id, spec })}\n`).join(''));
  const lines = (await answered).split('\n').filter((line) => line !== '');
  await ended;
  if (oracle.exitCode !== 0 || lines.length !== specs.length) {
    throw new Error(
      `the oracle answered ${lines.length} of ${specs.length} questions and ended with ${oracle.exitCode}`,
    );
  }
  return lines.map((line) => {
    const { ok, error } = JSON.parse(line) as { readonly ok: boolean; readonly error?: string };
    return ok ? '' : (error ?? 'refused without a word');
  });
}
