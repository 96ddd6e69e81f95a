// SPDX-License-Identifier: Apache-2.0
// What istiod holds against what it should hold: our entries, and who else defines their hosts. Pure.
import { counted } from '../../lib/counted.ts';
import { failed, PASSED, passed, type Verdict, warned } from '../check.ts';
import type { EntrySeen } from '../entry-seen.ts';
import { fewOf } from '../problem-causes.ts';
import type { Identity } from '../served-entries.ts';
import type { KubernetesService } from './decode-pages.ts';

const MOST_NAMED = 5;

export function judgeEntries(
  expected: readonly EntrySeen[],
  stored: readonly EntrySeen[],
  { namespace, instance }: Identity,
): Verdict {
  const held = new Map(stored.map((entry) => [entry.name, entry]));
  const names = new Set(expected.map(({ name }) => name));
  const missing = expected.filter(({ name }) => !held.has(name)).map(({ name }) => name);
  const others = expected.flatMap(({ name, version }) => {
    // An istiod of 1.11 or older is sent none, so it stores none.
    const seen = held.get(name)?.version ?? '';
    return seen === '' || seen === version ? [] : `${name} (${seen} instead of ${version})`;
  });
  const ours = `${namespace}/${instance}.`;
  const left = stored.filter(({ name }) => name.startsWith(ours) && !names.has(name)).map(({ name }) => name);
  const causes = [
    ...about(missing, `${counted(missing.length, 'entry is', 'entries are')} not there`),
    ...about(others, `${counted(others.length, 'entry has', 'entries have')} another version`),
    ...about(left, `${counted(left.length, 'entry is', 'entries are')} still there and no longer served`),
  ];
  return causes.length === 0 ? passed(counted(expected.length, 'entry', 'entries')) : failed(...causes);
}

function about(names: readonly string[], sentence: string): readonly string[] {
  return names.length === 0 ? [] : [`${sentence}: ${fewOf(names, MOST_NAMED)}.`];
}

/** What else claims a host; hosts are compared without regard to case, as DNS does. */
export function judgeHosts(
  expected: readonly EntrySeen[],
  stored: readonly EntrySeen[],
  services: readonly KubernetesService[],
  namespace: string,
): Verdict {
  const names = new Set(expected.map(({ name }) => name));
  const hosts = new Set(expected.flatMap((entry) => entry.hosts.map((host) => host.toLowerCase())));
  const claims = [
    ...stored
      .filter(({ name }) => !names.has(name))
      .flatMap(({ name, hosts: claimed }) => claimed.map((host) => ({ host, by: `ServiceEntry ${name}`, name }))),
    ...services.map(({ host, namespace: of }) => ({ host, by: `the Service of namespace ${of}`, name: `${of}/` })),
  ].filter(({ host }) => hosts.has(host.toLowerCase()));
  const texts = claims.map(({ host, by }) => `${host} by ${by}`);
  if (texts.length === 0) return PASSED;
  const isHere = claims.some(({ name }) => name.startsWith(`${namespace}/`));
  const sentence = `Defined elsewhere too: ${fewOf(texts, MOST_NAMED)}.`;
  return isHere ? failed(sentence) : warned(sentence);
}
