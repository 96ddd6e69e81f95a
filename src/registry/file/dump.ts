// SPDX-License-Identifier: Apache-2.0
// A registry file, read once.

import { compileSecrets } from '../decoding/secrets.ts';
import type { DumpContent } from '../dump.ts';
import { decodeFile } from './decode.ts';

export function readFileDump(raw: string, registry: string): DumpContent {
  const decoded = decodeFile(raw, { registry, isSecret: compileSecrets([]) });
  if (decoded.kind === 'unreadable') return { kind: 'unreadable', message: `${decoded.message}.` };
  return { kind: 'content', services: decoded.services, problems: decoded.problems };
}
