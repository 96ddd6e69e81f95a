// Our validation against Istio's own code: what we would send istiod accepts, and what it would refuse we never send.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { validateEntry } from '../../src/convert/validate.ts';
import { GENERATED_NAMESPACE, type GeneratedEntry, generatedEntries } from '../fakes/generated-entries.ts';
import { needPeers } from './build/peers.ts';
import { ORACLE_DIFFERENCES, type OracleDifference } from './oracle-differences.ts';
import { askIstio } from './run/oracle.ts';

const COUNT = 5_000;
const SEED = 20_260_827;

describe('10. Our verdict on a ServiceEntry is that of Istio', await needPeers('oracle'), () => {
  test(`on ${COUNT} generated entries both agree, or the difference is listed with its reason`, async (t) => {
    const entries = generatedEntries(COUNT, SEED);
    const istioSays = await askIstio(entries.map(({ spec }) => spec));
    const used = new Set<OracleDifference>();
    const unexplained: string[] = [];
    let accepted = 0;
    entries.forEach((entry, index) => {
      const refusal = istioSays[index] ?? '';
      const ours = validateEntry(entry.spec, GENERATED_NAMESPACE);
      if (refusal === '') accepted += 1;
      if ((refusal === '') === (ours.length === 0)) return;
      const known = ORACLE_DIFFERENCES.find(
        ({ istio, appliesTo }) => istio === (refusal === '' ? 'accepts' : 'refuses') && appliesTo(entry.spec),
      );
      if (known !== undefined) used.add(known);
      else unexplained.push(told(entry, refusal, ours));
    });
    t.diagnostic(
      `Istio accepts ${accepted} and refuses ${COUNT - accepted}; ${unexplained.length} unexplained differences`,
    );
    assert.deepEqual(unexplained.slice(0, 5), [], `${unexplained.length} entries are judged differently`);
    assert.deepEqual(
      ORACLE_DIFFERENCES.filter((row) => !used.has(row)),
      [],
      'every listed difference occurs',
    );
    assert.ok(accepted > COUNT / 5 && accepted < (COUNT * 4) / 5, `both verdicts occur often, ${accepted} accepted`);
  });
});

function told(entry: GeneratedEntry, refusal: string, ours: ReturnType<typeof validateEntry>): string {
  const istio = refusal === '' ? 'accepts it' : `refuses it: ${refusal}`;
  const we = ours.length === 0 ? 'accept it' : `refuse it: ${JSON.stringify(ours)}`;
  return `#${entry.id} (${entry.mutations.join(', ')}) ${JSON.stringify(entry.spec)}: Istio ${istio}; we ${we}`;
}
