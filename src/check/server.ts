// SPDX-License-Identifier: Apache-2.0
// The checks of a running bridge, asked as an istiod asks that has just started.
import { counted } from '../lib/counted.ts';
import { type HostPort, hostPortText } from '../lib/host-port.ts';
import { printable } from '../lib/printable.ts';
import { type ProbeAnswer, SERVICE_ENTRY_TYPE_URL } from '../probe/config-source.ts';
import { ISTIOD_TYPE_URLS } from '../probe/istiod-types.ts';
import { type Survey, surveyConfigSource } from '../probe/survey.ts';
import {
  type Category,
  type Check,
  check,
  failed,
  once,
  PASSED,
  passed,
  skipped,
  type Verdict,
  warned,
} from './check.ts';
import { type Dialled, dial, dialTls } from './dial.ts';
import type { EntrySeen } from './entry-seen.ts';
import type { ReadDeps } from './read-once.ts';
import type { NamedServer } from './replicas.ts';
import {
  entriesSeen,
  type Identity,
  judgeAddresses,
  judgeReplicas,
  judgeRevision,
  judgeSound,
  judgeTypes,
} from './served-entries.ts';
import { settled } from './settled.ts';

export interface ServerChecks {
  readonly categories: readonly Category[];
  /** What must hold for `entries`. */
  readonly needs: readonly Check[];
  /** Of the first bridge that answers, asked anew; undefined: none does. */
  readonly entries: () => Promise<readonly EntrySeen[] | undefined>;
}

export interface ServerAbout {
  readonly identity: Identity;
  /** Names of the registries that this run could not read: the likely reason for a held answer. */
  readonly unread: () => Promise<readonly string[]>;
}

/** A bridge that holds its answer says nothing for ever: one that serves answers in milliseconds. */
const DEADLINE_MS = 10_000;

export function serverChecks(server: NamedServer, about: ServerAbout, deps: ReadDeps): ServerChecks {
  const { replicas } = server;
  const ask = asking(server, deps);
  const dialled = once(async () => {
    const all = await Promise.all(replicas.map((replica) => dial(replica, deps.clock)));
    return new Map(replicas.map((replica, place) => [replica, all[place]]));
  });
  const single = replicas.map((replica) => replicaChecks(replica, dialled, about, ask, deps));
  const isAlone = replicas.length === 1;
  const together = check('server-replicas', () => compareReplicas(replicas, ask, deps));
  return {
    categories: [
      ...single.map(({ category }) => category),
      ...(isAlone ? [] : [{ title: `${replicas.length} bridges of one name`, checks: [together] }]),
    ],
    needs: isAlone ? single.map(({ serves }) => serves) : [],
    entries: async () => {
      for (const replica of replicas) {
        const entries = await entriesOf(replica, ask);
        if (entries !== undefined) return entries;
      }
      return undefined;
    },
  };
}

type AllDialled = () => Promise<ReadonlyMap<HostPort, Dialled | undefined>>;

function replicaChecks(
  server: HostPort,
  dialled: AllDialled,
  { identity, unread }: ServerAbout,
  ask: Ask,
  deps: ReadDeps,
) {
  const address = hostPortText(server);
  const survey = once(() => ask.survey(server, ISTIOD_TYPE_URLS));
  const onEntries = (judge: (answer: ProbeAnswer) => Verdict) => async () => {
    const answer = (await survey()).answers.get(SERVICE_ENTRY_TYPE_URL);
    return answer === undefined ? PASSED : judge(answer);
  };

  const reachable = check('server-reachable', async () => judgeDial(server, await dialled()), { subject: address });
  const plaintext = check(
    'server-plaintext',
    async () => {
      const isThere = (await dialled()).get(server)?.kind === 'connected';
      return isThere
        ? judgeSpeech(await survey(), server, ask.isTls, deps)
        : skipped(`it needs that ${address} is reachable`);
    },
    { needs: [reachable] },
  );
  const spoken = { needs: [plaintext] };
  const types = check(
    'server-types',
    async () => {
      const { unanswered } = await survey();
      const others = unanswered.filter((typeUrl) => typeUrl !== SERVICE_ENTRY_TYPE_URL);
      return judgeTypes(ISTIOD_TYPE_URLS.length - 1, others);
    },
    spoken,
  );
  const serves = check('server-entries', async () => judgeHeld(await survey(), await unread()), spoken);
  const served = { needs: [serves] };
  const sound = check(
    'server-sound',
    onEntries((answer) => judgeSound(answer, identity)),
    served,
  );
  const details = [
    check('server-addresses', onEntries(judgeAddresses), served),
    check('server-revision', onEntries(judgeRevision), served),
  ];
  const checks = [reachable, plaintext, types, serves, sound, ...details];
  return { category: { title: `bridge at ${address}`, checks }, serves };
}

