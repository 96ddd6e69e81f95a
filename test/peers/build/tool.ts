// The programs of this machine that building and running the peers needs: each is asked for first, so that what is missing
// is said in one sentence instead of in the middle of a build.
import { spawnSync } from 'node:child_process';

export interface Tool {
  readonly command: string;
  readonly versionArguments: readonly string[];
  /** What is missing without it, where that is not the command. */
  readonly name?: string;
  /** Completes "… is missing: ". */
  readonly purpose: string;
}

export const GO: Tool = {
  command: 'go',
  versionArguments: ['version'],
  purpose: 'Go 1.21 or newer builds istiod, Pilot and the programs on their libraries',
};
export const JAVA: Tool = {
  command: 'java',
  versionArguments: ['-version'],
  purpose: 'a JDK 17 or newer runs Eureka, ZooKeeper and the applications that register there',
};
export const MAVEN: Tool = {
  command: 'mvn',
  versionArguments: ['--version'],
  purpose: 'Maven 3.8 or newer builds Eureka, ZooKeeper and the applications that register there',
};
export const PYTHON: Tool = {
  command: 'python3',
  versionArguments: ['-c', 'import ensurepip, venv'],
  purpose: 'Python 3 with venv fetches Envoy',
};
export const PROMETHEUS: Tool = {
  command: 'prometheus',
  versionArguments: ['--version'],
  purpose: 'Prometheus 2.42 or newer scrapes real bridges and answers the queries of the dashboards',
};
export const PROMTOOL: Tool = {
  command: 'promtool',
  versionArguments: ['--version'],
  purpose: 'it comes with Prometheus and judges metrics and alerts',
};
export const CHROMIUM: Tool = {
  command: 'chromium',
  versionArguments: ['--version'],
  purpose: 'Chromium opens the status page and draws the pictures of the dashboards',
};
/** Makes a network namespace for the command that follows: as a pretended root where the user is none. */
export const UNSHARE_NETWORK: readonly string[] = [...(process.getuid?.() === 0 ? [] : ['--map-root-user']), '--net'];
export const NETWORK_NAMESPACE: Tool = {
  name: 'A network namespace',
  command: 'unshare',
  versionArguments: [...UNSHARE_NETWORK, 'sh', '-c', 'ip link set lo up && iptables --table nat --list-rules'],
  purpose:
    'Dubbo listens on every address and runs in one of its own, which takes root (or user namespaces), iproute2 and iptables',
};

/** One sentence for the tool if it cannot be run here, else undefined. */
export function missingSentence(tool: Tool): string | undefined {
  const asked = spawnSync(tool.command, tool.versionArguments, { stdio: 'ignore' });
  if (asked.error === undefined && asked.status === 0) return undefined;
  return `${tool.name ?? tool.command} is missing: ${tool.purpose}.`;
}
