// SPDX-License-Identifier: Apache-2.0
// The checks of an istiod that should hold the entries of the bridge, by its debug pages. Nothing of it is changed or triggered.
import { type Category, type Check, check, failed, once, PASSED, skipped, type Verdict } from '../check.ts';
import type { EntrySeen } from '../entry-seen.ts';
import type { ReadDeps } from '../read-once.ts';
import type { Identity } from '../served-entries.ts';
import { settled } from '../settled.ts';
import { DebugPages, type Page } from './debug-pages.ts';
import { entriesIn, kubernetesServicesIn, meshConfigIn, sidecarsIn } from './decode-pages.ts';
import { judgeEntries, judgeHosts } from './judge-entries.ts';
import { judgeDnsCapture, judgeKubernetes, judgeSources } from './judge-mesh.ts';
import { judgeVersion } from './judge-version.ts';

export interface ExpectedEntries {
  /** Asked anew each time; undefined: it is not known what istiod should hold. */
  readonly entries: () => Promise<readonly EntrySeen[] | undefined>;
  /** What must hold for that. */
  readonly needs: readonly Check[];
  /** The bridge as it was named, `host:port`. */
  readonly server: string | undefined;
}

export function istiodChecks(url: URL, expected: ExpectedEntries, identity: Identity, deps: ReadDeps): Category {
  const pages = new DebugPages(url, deps.clock);
  const configz = once(() => pages.get(CONFIGZ));
  const mesh = once(async () => decoded(await pages.get('/debug/mesh'), meshConfigIn));
  const wanted = once(expected.entries);

  const reachable = check('istiod-reachable', async () => judgeReach(await configz(), pages), {
    subject: `istiod at ${pages.shown}`,
  });
  const allowed = check('istiod-allowed', async () => judgeRight(await configz(), pages), { needs: [reachable] });
  const needs = [allowed];
  const onMesh = (judge: (known: NonNullable<Awaited<ReturnType<typeof mesh>>>) => Verdict) => async () => {
    const known = await mesh();
    return known === undefined ? skipped('istiod does not show its mesh config') : judge(known);
  };
  const source = check(
    'istiod-source',
    onMesh((known) => judgeSources(known, expected.server)),
    { needs },
  );
  const kubernetes = check('istiod-kubernetes', onMesh(judgeKubernetes), { needs });
  const entries = check('istiod-entries', () => compareEntries(pages, expected, identity, deps), {
    needs: [allowed, ...expected.needs],
  });
  const hosts = check(
    'istiod-hosts',
    async () => {
      const known = await wanted();
      const stored = decoded(await configz(), entriesIn);
      if (known === undefined || stored === undefined) return UNKNOWN;
      const services = decoded(await pages.get('/debug/registryz'), kubernetesServicesIn) ?? [];
      return judgeHosts(known, stored, services, identity.namespace);
    },
    { needs: [allowed, ...expected.needs] },
  );
  const capture = check(
    'istiod-dns-capture',
    async () => {
      const [adsz, syncz] = [await pages.get('/debug/adsz'), await pages.get('/debug/syncz')];
      const sidecars = decoded(adsz, (text) => sidecarsIn(text, decoded(syncz, (other) => other) ?? ''));
      return judgeDnsCapture(await mesh(), sidecars);
    },
    { needs },
  );
  const version = check(
    'istiod-version',
    async () => judgeVersion(decoded(await pages.get('/version'), (text) => text)),
    { needs: [reachable] },
  );
  return { title: 'istiod', checks: [reachable, allowed, version, source, kubernetes, entries, hosts, capture] };
}

const CONFIGZ = '/debug/configz';
const UNKNOWN = skipped('it is not known what the bridge publishes; give --server');

function judgeReach(page: Page, { shown }: DebugPages): Verdict {
  if (page.kind === 'unreachable') return failed(`${shown} ${page.why}.`);
  if (page.kind === 'page')
    return entriesIn(page.text) === undefined ? failed(`${shown}${CONFIGZ} is no page of istiod.`) : PASSED;
  if (FORBIDDEN.includes(page.status)) return PASSED;
  return page.status === 404
    ? failed(`${shown} has no debug pages: istiod has them on port 15014 and, where turned on, 8080.`)
    : failed(`${shown}${CONFIGZ} answers with status ${page.status}.`);
}

function judgeRight(page: Page, { shown }: DebugPages): Verdict {
  return page.kind === 'refused' ? failed(`${shown}${CONFIGZ} is refused to us (status ${page.status}).`) : PASSED;
}

/** Without a word more: istiod shows them to its own machine, and to identities of the mesh that it knows. */
const FORBIDDEN: readonly number[] = [401, 403];

function compareEntries(
  pages: DebugPages,
  expected: ExpectedEntries,
  identity: Identity,
  { clock }: ReadDeps,
): Promise<Verdict> {
  return settled(async () => {
    const [known, stored] = [await expected.entries(), decoded(await pages.get(CONFIGZ), entriesIn)];
    return known === undefined || stored === undefined ? UNKNOWN : judgeEntries(known, stored, identity);
  }, clock);
}

function decoded<Content>(page: Page, decode: (text: string) => Content): Content | undefined {
  return page.kind === 'page' ? decode(page.text) : undefined;
}
