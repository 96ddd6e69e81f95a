// The Node that the image ships, whatever runs the tests: it comes as an npm package of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStep, type Peer } from './peer.ts';

const VERSION = '24.21.0';
const PACKAGE = `node-linux-${process.arch}`;

export const nodePeer: Peer = {
  name: 'Node 24',
  cacheName: `node-${VERSION}`,
  buildTools: [],
  runTools: [],
  buildNotice: 'a download of about 60 MB',
  async build(target) {
    mkdirSync(target, { recursive: true });
    // A package of its own: npm would otherwise look upwards and find this repository's.
    writeFileSync(join(target, 'package.json'), '{ "private": true }\n');
    await buildStep(
      'npm',
      ['install', '--silent', '--no-save', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`],
      target,
    );
  },
};

/** The binary inside the folder that stands at `folder`. */
export function nodeBinary(folder: string): string {
  return join(folder, 'node_modules', PACKAGE, 'bin/node');
}
