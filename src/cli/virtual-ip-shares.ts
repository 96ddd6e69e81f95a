// SPDX-License-Identifier: Apache-2.0
// `footbridge mesh-config --virtual-ips RANGE`: a part of the range for each bridge, as its configuration says it.
import { quoted, readBridgeWords } from '../fleet/bridge-list.ts';
import { printShares, type Sharing, type SharingBridge, shareRange } from '../fleet/share-range.ts';
import { distinctBy } from '../lib/distinct-by.ts';
import { hostPortText } from '../lib/host-port.ts';
import { type Cidr, parseCidr } from '../lib/ip.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';

/** Parts of a /8 are /16, with 65,024 addresses each. */
const MORE_BITS = 8;
/** A part of one /24 has 254 addresses; smaller ones are of no use to anybody. */
const LONGEST_PREFIX = { 4: 24, 6: 112 } as const;

/** `words`: bridges, each alone or with the part that it keeps: `payments=241.7.0.0/16`. `listed`: those of a file. */
export function giveShares(
  { output, exit }: CommandContext,
  range: string,
  words: readonly string[],
  listed: readonly string[],
): void {
  const given = sharesOf(range, words, listed);
  switch (given.kind) {
    case 'shared':
      output.data(printShares(given.parts));
      return;
    case 'refused':
      output.talk(given.why);
      exit(EXIT.usage);
      return;
    case 'overlapping':
      for (const [one, other] of given.pairs)
        output.talk(`VIRTUAL_IP_RANGES_OVERLAP ${one}, ${other}: give one of them another range.`);
      exit(EXIT.found);
  }
}

type Given = Exclude<Sharing, { readonly kind: 'exhausted' }> | { readonly kind: 'refused'; readonly why: string };

function sharesOf(range: string, words: readonly string[], listed: readonly string[]): Given {
  const cidr = parseCidr(range);
  const bits = (cidr?.bits ?? 0) + MORE_BITS;
  if (cidr === undefined || bits > LONGEST_PREFIX[cidr.family])
    return refused(`--virtual-ips ${quoted(range)} is no range of /16 or larger (IPv6: /104), as 241.0.0.0/8 is.`);
  const bridges: SharingBridge[] = [];
  for (const word of words) {
    const bridge = readSharing(word, cidr);
    if (typeof bridge === 'string') return refused(bridge);
    bridges.push(bridge);
  }
  const sharing = shareRange(
    cidr,
    bits,
    // The first one counts: a bridge that is named with what it keeps may stand in the file too.
    distinctBy([...bridges, ...listed.map((address) => ({ address, kept: undefined }))], ({ address }) => address),
  );
  if (sharing.kind !== 'exhausted') return sharing;
  const free = bridges.some(({ kept }) => kept !== undefined)
    ? ', and what is kept leaves too few of them free'
    : ', fewer than there are bridges';
  return refused(`${range} has ${sharing.parts} parts of /${bits}${free}.`);
}

function refused(why: string): Given {
  return { kind: 'refused', why };
}

function readSharing(word: string, { family }: Cidr): SharingBridge | string {
  const [name = '', written] = word.split('=');
  const read = readBridgeWords([name]);
  if (read.kind === 'unreadable') return read.why;
  const kept = written === undefined ? undefined : parseCidr(written);
  if (written !== undefined && kept?.family !== family)
    return `${quoted(word)} keeps no range of the same family: write it as payments=241.7.0.0/16.`;
  return { address: read.bridges.map(hostPortText).join(), kept };
}
