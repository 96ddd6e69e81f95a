// SPDX-License-Identifier: Apache-2.0
// Where istiod finds a release of the chart: `footbridge.fullname` and `footbridge.serverAddress` of charts/footbridge in words of
// this program. A test compares both for names of every form.
import { createHash } from 'node:crypto';
import type { HostPort } from '../lib/host-port.ts';

const CHART = 'footbridge';
const SERVE_PORT = 9902;
const LONGEST_PLAIN = 42;
const LONGEST_READABLE = 33;

export interface Release {
  readonly namespace: string;
  readonly name: string;
}

/** The release that a namespace has where nobody says otherwise. */
export const USUAL_RELEASE = CHART;

export function releaseAddress({ namespace, name }: Release): HostPort {
  return { host: `${serviceName(name)}.${namespace}.svc`, port: SERVE_PORT };
}

function serviceName(release: string): string {
  if (release === CHART) return release;
  if (release.length <= LONGEST_PLAIN && /^[a-z][-a-z0-9]*$/.test(release)) return `${release}-${CHART}`;
  const readable = release
    .replaceAll('.', '-')
    .replace(/^([0-9])/, 'r-$1')
    .slice(0, LONGEST_READABLE)
    .replace(/-$/, '');
  const hash = createHash('sha256').update(release).digest('hex').slice(0, 8);
  return `${readable}-${hash}-${CHART}`;
}
