// A test file that runs in a network namespace of its own, where everything it starts is alone with it: Dubbo may listen on
// every address there, instances have addresses like those of an estate, and connections to virtual IPs can be led to Envoy.
// The namespace ends with the process, so there is nothing to clean up.
import { execFileSync } from 'node:child_process';
import { UNSHARE_NETWORK } from '../build/tool.ts';
import { type Namespace, runInside } from './run-inside.ts';
import type { Teardown } from './teardown.ts';

/** Of the loopback interface, the whole range is local. Instances may have any of it but the first. */
export const INSTANCE_RANGE = '10.20.0.0/24';
const OWN_ADDRESS = '10.20.0.1/24';
/** Our entries have virtual IPs of this range. There is a route to it, for callers, and nobody at its end. */
const VIRTUAL_RANGE = '241.0.0.0/8';
const NETWORK_OF_ITS_OWN: Namespace = {
  unshare: UNSHARE_NETWORK,
  variable: 'TEST_NETWORK_OF_ITS_OWN',
  title: 'in a network of its own',
};

/** Calls `suite`, which declares tests, inside a network namespace. Outside, the test file `file` is one test. */
export function inOwnNetwork(
  file: string,
  need: { readonly skip: string | false },
  suite: () => void | Promise<void>,
): void {
  runInside(file, need, NETWORK_OF_ITS_OWN, setUpNetwork, suite);
}

function setUpNetwork(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['address', 'add', OWN_ADDRESS, 'dev', 'lo']);
  execFileSync('ip', ['route', 'add', VIRTUAL_RANGE, 'dev', 'lo', 'src', '127.0.0.1']);
}

/**
 * An address that istiod takes for its own, since it is on no loopback interface; everything here reaches it, and what connects to it comes
 * from it.
 */
export function addOwnAddress(): string {
  const address = '10.30.0.1';
  execFileSync('ip', ['link', 'add', 'own', 'type', 'veth', 'peer', 'name', 'other']);
  execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'own']);
  for (const end of ['own', 'other']) execFileSync('ip', ['link', 'set', end, 'up']);
  return address;
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
