// SPDX-License-Identifier: Apache-2.0
// The check of a mesh config in a file, by the same knowledge as `footbridge mesh-config --check`.
import { findingSentence, isFailure } from '../fleet/finding-table.ts';
import { judgeSourceList } from '../fleet/judge-sources.ts';
import { type ConfigSource, readMeshConfig } from '../fleet/mesh-config.ts';
import { readSourceAddress } from '../fleet/source-address.ts';
import { counted } from '../lib/counted.ts';
import { type HostPort, hostPortText } from '../lib/host-port.ts';
import { readTextFile } from '../lib/read-text.ts';
import { type Category, check, failed, passed, type Verdict, warned } from './check.ts';

/** `server`: the bridge that should be listed; undefined: none was named. */
export function meshConfigChecks(path: string, server: HostPort | undefined): Category {
  const lists = check('mesh-config-sources', () => judgeFile(path, server), { subject: path });
  return { title: 'mesh config', checks: [lists] };
}

async function judgeFile(path: string, server: HostPort | undefined): Promise<Verdict> {
  const file = await readTextFile(path);
  if (file.kind === 'unreadable') return failed(file.message);
  const reading = readMeshConfig(file.text);
  return reading.kind === 'unreadable' ? failed(reading.why) : judgeList(reading.sources, server);
}

/** A bridge that is not in the list may be there by another name. */
export function judgeList(sources: readonly ConfigSource[], server: HostPort | undefined): Verdict {
  const findings = judgeSourceList(sources);
  const isListed = server === undefined || sources.some(({ address }) => leadsTo(address, server));
  const causes = [
    ...findings.map(findingSentence),
    ...(isListed ? [] : [`It does not list ${hostPortText(server)}. That is well where one of its names leads there.`]),
  ];
  if (findings.some(isFailure)) return failed(...causes);
  return causes.length > 0 ? warned(...causes) : passed(counted(sources.length, 'source'));
}

function leadsTo(address: string, { host, port }: HostPort): boolean {
  const read = readSourceAddress(address);
  return read.kind === 'xds' && read.server.host.toLowerCase() === host.toLowerCase() && read.server.port === port;
}
