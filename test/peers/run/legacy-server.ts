// Two servers of legacy MCP behind one face: Galley's own and ours, each serving the estate that a test says.
import { parseAllDocuments } from 'yaml';
import { ENTRIES } from '../../fakes/legacy-conversation.ts';
import { Bridge } from './bridge.ts';
import { type Estate, EstateFile } from './estate-file.ts';
import { Galley } from './galley.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

/** Asked for again and again: its answer tells that what was due before has come. */
export const FENCE = 'istio/networking/v1alpha3/gateways';

export interface LegacyServer {
  readonly hostPort: string;
  /** Until it serves this. */
  publish(estate: Estate): Promise<void>;
  /** Killed, and started again on the same port with this. */
  restart(estate: Estate): Promise<void>;
  /** Until it has sent what it has to send, as far as it is not waiting for the client. */
  untilTold(): Promise<void>;
}

/** Known to Galley, and not in its snapshots. */
export const NEVER_PUBLISHED = 'istio/networking/v1alpha3/sidecars';

export async function startGalley(teardown: Teardown): Promise<LegacyServer> {
  const collections = [ENTRIES, FENCE, NEVER_PUBLISHED];
  const galley = await Galley.start(teardown, { namespace: 'payments', collections, incremental: true });
  return {
    hostPort: galley.hostPort,
    publish: (estate) => galley.publish(estate, [NEVER_PUBLISHED]),
    async restart(estate) {
      await galley.restart();
      await galley.publish(estate, [NEVER_PUBLISHED]);
    },
    // What it publishes it puts in line at once, before it reads the next request.
    untilTold: () => Promise.resolve(),
  };
}

export async function startFootbridge(teardown: Teardown): Promise<LegacyServer> {
  const file = new EstateFile(teardown, { orders: ['10.0.1.1'] });
  const bridge = await Bridge.start(teardown, file.config('payments'));
  const untilServed = (estate: Estate) =>
    waitFor(async () => sameEstate(await publishedBy(bridge), estate), 'the bridge serves what it was given');
  return {
    hostPort: bridge.hostPort,
    async publish(estate) {
      file.write(estate);
      await untilServed(estate);
    },
    async restart(estate) {
      await bridge.kill();
      file.write(estate);
      await bridge.startAgain();
      await untilServed(estate);
    },
    async untilTold() {
      await waitFor(async () => {
        const types = (await bridge.clients()).flatMap((client) => client.types);
        const entries = types.filter(({ typeUrl }) => typeUrl === ENTRIES);
        return entries.every(
          ({ state, sent, currentVersion }) =>
            state === 'inFlight' || (state === 'settled' && sent?.version === currentVersion),
        );
      }, 'the bridge has told what it has');
    },
  };
}

interface PublishedEntry {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly endpoints: readonly { readonly address: string }[] };
}

async function publishedBy(bridge: Bridge): Promise<Estate> {
  const entries = parseAllDocuments(await bridge.page('snapshot')).map(
    (document) => document.toJS() as PublishedEntry | null,
  );
  return Object.fromEntries(
    entries.flatMap((entry) => {
      if (entry === null) return [];
      const service = entry.metadata.labels['footbridge.io/service'] ?? '';
      return [[service, entry.spec.endpoints.map(({ address }) => address)]];
    }),
  );
}

function sameEstate(one: Estate, other: Estate): boolean {
  const text = (estate: Estate) => JSON.stringify(Object.entries(estate).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(one) === text(other);
}
