// The same histories, played by one client against Galley's own server and against ours: what is said and heard of entries is the
// same word for word, or stands in the list of differences.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { GALLEY_DIFFERENCES, type GalleyDifference } from './galley-differences.ts';
import { HISTORY } from './run/legacy-histories.ts';
import { type LegacyServer, startFootbridge, startGalley } from './run/legacy-server.ts';
import { LegacyTranscript } from './run/legacy-transcript.ts';
import { Teardown } from './run/teardown.ts';

const needs = await needPeers('galley');

for (const incremental of [false, true]) {
  describe(
    `33. Galley and Footbridge tell a client that wants ${incremental ? 'changes' : 'the whole'} the same`,
    needs,
    () => {
      const teardown = new Teardown();
      let galley: readonly (readonly string[])[];
      let ours: readonly (readonly string[])[];
      before(async () => {
        galley = await transcript(await startGalley(teardown));
        ours = await transcript(await startFootbridge(teardown));
      });
      after(() => teardown.run());

      /** What was said and heard in each step. */
      async function transcript(server: LegacyServer): Promise<readonly (readonly string[])[]> {
        const client = new LegacyTranscript(teardown, server, incremental);
        const told: (readonly string[])[] = [];
        for (const { play } of HISTORY) {
          await play(client, server);
          told.push(client.news());
        }
        return told;
      }

      const way = incremental ? 'incremental' : 'whole';
      const listed = ({ step, of }: GalleyDifference, name: string) => step === name && (of === way || of === 'both');

      HISTORY.forEach(({ name }, place) => {
        const difference = GALLEY_DIFFERENCES.find((row) => listed(row, name));
        test(difference === undefined ? name : `${name} (a difference that is listed)`, () => {
          const [theirs, own] = [galley[place] ?? [], ours[place] ?? []];
          if (difference === undefined) assert.deepEqual(own, theirs);
          else assert.deepEqual({ galley: theirs, ours: own }, { galley: difference.galley, ours: difference.ours });
        });
      });
    },
  );
}

test('33. Every listed difference is one, of a step that is played', () => {
  const names = HISTORY.map(({ name }) => name);
  for (const { step, galley, ours } of GALLEY_DIFFERENCES) {
    assert.ok(names.includes(step), step);
    assert.notDeepEqual(galley, ours);
  }
});
