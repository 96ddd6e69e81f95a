// SPDX-License-Identifier: Apache-2.0
// The checks of a running bridge, asked as an istiod asks that has just started.
import { counted } from '../lib/counted.ts';
import { type ProbeAnswer, SERVICE_ENTRY_TYPE_URL } from '../probe/config-source.ts';
import { ISTIOD_TYPE_URLS } from '../probe/istiod-types.ts';
import { type Survey, surveyConfigSource } from '../probe/survey.ts';
import { type Category, type Check, check, failed, once, PASSED, passed, type Verdict } from './check.ts';
import { type Address, addressText, dial, dialTls } from './dial.ts';
import type { EntrySeen } from './entry-seen.ts';
import type { ReadDeps } from './read-once.ts';
import { entriesSeen, type Identity, judgeAddresses, judgeRevision, judgeSound, judgeTypes } from './served-entries.ts';

export interface ServerChecks {
  readonly category: Category;
  /** Has not failed where entries are served. */
  readonly serves: Check;
  /** Asked anew; undefined: it does not answer. */
  readonly entries: () => Promise<readonly EntrySeen[] | undefined>;
}

/** A bridge that holds its answer says nothing for ever: one that serves answers in milliseconds. */
const DEADLINE_MS = 10_000;

/** `unread` names the registries that this run could not read: the likely reason for a held answer. */
export function serverChecks(
  server: Address,
  identity: Identity,
  unread: () => Promise<readonly string[]>,
  deps: ReadDeps,
): ServerChecks {
  const address = addressText(server);
  const ask = (typeUrls: readonly string[]) =>
    surveyConfigSource({ address, typeUrls, name: 'check' }, DEADLINE_MS, deps);
  const survey = once(() => ask(ISTIOD_TYPE_URLS));
  const onEntries = (judge: (answer: ProbeAnswer) => Verdict) => async () => {
    const answer = (await survey()).answers.get(SERVICE_ENTRY_TYPE_URL);
    return answer === undefined ? PASSED : judge(answer);
  };

  const reachable = check('server-reachable', () => judgeDial(server, deps), { subject: address });
  const plaintext = check('server-plaintext', async () => judgeSpeech(await survey(), server, deps), {
    needs: [reachable],
  });
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
  return {
    category: {
      title: `bridge at ${address}`,
      checks: [
        reachable,
        plaintext,
        types,
        serves,
        check(
          'server-sound',
          onEntries((answer) => judgeSound(answer, identity)),
          served,
        ),
        check('server-addresses', onEntries(judgeAddresses), served),
        check('server-revision', onEntries(judgeRevision), served),
      ],
    },
    serves,
    entries: async () => {
      const answer = (await ask([SERVICE_ENTRY_TYPE_URL])).answers.get(SERVICE_ENTRY_TYPE_URL);
      return answer === undefined ? undefined : entriesSeen(answer);
    },
  };
}

async function judgeDial(server: Address, { clock }: ReadDeps): Promise<Verdict> {
  const dialled = await dial(server, clock);
  return dialled.kind === 'connected' ? PASSED : failed(`${addressText(server)} ${dialled.why}.`);
}

async function judgeSpeech({ answers, ended }: Survey, server: Address, { clock }: ReadDeps): Promise<Verdict> {
  if (answers.size > 0) return passed('gRPC in plaintext');
  const shown = addressText(server);
  if ((await dialTls(server, clock)).kind === 'connected') return failed(`${shown} speaks TLS, and istiod would not.`);
  const how = ended === undefined ? `is silent for ${DEADLINE_MS} ms` : `ends the stream (${ended})`;
  return failed(`${shown} takes connections, but ${how}: no config source answers there.`);
}

function judgeHeld({ answers }: Survey, unread: readonly string[]): Verdict {
  const answer = answers.get(SERVICE_ENTRY_TYPE_URL);
  if (answer !== undefined) return passed(counted(answer.resources.size, 'entry', 'entries'));
  const why =
    unread.length === 0 ? '' : ` Not read in this run either: ${unread.map((name) => `registry ${name}`).join(', ')}.`;
  return failed(`The answer is held back for ${DEADLINE_MS} ms: a registry of the bridge was not read yet.${why}`);
}
