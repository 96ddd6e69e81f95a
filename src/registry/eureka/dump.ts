// SPDX-License-Identifier: Apache-2.0
// A saved answer of `/eureka/apps`, read as the living one is.

import { parsedJson } from '../../lib/json-value.ts';
import { compileSecrets } from '../decoding/secrets.ts';
import type { DumpContent } from '../dump.ts';
import { judgeScope, type ScopeOptions } from '../scope.ts';
import { decodeFull } from './decode.ts';
import { applyFull, EMPTY_ESTATE } from './estate.ts';
import type { EurekaOptions } from './options.ts';
import { outsideOf } from './outside.ts';
import { NOTHING_PUBLISHED, publish } from './published.ts';

const NOT_JSON = 'The answer is XML or HTML. Ask Eureka for JSON with the header `Accept: application/json`.';

/** As the living registry with this scope would publish it. */
export function readEurekaDump(
  raw: string,
  registry: string,
  options: EurekaOptions,
  scope: ScopeOptions,
): DumpContent {
  if (raw.trimStart().startsWith('<')) return { kind: 'unreadable', message: NOT_JSON };
  const listing = decodeFull(parsedJson(raw), compileSecrets(options.secretKeys));
  if (listing.kind === 'no-information')
    return { kind: 'unreadable', message: `The answer says nothing: ${listing.why}.` };
  const estate = applyFull(EMPTY_ESTATE, listing, { ...options, registry, judge: judgeScope(scope) });
  const { services, problems } = publish(estate, registry, NOTHING_PUBLISHED);
  return { kind: 'content', services, problems, outside: outsideOf(estate, undefined) };
}
