// A test file that runs in a network namespace of its own, where everything it starts is alone with it: Dubbo may listen on
// every address there, instances have addresses like those of an estate, and connections to virtual IPs can be led to Envoy.
// The namespace ends with the process, so there is nothing to clean up.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { test } from 'node:test';
import { UNSHARE_NETWORK } from '../build/tool.ts';
import type { Teardown } from './teardown.ts';

/** Of the loopback interface, the whole range is local. Instances may have any of it but the first. */
export const INSTANCE_RANGE = '10.20.0.0/24';
const OWN_ADDRESS = '10.20.0.1/24';
/** Our entries have virtual IPs of this range. There is a route to it, for callers, and nobody at its end. */
const VIRTUAL_RANGE = '241.0.0.0/8';
/** Tells the second run of a file that it is inside. Not FOOTBRIDGE_…: the bridge inherits it, and refuses what it does not know. */
const INSIDE = 'TEST_NETWORK_OF_ITS_OWN';

/**
 * Calls `suite`, which declares tests, inside a network namespace. Outside, the test file `file` is one test: it runs that file
 * once more inside, and fails if anything fails there. What is inside reports for itself, above that one test's line.
 */
export function inOwnNetwork(
  file: string,
  need: { readonly skip: string | false },
  suite: () => void | Promise<void>,
): void {
  if (process.env[INSIDE] === undefined) {
    test(`${basename(file)} in a network of its own`, need, () => runInside(file));
    return;
  }
  // A signal would end Node without its `exit` event, at which the programs that tests started are ended.
  process.once('SIGTERM', () => process.exit(1));
  setUpNetwork();
  void suite();
}

async function runInside(file: string): Promise<void> {
  const inside = spawn('unshare', [...UNSHARE_NETWORK, process.execPath, ...process.execArgv, file], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, [INSIDE]: '1' },
  });
  const end = () => inside.kill('SIGTERM');
  process.once('exit', end);
  const [code, signal] = await once(inside, 'close');
  process.off('exit', end);
  assert.deepEqual({ code, signal }, { code: 0, signal: null }, 'tests failed inside; their report stands above');
}

function setUpNetwork(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['address', 'add', OWN_ADDRESS, 'dev', 'lo']);
  execFileSync('ip', ['route', 'add', VIRTUAL_RANGE, 'dev', 'lo', 'src', '127.0.0.1']);
}

/**
 * Leads TCP connections to virtual IPs to `port`, where Envoy has its outbound listener, until the teardown. Envoy itself
 * connects to instances only, so it needs no exception.
 */
export function redirectVirtualIps(teardown: Teardown, port: number): void {
  const rule = `OUTPUT --protocol tcp --destination ${VIRTUAL_RANGE} --jump REDIRECT --to-ports ${port}`.split(' ');
  execFileSync('iptables', ['--table', 'nat', '--append', ...rule]);
  teardown.add('the redirection to Envoy', () => {
    execFileSync('iptables', ['--table', 'nat', '--delete', ...rule]);
  });
}
