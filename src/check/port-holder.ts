// SPDX-License-Identifier: Apache-2.0
// Which bridge answers on an admin port, as its own pages tell. Thin.
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { type HostPort, hostPortText } from '../lib/host-port.ts';
import { type HttpLimits, httpGet } from '../lib/http-ask.ts';
import { objectOf, textOf } from '../lib/json-value.ts';
import { parsedYaml } from '../lib/parsed-yaml.ts';

export interface PortHolder {
  readonly namespace: string;
  readonly instance: string;
  /** On which it serves. */
  readonly port: number;
}

const LIMITS: HttpLimits = { deadlineMs: 2_000, mostBytes: 4 * 1024 * 1024 };

/** undefined: no bridge tells there who it is. */
export async function portHolder(admin: HostPort, clock: Clock): Promise<PortHolder | undefined> {
  const answer = await httpGet(new URL(`http://${hostPortText(admin)}/debug/config`), LIMITS, clock);
  return answer.kind === 'answered' && answer.status === 200 ? readHolder(answer.text) : undefined;
}

function readHolder(yaml: string): PortHolder | undefined {
  const config = objectOf(parsedYaml(yaml, 100));
  const [namespace, instance] = [textOf(config?.['namespace']), textOf(config?.['instance'])];
  const port = objectOf(config?.['serve'])?.['port'];
  if (namespace === undefined || instance === undefined || typeof port !== 'number') return undefined;
  return { namespace, instance, port };
}

export function isBridgeOf({ namespace, instance, serve }: Config, holder: PortHolder | undefined): boolean {
  return holder?.namespace === namespace && holder.instance === instance && holder.port === serve.port;
}
