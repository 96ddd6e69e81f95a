// The schemas of the Kubernetes API with a validator, as a Python package in a virtual environment of its own.
import { join } from 'node:path';
import { buildStep, type Peer } from './peer.ts';
import { PYTHON } from './tool.ts';

const VERSION = '1.37.0';

export const kubernetesValidatePeer: Peer = {
  name: 'kubernetes-validate',
  cacheName: `kubernetes-validate-${VERSION}`,
  buildTools: [PYTHON],
  runTools: [],
  buildNotice: 'a download of about 20 MB',
  async build(target) {
    await buildStep('python3', ['-m', 'venv', target], '.');
    const install = [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `kubernetes-validate==${VERSION}`,
    ];
    await buildStep(join(target, 'bin/python'), install, '.');
  },
};

/** The Python of the environment that stands at `environment`: scripts in its `bin` name the folder that it was made in. */
export function kubernetesValidatePython(environment: string): string {
  return join(environment, 'bin/python');
}
