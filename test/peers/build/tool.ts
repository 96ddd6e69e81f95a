// The programs of this machine that building and running the peers needs: each is asked for first, so that what is missing
// is said in one sentence instead of in the middle of a build.
import { spawnSync } from 'node:child_process';

export interface Tool {
  readonly command: string;
  readonly versionArguments: readonly string[];
  /** Completes "… is missing: ". */
  readonly purpose: string;
}

export const GO: Tool = {
  command: 'go',
  versionArguments: ['version'],
  purpose: 'Go 1.21 or newer builds istiod and its validation oracle',
};
export const JAVA: Tool = {
  command: 'java',
  versionArguments: ['-version'],
  purpose: 'a JDK 17 or newer runs the Eureka server',
};
export const MAVEN: Tool = {
  command: 'mvn',
  versionArguments: ['--version'],
  purpose: 'Maven 3.8 or newer builds the Eureka server',
};
export const PYTHON: Tool = {
  command: 'python3',
  versionArguments: ['-c', 'import ensurepip, venv'],
  purpose: 'Python 3 with venv fetches Envoy',
};

/** One sentence for the tool if it cannot be run here, else undefined. */
export function missingSentence(tool: Tool): string | undefined {
  const asked = spawnSync(tool.command, tool.versionArguments, { stdio: 'ignore' });
  if (asked.error === undefined && asked.status === 0) return undefined;
  return `${tool.command} is missing: ${tool.purpose}.`;
}
