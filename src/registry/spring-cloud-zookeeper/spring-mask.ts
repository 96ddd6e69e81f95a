// SPDX-License-Identifier: Apache-2.0
// What may stand in a dump of such a tree: data of nodes that decodes to what the living tree decodes to, with every secret
// masked; and names without what Dubbo puts into them below the same root.
import { parsedJson } from '../../lib/json-value.ts';
import { type Masking, maskSecrets, maskText } from '../decoding/mask-secrets.ts';
import type { TreeMask } from '../zookeeper/tree/tree-dump.ts';
import { ENCODED_URL } from './spring-plan.ts';

/** A host, an address, a port: what Curator and Dubbo put into nodes that are no records. */
const PLAIN_WORD = /^[\w.:-]{0,253}$/;

export function createSpringMask(masking: Masking): TreeMask {
  return {
    // Nothing reads such a node: its scheme is enough to see what it is.
    name: (name) => ENCODED_URL.exec(name)?.[0] ?? maskText('', name, masking),
    data: (text) => maskData(text, masking),
  };
}

/** What is neither JSON nor a plain word is left out: nobody can tell where a secret stands in it. */
function maskData(text: string, masking: Masking): string {
  if (PLAIN_WORD.test(text)) return text;
  const document = parsedJson(text);
  return document === undefined ? '' : JSON.stringify(maskSecrets(document, masking));
}
