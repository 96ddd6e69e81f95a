// SPDX-License-Identifier: Apache-2.0
// A saved answer of `/eureka/apps`, read as the living one is.
import type { DumpContent } from '../dump.ts';
import { compileSecrets } from '../secrets.ts';
import { decodeFull } from './decode.ts';
import { applyFull, EMPTY_ESTATE } from './estate.ts';
import type { EurekaOptions } from './options.ts';
import { NOTHING_PUBLISHED, publish } from './published.ts';

const NOT_JSON = 'The answer is XML or HTML. Ask Eureka for JSON with the header `Accept: application/json`.';

export function readEurekaDump(raw: string, registry: string, options: EurekaOptions): DumpContent {
  if (raw.trimStart().startsWith('<')) return { kind: 'unreadable', message: NOT_JSON };
  const listing = decodeFull(parsed(raw), compileSecrets(options.secretKeys));
  if (listing.kind === 'no-information')
    return { kind: 'unreadable', message: `The answer says nothing: ${listing.why}.` };
  const estate = applyFull(EMPTY_ESTATE, listing, { ...options, registry });
  const { services, problems } = publish(estate, registry, NOTHING_PUBLISHED);
  return { kind: 'content', services, problems };
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
