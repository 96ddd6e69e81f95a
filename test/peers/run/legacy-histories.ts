// What a client of legacy MCP may live through, step by step, whichever server it has. No service is ever the last one: ours
// would doubt that (docs/adr/0001), which is no matter of the protocol.
import type { Estate } from './estate-file.ts';
import { FENCE, type LegacyServer, NEVER_PUBLISHED } from './legacy-server.ts';
import type { LegacyTranscript } from './legacy-transcript.ts';

export interface HistoryStep {
  readonly name: string;
  readonly play: (client: LegacyTranscript, server: LegacyServer) => Promise<void>;
}

const CARTS = ['10.0.0.2'];
const estate = (orders: number, more: Estate = {}): Estate => ({
  orders: Array.from({ length: orders }, (_, index) => `10.0.1.${index + 1}`),
  ...more,
});

/** Each begins where the one before ended. */
export const HISTORY: readonly HistoryStep[] = [
  {
    name: 'a client asks',
    async play(client, server) {
      await server.publish(estate(1, { carts: CARTS }));
      await client.connect();
      await client.ackAll();
    },
  },
  {
    name: 'one entry changes',
    async play(client) {
      await client.publish(estate(2, { carts: CARTS }));
      await client.ackAll();
    },
  },
  { name: 'the same is published again', play: (client) => client.publish(estate(2, { carts: CARTS })) },
  {
    name: 'a response is refused',
    async play(client) {
      await client.publish(estate(3, { carts: CARTS, stock: ['10.0.0.3'] }));
      await client.nack();
      await client.publish(estate(3, { carts: CARTS, stock: ['10.0.0.3'] }));
    },
  },
  {
    name: 'something changes after a refusal',
    async play(client) {
      await client.publish(estate(4, { carts: CARTS, stock: ['10.0.0.3'] }));
      await client.ackAll();
    },
  },
  {
    name: 'two changes come while a response is under way, which an older nonce does not acknowledge',
    async play(client) {
      await client.publish(estate(5, { carts: CARTS, stock: ['10.0.0.3'] }));
      await client.publish(estate(6, { carts: CARTS, stock: ['10.0.0.3'] }));
      await client.ackOlder();
      await client.publish(estate(6, { carts: [...CARTS, '10.0.0.9'], stock: ['10.0.0.3'] }));
      await client.ackAll();
    },
  },
  {
    name: 'an entry goes',
    async play(client) {
      await client.publish(estate(6, { stock: ['10.0.0.3'] }));
      await client.ackAll();
    },
  },
  {
    name: 'a client asks for everything once more',
    async play(client) {
      await client.ask();
      await client.ackAll();
    },
  },
  {
    name: 'a client comes back, and what it holds is not what there is',
    async play(client, server) {
      client.leave();
      await server.publish(estate(7, { users: ['10.0.0.4'] }));
      await client.connect();
      await client.ackAll();
    },
  },
  {
    name: 'a client comes back, and asks for something else first',
    async play(client, server) {
      client.leave();
      await server.publish(estate(7, { search: ['10.0.0.5'] }));
      await client.connect([FENCE]);
      await client.ackAll();
    },
  },
  {
    name: 'the server is killed and comes back, and what the client holds is not what there is',
    async play(client, server) {
      client.leave();
      await server.restart(estate(7, { bills: ['10.0.0.6'] }));
      await client.connect();
      await client.ackAll();
    },
  },
  {
    name: 'a client wants no more changes, but the whole',
    async play(client) {
      await client.publish(estate(8, { bills: ['10.0.0.6'] }));
      await client.ack(false);
      await client.publish(estate(9, { bills: ['10.0.0.6'] }));
      await client.ackAll();
      await client.publish(estate(10, { bills: ['10.0.0.6'] }));
      await client.ackAll();
    },
  },
  {
    name: 'a client asks once more while a response is under way',
    async play(client) {
      await client.publish(estate(11, { bills: ['10.0.0.6'] }));
      await client.ask();
      await client.ackAll();
      await client.publish(estate(12, { bills: ['10.0.0.6'] }));
      await client.ackAll();
    },
  },
  {
    name: 'a client asks for what is known, and nothing was ever published in it',
    play: (client) => client.askFor(NEVER_PUBLISHED),
  },
  {
    name: 'a client asks for what nobody knows, and something changes',
    async play(client) {
      await client.askFor('istio/of/tomorrow');
      await client.publish(estate(13, { bills: ['10.0.0.6'] }));
      await client.ackAll();
    },
  },
];
