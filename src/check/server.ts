// SPDX-License-Identifier: Apache-2.0
// The checks of a running bridge, asked as an istiod asks that has just started.
import { counted } from '../lib/counted.ts';
import { type HostPort, hostPortText } from '../lib/host-port.ts';
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

export function serverChecks({ replicas }: NamedServer, about: ServerAbout, deps: ReadDeps): ServerChecks {
  const dialled = once(async () => {
    const all = await Promise.all(replicas.map((replica) => dial(replica, deps.clock)));
    return new Map(replicas.map((replica, place) => [replica, all[place]]));
  });
  const single = replicas.map((replica) => replicaChecks(replica, dialled, about, deps));
  const isAlone = replicas.length === 1;
  const together = check('server-replicas', () => compareReplicas(replicas, deps));
  return {
    categories: [
      ...single.map(({ category }) => category),
      ...(isAlone ? [] : [{ title: `${replicas.length} bridges of one name`, checks: [together] }]),
    ],
    needs: isAlone ? single.map(({ serves }) => serves) : [],
    entries: async () => {
      for (const replica of replicas) {
        const entries = await entriesOf(replica, deps);
        if (entries !== undefined) return entries;
      }
      return undefined;
    },
  };
}

type AllDialled = () => Promise<ReadonlyMap<HostPort, Dialled | undefined>>;

function replicaChecks(server: HostPort, dialled: AllDialled, { identity, unread }: ServerAbout, deps: ReadDeps) {
  const address = hostPortText(server);
  const survey = once(() => ask(server, ISTIOD_TYPE_URLS, deps));
  const onEntries = (judge: (answer: ProbeAnswer) => Verdict) => async () => {
    const answer = (await survey()).answers.get(SERVICE_ENTRY_TYPE_URL);
    return answer === undefined ? PASSED : judge(answer);
  };

  const reachable = check('server-reachable', async () => judgeDial(server, await dialled()), { subject: address });
  const plaintext = check(
    'server-plaintext',
    async () => {
      const isThere = (await dialled()).get(server)?.kind === 'connected';
      return isThere ? judgeSpeech(await survey(), server, deps) : skipped(`it needs that ${address} is reachable`);
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

function ask(server: HostPort, typeUrls: readonly string[], deps: ReadDeps): Promise<Survey> {
  return surveyConfigSource({ address: hostPortText(server), typeUrls, name: 'check' }, DEADLINE_MS, deps);
}

async function entriesOf(server: HostPort, deps: ReadDeps): Promise<readonly EntrySeen[] | undefined> {
  const answer = (await ask(server, [SERVICE_ENTRY_TYPE_URL], deps)).answers.get(SERVICE_ENTRY_TYPE_URL);
  return answer === undefined ? undefined : entriesSeen(answer);
}

async function compareReplicas(replicas: readonly HostPort[], deps: ReadDeps): Promise<Verdict> {
  return settled(async () => {
    const answers = await Promise.all(replicas.map((replica) => entriesOf(replica, deps)));
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

async function judgeSpeech({ answers, ended }: Survey, server: HostPort, { clock }: ReadDeps): Promise<Verdict> {
  if (answers.size > 0) return passed('gRPC in plaintext');
  const shown = hostPortText(server);
  if ((await dialTls(server, clock)).kind === 'connected') return failed(`${shown} speaks TLS, and istiod would not.`);
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