interface Ask {
  readonly isTls: boolean;
  readonly survey: (server: HostPort, typeUrls: readonly string[]) => Promise<Survey>;
}

/** A certificate is for the name that istiod has, whichever replica answers. */
function asking({ named, tls }: NamedServer, deps: ReadDeps): Ask {
  const spoken = tls === undefined ? undefined : { ...tls, serverName: named.host };
  return {
    isTls: tls !== undefined,
    survey: (server, typeUrls) =>
      surveyConfigSource({ address: hostPortText(server), typeUrls, name: 'check', tls: spoken }, DEADLINE_MS, deps),
  };
}

async function entriesOf(server: HostPort, ask: Ask): Promise<readonly EntrySeen[] | undefined> {
  const answer = (await ask.survey(server, [SERVICE_ENTRY_TYPE_URL])).answers.get(SERVICE_ENTRY_TYPE_URL);
  return answer === undefined ? undefined : entriesSeen(answer);
}

async function compareReplicas(replicas: readonly HostPort[], ask: Ask, deps: ReadDeps): Promise<Verdict> {
  return settled(async () => {
    const answers = await Promise.all(replicas.map((replica) => entriesOf(replica, ask)));
    const served = replicas.flatMap((replica, place): [string, readonly EntrySeen[]][] => {
      const entries = answers[place];
      return entries === undefined ? [] : [[hostPortText(replica), entries]];
    });
    return served.length < 2 ? skipped('fewer than two of them serve anything') : judgeReplicas(new Map(served));
  }, deps.clock);
}

function judgeDial(server: HostPort, dialled: ReadonlyMap<HostPort, Dialled | undefined>): Verdict {
  const own = dialled.get(server);
  if (own?.kind !== 'failed') return PASSED;
  const isAnyThere = [...dialled.values()].some((other) => other?.kind === 'connected');
  const sentence = `${hostPortText(server)} ${own.why}.`;
  return isAnyThere ? warned(sentence) : failed(sentence);
}

async function judgeSpeech(
  { answers, ended }: Survey,
  server: HostPort,
  isTls: boolean,
  { clock }: ReadDeps,
): Promise<Verdict> {
  if (answers.size > 0) return passed(isTls ? 'gRPC over TLS' : 'gRPC in plaintext');
  const shown = hostPortText(server);
  const speaksTls = (await dialTls(server, clock)).kind === 'connected';
  if (isTls && speaksTls)
    return failed(`${shown} speaks TLS, but not with us: ${printable(ended ?? 'it is silent', 300)}.`);
  if (isTls) return failed(`${shown} speaks no TLS, and an istiod with \`tlsSettings\` of mode SIMPLE would.`);
  if (speaksTls) {
    return {
      ...failed(`${shown} speaks TLS, and an istiod without \`tlsSettings\` would not.`),
      remedy:
        'Give --ca to speak TLS here, as an istiod from 1.26 on does with the mode SIMPLE. Else keep sidecars and TLS away from the port.',
    };
  }
  const how = ended === undefined ? `is silent for ${DEADLINE_MS} ms` : `ends the stream (${ended})`;
  return failed(`${shown} takes connections, but ${how}: no config source answers there.`);
}

function judgeHeld({ answers, ended }: Survey, unread: readonly string[]): Verdict {
  const answer = answers.get(SERVICE_ENTRY_TYPE_URL);
  if (answer !== undefined) return passed(counted(answer.resources.size, 'entry', 'entries'));
  if (ended !== undefined) return failed(`The stream ended (${ended}) before the entries came.`);
  const why =
    unread.length === 0 ? '' : ` Not read in this run either: ${unread.map((name) => `registry ${name}`).join(', ')}.`;
  return failed(`The answer is held back for ${DEADLINE_MS} ms: a registry of the bridge was not read yet.${why}`);
}
